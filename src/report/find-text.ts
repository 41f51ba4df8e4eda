import type { Dispute } from '../finding/dispute.js';
import type { Explanation } from '../finding/explain.js';
import type { Finding, FoundEdge } from '../finding/finding-form.js';
import { sayHypothesis } from '../finding/say-hypothesis.js';
import type { Flip, WhatIf } from '../finding/what-if.js';
import type { Pack } from '../rules/pack.js';
import type { Rule } from '../rules/rule.js';
import { columns, leftRight, lineColumns, padEnd, wrap } from './columns.js';
import type { Language } from './labels/code-label.js';
import { FIND_WORDS, type FindWords } from './labels/find-words.js';
import { moneyText } from './money-text.js';
import { partyText, shortHash } from './name-text.js';
import { stepLines } from './step-lines.js';
import { type Mark, type StyledLine, styled } from './styled-line.js';
import { visibleText } from './visible-text.js';

/** One thing that would change the finding, and what would then become of which edges. */
interface FlipLine {
  readonly what: string;
  readonly effects: string[];
}

export interface FindTextOptions {
  readonly language: Language;
  readonly width: number;
  readonly verbose: boolean;
  readonly dispute: Dispute;
  readonly packs: readonly Pack[];
  /** Display numbers of records by id. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Why each edge is as it is, by edge id; from the same run as the finding. */
  readonly explanations: ReadonlyMap<string, Explanation>;
  /** What edges rest on and what would change them; empty where nobody asked. */
  readonly whatIf: readonly WhatIf[];
  /** Show every step behind every edge. */
  readonly why: boolean;
}

/** A finding as lines for people: one sentence an edge, the rule's own words under it, and the records it stands on. */
export function findLines(finding: Finding, options: FindTextOptions): StyledLine[] {
  const words = FIND_WORDS[options.language];
  const text = new FindText(finding, options, words);
  return [...text.head(), [], ...text.edges(), ...text.flips(), ...text.remarks(), [], ...text.foot()];
}

const AMOUNT_COLUMNS = 13;
const BASIS_COLUMNS = 12;
const RULE_COLUMNS = 13;
const SHOWN_FLIPS = 6;

const DISPOSITION_MARKS: Readonly<Record<Finding['disposition'], Mark>> = {
  determined: 'passed',
  shared: 'passed',
  'refer-to-human': 'limited',
};

class FindText {
  readonly #finding: Finding;
  readonly #options: FindTextOptions;
  readonly #words: FindWords;
  readonly #rules: ReadonlyMap<string, Rule>;

  constructor(finding: Finding, options: FindTextOptions, words: FindWords) {
    this.#finding = finding;
    this.#options = options;
    this.#words = words;
    const packs = options.packs.flatMap((pack) => (pack.kind === 'rules' ? [pack] : []));
    this.#rules = new Map(packs.flatMap((pack) => pack.rules.map((rule) => [rule.id, rule])));
  }

