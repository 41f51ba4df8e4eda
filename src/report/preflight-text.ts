import type {
  Advice,
  Bearers,
  Preflight,
  PreflightAnswer,
  PreflightDispute,
} from '../finding/preflight-form.js';
import { sayAdvice, sayRegions } from '../finding/say-advice.js';
import { columns, leftRight, lineColumns, wrap } from './columns.js';
import type { Language } from './labels/code-label.js';
import { FIND_WORDS } from './labels/find-words.js';
import { PREFLIGHT_WORDS, type PreflightWords } from './labels/preflight-words.js';
import { minuteText, partyText, shortHash, subjectText } from './name-text.js';
import { type Style, type StyledLine, styled } from './styled-line.js';
import { visibleText } from './visible-text.js';

export interface PreflightTextOptions {
  readonly language: Language;
  readonly width: number;
  readonly verbose: boolean;
}

const SHOWN_ADVICE = 4;

/** What to expect before goods are sent, as lines for people. */
export function preflightLines(report: Preflight, options: PreflightTextOptions): StyledLine[] {
  return new PreflightText(report, options).lines();
}

class PreflightText {
  readonly #report: Preflight;
  readonly #options: PreflightTextOptions;
  readonly #words: PreflightWords;

  constructor(report: Preflight, options: PreflightTextOptions) {
    this.#report = report;
    this.#options = options;
    this.#words = PREFLIGHT_WORDS[options.language];
  }

