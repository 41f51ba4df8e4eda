import { formatInstant } from '../codec/instant.js';
import type { ExcursionFact, Fact, PlainFact } from '../facts/fact.js';
import type { Said } from '../rules/rule.js';
import { TERM_WORDS, VALUE_WORDS } from './condition-words.js';
import * as words from './words.js';
import { phrase, verbatim, word } from './words.js';

/** What a fact says, and whose word and of what time it is; `nameOf` gives a party's name. */
export function sayFact(fact: Fact, nameOf: (party: string) => Said): Said {
  const when =
    fact.time.from === null
      ? phrase('at no stated time', '未述明时间')
      : verbatim(formatInstant(fact.time.from, fact.offsetMin));
  return phrase('{0}, {1}: {2}', '{0}，{1}：{2}', nameOf(fact.prov.signer), when, content(fact, nameOf));
}

function content(fact: Fact, nameOf: (party: string) => Said): Said {
  const value = (key: string): Said => word(VALUE_WORDS, key);
  switch (fact.predicate) {
    case 'condition':
      return phrase(
        '{0} ({1}) {2}',
        '{0}（{1}）{2}',
        value(fact.aspect),
        value(fact.region),
        word(words.CONDITION, fact.value),
      );
    case 'labelled':
      return phrase('a label says {0}', '标签载明：{0}', verbatim(fact.verdict));
    case 'handed-over':
      return phrase('{0} handed it to {1}', '{0}交给{1}', nameOf(fact.from), nameOf(fact.to));
    case 'holds':
      return phrase(
        '{0} has it ({1})',
        '{0}持有（{1}）',
        nameOf(fact.party),
        word(words.PURPOSE, fact.purpose),
      );
    case 'recorded':
      return phrase('{0} recorded by {1}', '{1}记录{0}', value(fact.quantity), verbatim(fact.device));
    case 'excursion':
      return excursionSaid(fact);
    case 'sealed':
      return phrase('seal {0} {1}', '封志{0}：{1}', verbatim(fact.sealId), value(fact.action));
    case 'notified':
      return phrase('notice to {1} of {0}', '就{0}通知{1}', value(fact.aspect), nameOf(fact.to));
    case 'agreed':
      return phrase('agreed: {0}', '约定：{0}', word(TERM_WORDS, fact.term));
    case 'undertaken':
      return phrase('{0} undertook to {1}', '{0}承诺{1}', nameOf(fact.by), value(fact.what));
    case 'acts-for':
      return phrase('{0} acts for {1}', '{0}代理{1}', nameOf(fact.agent), nameOf(fact.principal));
    case 'incident':
      return phrase('incident: {0}', '事件：{0}', value(fact.code));
    case 'cause':
      return phrase('cause: {0} ({1})', '原因：{0}（{1}）', value(fact.cause), value(fact.strength));
    case 'signed-off':
      return phrase('{0} signed for it', '{0}签收', nameOf(fact.consignee));
    case 'aggregated':
      return fact.action === 'pack'
        ? phrase('packed into {0}', '装入{0}', verbatim(fact.parent))
        : phrase('unpacked from {0}', '自{0}取出', verbatim(fact.parent));
    default:
      return word(words.PREDICATE, (fact as PlainFact).predicate);
  }
}

/** In the units people use: g and ms of a shock, °C of a temperature, % of humidity. */
function excursionSaid({ durationUs, max, min, peak, quantity }: ExcursionFact): Said {
  const figure = (value: number): string => thousandths(value);
  switch (quantity) {
    case 'acceleration':
      return phrase(
        'a shock of {0} g for {1} ms',
        '{0} g、{1} ms 的冲击',
        verbatim(figure(peak)),
        verbatim(figure(durationUs)),
      );
    case 'temperature': {
      const [low, high] = [figure(min ?? peak), figure(max ?? peak)].map(verbatim) as [Said, Said];
      return low.en === high.en
        ? phrase('a temperature of {0} °C', '温度 {0} °C', low)
        : phrase('a temperature of {0} °C to {1} °C', '温度 {0} °C 至 {1} °C', low, high);
    }
    default:
      return phrase('{0} beyond its limit', '{0}超出限值', word(VALUE_WORDS, quantity));
  }
}

/** 85000 → 85, 22400 → 22.4, exactly. */
export function thousandths(value: number): string {
  const size = Math.abs(value);
  const rest = String(size % 1000)
    .padStart(3, '0')
    .replace(/0+$/, '');
  const whole = String(Math.floor(size / 1000));
  return `${value < 0 ? '-' : ''}${whole}${rest === '' ? '' : `.${rest}`}`;
}