  head(): StyledLine[] {
    const { disposition, evidence } = this.#finding;
    const words = this.#words;
    const left = [
      { mark: DISPOSITION_MARKS[disposition] },
      ' ',
      `${words.finding}  `,
      styled('strong', words.disposition[disposition]),
    ];
    const lines: StyledLine[] = [leftRight(left, styled('faint', words.notice), this.#options.width)];
    if (evidence.verdict !== 'TOTAL-PASSED') {
      for (const line of wrap(`${evidence.verdict}: ${words.evidenceNotPassed}`, this.#options.width - 4)) {
        lines.push(['    ', styled('caution', line)]);
      }
    }
    return lines;
  }

  edges(): StyledLine[] {
    const { edges, unmatchedClaims } = this.#finding;
    const words = this.#words;
    const claimed = edges.filter((edge) => edge.pleaded);
    const shown = this.#options.verbose || claimed.length === 0 ? edges : claimed;
    const lines = shown.flatMap((edge) => [
      ...this.#edge(edge),
      ...(this.#options.why ? this.#steps(edge) : []),
    ]);
    if (edges.length === 0) lines.push(['    ', words.noEdges]);
    const hidden = edges.length - shown.length;
    if (hidden > 0) lines.push([], ['    ', styled('faint', words.otherEdges(hidden))]);
    if (unmatchedClaims.length > 0) {
      lines.push(['    ', styled('caution', words.unmatched(visibleText(unmatchedClaims.join(', '))))]);
    }
    return lines;
  }

  #edge(edge: FoundEdge): StyledLine[] {
    const { width } = this.#options;
    const room = width - 4;
    const sentence = this.#sentence(edge);
    const amount = this.#amount(edge);
    const basis = this.#basisText(edge);
    const rules = [...new Set(edge.rules.map(({ rule }) => rule))].join(', ');
    const columnsRight: StyledLine = [
      amount.padStart(AMOUNT_COLUMNS),
      '   ',
      padEnd(basis, BASIS_COLUMNS),
      styled('accent', rules.padStart(RULE_COLUMNS)),
    ];
    const left: StyledLine = ['    ', styled('strong', sentence)];
    const free = width - lineColumns(left) - lineColumns(columnsRight);
    const lines: StyledLine[] =
      free >= 2
        ? [[...left, ' '.repeat(free), ...columnsRight]]
        : [left, [' '.repeat(Math.max(0, width - lineColumns(columnsRight))), ...columnsRight]];
    const numbers = this.#numbersOf(edge);
    const where = numbers === '' ? '' : this.#words.records(numbers);
    const because = wrap(this.#because(edge), room - 2);
    for (const [index, part] of because.entries()) {
      const last = index === because.length - 1;
      const left: StyledLine = ['      ', styled('faint', part)];
      if (last && where !== '' && lineColumns(left) + columns(where) + 2 <= width) {
        lines.push(leftRight(left, styled('faint', where), width));
      } else {
        lines.push(left);
        if (last && where !== '') lines.push(leftRight(['      '], styled('faint', where), width));
      }
    }
    lines.push(...this.#open(edge, room - 2));
    return lines;
  }

  /** Why there is no answer or no amount, and below it what would bring one. */
  #open({ why }: FoundEdge, room: number): StyledLine[] {
    if (why === null) return [];
    const { language } = this.#options;
    return [
      ...wrap(visibleText(why.says[language], 2000), room).map(
        (part): StyledLine => ['      ', styled('caution', part)],
      ),
      ...wrap(`→ ${visibleText(why.cure[language], 2000)}`, room).map((part): StyledLine => ['      ', part]),
    ];
  }

  /** Every step from the rule down to the records, indented by depth. */
  #steps(edge: FoundEdge): StyledLine[] {
    const { explanations, language, numbers, width } = this.#options;
    return stepLines(explanations.get(edge.id)?.steps ?? [], { language, width, numbers, indent: 6 });
  }

  #name(uri: string): string {
    return visibleText(
      this.#options.dispute.parties.find(({ id }) => id === uri)?.name ?? partyText(uri),
      40,
    );
  }

  #sentence(edge: FoundEdge): string {
    const words = this.#words;
    const [debtor, creditor] = [this.#name(edge.debtor), this.#name(edge.creditor)];
    const sentence =
      edge.status === 'refer'
        ? words.undecided(debtor, creditor)
        : edge.status === 'not-liable' || edge.status === 'barred'
          ? words.paysNothing(debtor, this.#owesOthers(edge) ? creditor : null)
          : edge.mode === 'joint-and-several' && edge.with !== null
            ? words.answersWith(debtor, this.#name(edge.with))
            : words.pays(debtor, creditor);
    return sentence.charAt(0).toUpperCase() + sentence.slice(1);
  }

  /** Is the debtor of this edge held against anybody else too? Then the sentence has to say whom. */
  #owesOthers(edge: FoundEdge): boolean {
    return this.#finding.edges.some(
      (other) => other.debtor === edge.debtor && other.creditor !== edge.creditor,
    );
  }

  #amount({ status, amount, claims }: FoundEdge): string {
    if (status === 'not-liable' || status === 'barred') {
      const own = this.#options.dispute.claims.find(({ id }) => claims.includes(id));
      const currency = (own ?? this.#options.dispute.claims[0])?.currency;
      return currency === undefined ? '' : moneyText('0', currency);
    }
    return amount === null ? '' : moneyText(amount.minor, amount.currency);
  }

  #basisText(edge: FoundEdge): string {
    const words = this.#words;
    if (edge.status === 'liable' && edge.mode === 'joint-and-several') return words.sameDebt;
    if (edge.status === 'liable') return words.basis[edge.basis];
    return words.status[edge.status];
  }

  #numbersOf(edge: FoundEdge): string {
    const numbers = edge.records.flatMap((id) => this.#options.numbers.get(id) ?? []).sort((a, b) => a - b);
    return numbers.join(', ');
  }

  /** The one reason that decided it, then the rule's own words where something is owed. */
  #because(edge: FoundEdge): string {
    const words = this.#words;
    const { language } = this.#options;
    const reason = visibleText(this.#options.explanations.get(edge.id)?.reason[language] ?? '');
    const said = edge.rules.map(({ rule }) => this.#rules.get(rule)?.says[language] ?? '');
    if (edge.status !== 'liable' || said.includes(reason)) return reason;
    const place = edge.location === null ? '' : words.inBrackets(words.location[edge.location]);
    return `${reason}${place}${words.stop}${said[0] ?? ''}`;
  }

  flips(): StyledLine[] {
    const { verbose, whatIf } = this.#options;
    const words = this.#words;
    return [
      ...this.#flipBlock(words.couldStill, whatIf, (one) => one.wouldFlip.couldStill),
      ...(verbose ? this.#flipBlock(words.wouldHave, whatIf, (one) => one.wouldFlip.wouldHave) : []),
      ...(whatIf.every(({ complete }) => complete)
        ? []
        : [['    ', styled('faint', words.incomplete)] as StyledLine]),
    ];
  }

  #flipBlock(
    title: string,
    whatIf: readonly WhatIf[],
    flips: (one: WhatIf) => readonly Flip[],
  ): StyledLine[] {
    const lines = new Map<string, FlipLine>();
    for (const one of whatIf) {
      const edge = this.#finding.edges.find(({ id }) => id === one.edge);
      if (edge === undefined) continue;
      for (const { adds, status } of flips(one)) {
        const what = adds
          .map((add) => this.#said(sayHypothesis(add, (party) => this.#name(party))))
          .join(this.#words.and);
        const line = lines.get(what) ?? { what, effects: [] };
        line.effects.push(`${this.#name(edge.debtor)}: ${this.#words.status[status]}`);
        lines.set(what, line);
      }
    }
    if (lines.size === 0) return [];
    const shown = [...lines.values()].slice(0, this.#options.verbose ? lines.size : SHOWN_FLIPS);
    const rest = lines.size - shown.length;
    return [
      [],
      ['    ', title],
      ...shown.flatMap((line) => this.#flipLine(line)),
      ...(rest > 0 ? [['      ', styled('faint', this.#words.moreFlips(rest))] as StyledLine] : []),
    ];
  }

  #flipLine({ what, effects }: FlipLine): StyledLine[] {
    const { width } = this.#options;
    const effect = [...new Set(effects)].join('; ');
    const parts = wrap(what, width - 6);
    const last: StyledLine = ['      ', parts.at(-1) ?? ''];
    const before = parts.slice(0, -1).map((part): StyledLine => ['      ', part]);
    if (lineColumns(last) + columns(effect) + 2 <= width)
      return [...before, leftRight(last, styled('faint', effect), width)];
    return [
      ...before,
      last,
      ...wrap(effect, width - 8).map((part): StyledLine => ['        ', styled('faint', part)]),
    ];
  }

  #said(said: { readonly en: string; readonly zh: string }): string {
    return visibleText(said[this.#options.language]);
  }

  remarks(): StyledLine[] {
    const { remarks } = this.#finding;
    if (remarks.length === 0) return [];
    return [
      [],
      ...[...new Set(remarks.map(({ code }) => code))].flatMap((code) => {
        const records = remarks.flatMap((remark) => (remark.code === code ? remark.records : []));
        const numbers = [...new Set(records.flatMap((id) => this.#options.numbers.get(id) ?? []))].sort(
          (a, b) => a - b,
        );
        const left: StyledLine = ['    ', styled('caution', code), `  ${this.#words.remarks[code]}`];
        return [left, ['      ', styled('faint', this.#words.records(numbers.join(', ')))]];
      }),
    ];
  }

  foot(): StyledLine[] {
    const words = this.#words;
    const packs = this.#finding.packDigests.map(({ id, digest }) => `${id} ${digest.slice(0, 8)}`).join(', ');
    return [
      ['    ', styled('faint', padEnd(words.packs, 13)), packs],
      ['    ', styled('faint', padEnd(words.digest, 13)), `sha256 ${shortHash(this.#finding.digest)}`],
    ];
  }
}