  lines(): StyledLine[] {
    const { complete, computed, digest, disputes, leftOut } = this.#report;
    const words = this.#words;
    return [
      ...this.#head(),
      ...disputes.flatMap((dispute) => [[], ...this.#dispute(dispute)]),
      ...(leftOut.length === 0 ? [] : [[] as StyledLine]),
      ...leftOut.map(
        ({ kind, why }): StyledLine => ['  ', words.kinds[kind], styled('faint', `  ${words.leftOut[why]}`)],
      ),
      [],
      ['  ', styled('faint', `${words.computed(computed)}; sha256 ${shortHash(digest)}`)],
      ...(complete ? [] : [['  ', styled('caution', words.incomplete)] as StyledLine]),
    ];
  }

  #head(): StyledLine[] {
    const { assumed, at, item, parties, passports } = this.#report;
    const words = this.#words;
    const { width } = this.#options;
    const title: StyledLine = [
      { mark: 'limited' },
      ' ',
      styled('strong', `${words.title}  ${subjectText(item)}`),
    ];
    return [
      leftRight(title, styled('faint', words.asOf(minuteText(at))), width),
      ...this.#wrapped(words.notice, 2, 'faint'),
      ...(passports.every(({ verdict }) => verdict === 'TOTAL-PASSED')
        ? []
        : this.#wrapped(`${passports[0]?.verdict}${words.colon}${words.evidenceNotPassed}`, 2, 'caution')),
      ...parties.map(({ id, roles }): StyledLine => {
        const known = roles.map((role) => words.roles[role] ?? visibleText(role)).join(', ');
        const name = this.#name(id);
        const number = name === partyText(id) ? '' : `  ${partyText(id)}`;
        return ['  ', name, styled('faint', `  ${known}${number}`)];
      }),
      ...(assumed.length === 0
        ? []
        : this.#wrapped(
            `${words.assumed}${words.colon}${assumed.map((one) => words.assumptions[one]).join(words.semicolon)}`,
            2,
            'faint',
          )),
    ];
  }

  #dispute(dispute: PreflightDispute): StyledLine[] {
    const { answers, kind } = dispute;
    const words = this.#words;
    return [
      ['  ', styled('strong', words.kinds[kind])],
      ...this.#wrapped(begun(words.supposed[kind]), 4, 'faint'),
      ...answers.flatMap((answer) => this.#answer(answer, dispute)),
    ];
  }

  /** What is owed on the way, and the first that could have been and is not; everything under `--verbose`. */
  #told({ because, bearers }: PreflightAnswer, loser: string): PreflightAnswer['because'] {
    if (this.#options.verbose || bearers.refer) return because;
    const failed = because.find(
      ({ creditor, debtor, status }) =>
        status !== 'liable' && bearers.parties.includes(creditor) && debtor !== loser,
    );
    return because.filter((one) => one.status === 'liable' || one === failed);
  }

  #answer(answer: PreflightAnswer, { answers, kind, loser }: PreflightDispute): StyledLine[] {
    const words = this.#words;
    const { verbose } = this.#options;
    const { advice, complete, regions } = answer;
    const where =
      answers.length > 1 ? `${sayRegions(regions, kind)[this.#options.language]}${words.colon}` : '';
    const shown = verbose ? advice : advice.slice(0, SHOWN_ADVICE);
    const rest = advice.length - shown.length;
    return [
      ...this.#wrapped(begun(`${where}${this.#bear(answer.bearers)}`), 4, 'plain'),
      ...this.#told(answer, loser).flatMap((one) => this.#because(one)),
      ...(advice.length === 0
        ? [['      ', words.noAdvice] as StyledLine]
        : [['      ', words.record] as StyledLine]),
      ...shown.flatMap((one) => this.#advice(one, regions, kind)),
      ...(rest > 0 ? [['      ', styled('faint', words.more(rest))] as StyledLine] : []),
      ...(complete ? [] : [['      ', styled('caution', words.incomplete)] as StyledLine]),
    ];
  }

  #because({
    basis,
    creditor,
    debtor,
    reason,
    rules,
    status,
  }: PreflightAnswer['because'][number]): StyledLine[] {
    const words = this.#words;
    const find = FIND_WORDS[this.#options.language];
    const relation = words.relation(this.#name(debtor), this.#name(creditor));
    const outcome = [find.status[status], find.basis[basis], ...rules].join(words.comma);
    const said = visibleText(reason[this.#options.language]);
    return this.#wrapped(`${begun(relation)}${words.colon}${outcome}${words.semicolon}${said}`, 6, 'faint');
  }

  #advice({ adds, would }: Advice, regions: readonly string[], kind: PreflightDispute['kind']): StyledLine[] {
    const { language, width } = this.#options;
    const what = adds
      .map((add) => visibleText(sayAdvice(add, (id) => this.#name(id), regions, kind)[language], 400))
      .join(this.#words.plus);
    const effect = this.#would(would);
    const parts = wrap(begun(what), width - 8);
    const lines = parts.map((part, index): StyledLine => [index === 0 ? '      - ' : '        ', part]);
    const last = lines.at(-1)!;
    return lineColumns(last) + columns(effect) + 2 <= width
      ? [...lines.slice(0, -1), leftRight(last, styled('accent', effect), width)]
      : [...lines, leftRight(['        '], styled('accent', effect), width)];
  }

  #bear(bearers: Bearers): string {
    const words = this.#words;
    if (bearers.refer) return words.refer;
    const names = this.#names(bearers);
    return bearers.parties.length > 1 ? words.bearTogether(names) : words.bears(names);
  }

  #would(bearers: Bearers): string {
    const words = this.#words;
    return bearers.refer
      ? words.wouldRefer
      : words.wouldBear(this.#names(bearers), bearers.parties.length > 1);
  }

  #names({ parties }: Bearers): string {
    return parties.map((id) => this.#name(id)).join(this.#words.and);
  }

  #name(id: string): string {
    const { parties } = this.#report;
    const party = parties.find((one) => one.id === id);
    if (party !== undefined && party.name !== id) return visibleText(party.name, 40);
    const [role] = party?.roles ?? [];
    const alone = parties.filter(({ roles }) => role !== undefined && roles.includes(role)).length === 1;
    return (alone && role !== undefined ? this.#words.unnamed[role] : undefined) ?? partyText(id);
  }

  #wrapped(text: string, indent: number, style: Style): StyledLine[] {
    return wrap(text, this.#options.width - indent).map(
      (part): StyledLine => [' '.repeat(indent), styled(style, part)],
    );
  }
}

/** A sentence begins with a capital; a script without them is as it is. */
function begun(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
