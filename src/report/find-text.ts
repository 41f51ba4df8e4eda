import type { Dispute } from '../finding/dispute.js';
import type { Finding, FoundEdge, FoundIssue } from '../finding/finding-form.js';
import type { Issue, Pack } from '../rules/pack.js';
import type { Rule } from '../rules/rule.js';
import { columns, leftRight, lineColumns, padEnd, wrap } from './columns.js';
import type { Language } from './labels/code-label.js';
import { FIND_WORDS, type FindWords } from './labels/find-words.js';
import { moneyText } from './money-text.js';
import { partyText, shortHash } from './name-text.js';
import { type Mark, type StyledLine, styled } from './styled-line.js';
import { visibleText } from './visible-text.js';

/** What would change an edge, in words, as `wouldFlip` found it. */
export interface FlipLine {
  readonly what: string;
  readonly effect: string;
  readonly stillPossible: boolean;
}

export interface FindTextOptions {
  readonly language: Language;
  readonly width: number;
  readonly verbose: boolean;
  readonly dispute: Dispute;
  readonly packs: readonly Pack[];
  /** Display numbers of records by id. */
  readonly numbers: ReadonlyMap<string, number>;
  readonly flips: { readonly lines: readonly FlipLine[]; readonly complete: boolean } | null;
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
  readonly #issues: ReadonlyMap<string, Issue>;

  constructor(finding: Finding, options: FindTextOptions, words: FindWords) {
    this.#finding = finding;
    this.#options = options;
    this.#words = words;
    const packs = options.packs.flatMap((pack) => (pack.kind === 'rules' ? [pack] : []));
    this.#rules = new Map(packs.flatMap((pack) => pack.rules.map((rule) => [rule.id, rule])));
    this.#issues = new Map(packs.flatMap((pack) => pack.issues.map((issue) => [issue.name, issue])));
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
    const lines = shown.flatMap((edge) => this.#edge(edge));
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
    return lines;
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

  #amount({ status, amount }: FoundEdge): string {
    if (status === 'not-liable' || status === 'barred') {
      const currency = this.#options.dispute.claims[0]?.currency;
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

  /** In the words of the law where something is owed; else the question that was not answered as it had to be. */
  #because(edge: FoundEdge): string {
    const words = this.#words;
    if (edge.referBecause !== null) return visibleText(edge.referBecause);
    if (edge.amountUnproved !== null) return visibleText(edge.amountUnproved);
    const [first] = edge.rules;
    const rule = first === undefined ? undefined : this.#rules.get(first.rule);
    const said = rule === undefined ? '' : rule.says[this.#options.language];
    if (edge.status === 'liable' || edge.status === 'barred') {
      return edge.location === null ? said : `${said} (${words.location[edge.location]})`;
    }
    const open = this.#openIssue(edge);
    return open === null
      ? said
      : `${this.#asks(open)} ${words.answered(open.status as 'found', open.pro, open.con)}`;
  }

  /** The question on which an edge that owes nothing turned: a defence that was shown, else a first one that was not. */
  #openIssue(edge: FoundEdge): FoundIssue | null {
    const issues = this.#finding.issues.filter((issue) => issue.edge === edge.id);
    const defence = issues.find(
      (issue) => issue.status === 'found' && this.#issues.get(issue.issue)?.pro === 'defendant',
    );
    if (defence !== undefined) return defence;
    const missing = this.#finding.whyNot
      .filter((why) => why.edge === edge.id)
      .flatMap((why) => why.failedConditions.map((condition) => ({ condition, leg: why.leg })));
    for (const { condition, leg } of missing) {
      const name = /^issue (\S+) is found$/.exec(condition)?.[1];
      const found = issues.find((issue) => issue.issue === name && issue.leg === leg);
      if (found !== undefined) return found;
    }
    return null;
  }

  #asks(issue: FoundIssue): string {
    return this.#issues.get(issue.issue)?.asks[this.#options.language] ?? issue.issue;
  }

  flips(): StyledLine[] {
    const { flips } = this.#options;
    if (flips === null) return [];
    const words = this.#words;
    const block = (title: string, lines: readonly FlipLine[]): StyledLine[] =>
      lines.length === 0
        ? []
        : [
            [],
            ['    ', title],
            ...lines.flatMap(({ what, effect }) => {
              const left: StyledLine = ['      ', visibleText(what)];
              return lineColumns(left) + columns(effect) + 2 <= this.#options.width
                ? [leftRight(left, styled('faint', visibleText(effect)), this.#options.width)]
                : [left, leftRight(['      '], styled('faint', visibleText(effect)), this.#options.width)];
            }),
          ];
    return [
      ...block(
        words.couldStill,
        flips.lines.filter((line) => line.stillPossible),
      ),
      ...(this.#options.verbose
        ? block(
            words.wouldHave,
            flips.lines.filter((line) => !line.stillPossible),
          )
        : []),
      ...(flips.complete ? [] : [['    ', styled('faint', words.incomplete)]]),
    ];
  }

  remarks(): StyledLine[] {
    const { remarks } = this.#finding;
    if (remarks.length === 0) return [];
    return [
      [],
      ...remarks.flatMap(({ code, records }) => {
        const numbers = records.flatMap((id) => this.#options.numbers.get(id) ?? []);
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
