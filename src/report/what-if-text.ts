import { formatInstant } from '../codec/instant.js';
import type { Dispute } from '../finding/dispute.js';
import type { Finding } from '../finding/finding-form.js';
import { sayHypothesis } from '../finding/say-hypothesis.js';
import type { EdgeChange, EdgeOutcome, Supposition } from '../finding/suppose.js';
import type { Flip, WhatIf } from '../finding/what-if.js';
import { columns, leftRight, lineColumns, padEnd, wrap } from './columns.js';
import type { Language } from './labels/code-label.js';
import { FIND_WORDS, type FindWords } from './labels/find-words.js';
import { WHAT_IF_WORDS, type WhatIfWords } from './labels/what-if-words.js';
import { moneyText } from './money-text.js';
import { partyText } from './name-text.js';
import { type StyledLine, styled } from './styled-line.js';
import { visibleText } from './visible-text.js';

export interface WhatIfTextOptions {
  readonly language: Language;
  readonly width: number;
  readonly verbose: boolean;
  readonly dispute: Dispute;
  /** Display number and type of the records of the evidence, by id. */
  readonly records: ReadonlyMap<string, { readonly number: number; readonly type: string }>;
}

/** A finding beside the one that supposed records would lead to, edge by edge. */
export function suppositionLines(supposition: Supposition, options: WhatIfTextOptions): StyledLine[] {
  const text = new WhatIfText(options);
  return [...text.head(), [], ...text.supposed(supposition), [], ...text.changes(supposition)];
}

/** What each edge rests on and what would change it. */
export function whatIfLines(
  finding: Finding,
  asked: readonly WhatIf[],
  options: WhatIfTextOptions,
): StyledLine[] {
  return new WhatIfText(options).questions(finding, asked);
}

const SHOWN_FLIPS = 6;

class WhatIfText {
  readonly #options: WhatIfTextOptions;
  readonly #words: WhatIfWords;
  readonly #find: FindWords;

  constructor(options: WhatIfTextOptions) {
    this.#options = options;
    this.#words = WHAT_IF_WORDS[options.language];
    this.#find = FIND_WORDS[options.language];
  }

  head(): StyledLine[] {
    return [
      [{ mark: 'limited' }, ' ', styled('strong', this.#words.title)],
      ...this.#wrapped(this.#words.notice, 4, 'caution'),
    ];
  }

  supposed({ supposed }: Supposition): StyledLine[] {
    const words = this.#words;
    const room = Math.min(24, Math.max(...supposed.map(({ name }) => columns(name))) + 2);
    return [
      ['    ', words.supposed],
      ...supposed.flatMap(({ at, by, loggedAt, name, type }) => {
        const logged = loggedAt === null ? '' : `; ${words.loggedAt(formatInstant(loggedAt))}`;
        const what = `${words.recordBy(type, this.#name(by), formatInstant(at))}${logged}`;
        const [first = '', ...rest] = wrap(what, this.#options.width - 8 - room);
        return [
          ['      + ', padEnd(name, room), first],
          ...rest.map((part): StyledLine => [' '.repeat(8 + room), part]),
        ] as StyledLine[];
      }),
    ];
  }

  changes({ edges }: Supposition): StyledLine[] {
    const words = this.#words;
    const claimed = edges.some(({ pleaded }) => pleaded);
    const shown = edges.filter((edge) => edge.changed || this.#options.verbose || !claimed || edge.pleaded);
    const changed = edges.filter((edge) => edge.changed).length;
    const hidden = edges.length - shown.length;
    return [
      ['    ', styled('strong', changed === 0 ? words.nothingChanges : words.changed(changed))],
      ...shown.flatMap((edge) => this.#change(edge)),
      ...(hidden === 0 ? [] : [[], ['    ', styled('faint', words.moreEdges(hidden))] as StyledLine]),
    ];
  }

  #change(edge: EdgeChange): StyledLine[] {
    const words = this.#words;
    const title = words.to(this.#name(edge.debtor), this.#name(edge.creditor), edge.head);
    const { today, would } = edge;
    if (!edge.changed) {
      const line: StyledLine = ['    ', title, `  ${words.unchanged}: ${this.#outcome(today)}`];
      return lineColumns(line) <= this.#options.width
        ? [line]
        : [['    ', title], ...this.#wrapped(`${words.unchanged}: ${this.#outcome(today)}`, 6, 'plain')];
    }
    const room = Math.max(columns(words.today), columns(words.would)) + 2;
    const row = (label: string, outcome: EdgeOutcome | null): StyledLine[] => {
      const reason = outcome === null ? '' : visibleText(outcome.reason[this.#options.language]);
      const [first = '', ...rest] = wrap(this.#outcome(outcome), this.#options.width - 6 - room);
      return [
        ['      ', styled('faint', padEnd(label, room)), first],
        ...rest.map((part): StyledLine => [' '.repeat(6 + room), part]),
        ...(reason === '' ? [] : this.#wrapped(reason, 6 + room, 'faint')),
      ];
    };
    return [['    ', styled('strong', title)], ...row(words.today, today), ...row(words.would, would)];
  }

  #outcome(outcome: EdgeOutcome | null): string {
    if (outcome === null) return this.#words.none;
    const { amount, basis, rules, status } = outcome;
    const parts = [this.#words.becomes(this.#find.status[status], this.#find.basis[basis])];
    if (amount !== null && status === 'liable') parts.push(moneyText(amount.minor, amount.currency));
    if (rules.length > 0) parts.push(rules.join(', '));
    return parts.join('; ');
  }

  questions(finding: Finding, asked: readonly WhatIf[]): StyledLine[] {
    const words = this.#words;
    const lines: StyledLine[] = [[{ mark: 'limited' }, ' ', styled('strong', words.questions)]];
    for (const one of asked) {
      const edge = finding.edges.find(({ id }) => id === one.edge)!;
      const title = words.to(this.#name(edge.debtor), this.#name(edge.creditor), edge.head);
      const outcome = words.becomes(this.#find.status[edge.status], this.#find.basis[edge.basis]);
      const { couldStill, wouldHave } = one.wouldFlip;
      lines.push(
        [],
        leftRight(['    ', styled('strong', title)], outcome, this.#options.width),
        ...this.#restsOn(one.restsOn),
        ...this.#flips(words.couldStill, couldStill),
        ...this.#flips(words.wouldHave, wouldHave),
        ...(couldStill.length + wouldHave.length === 0 ? [['      ', words.noFlip] as StyledLine] : []),
        ...(one.complete ? [] : [['      ', styled('faint', words.incomplete)] as StyledLine]),
      );
    }
    if (asked.length === 0) lines.push([], ['    ', this.#find.noEdges]);
    return lines;
  }

  #restsOn(records: readonly string[]): StyledLine[] {
    const words = this.#words;
    if (records.length === 0) return this.#wrapped(words.restsOnNone, 6, 'plain');
    const named = records
      .map((id) => this.#options.records.get(id))
      .filter((one) => one !== undefined)
      .sort((a, b) => a.number - b.number)
      .map(({ number, type }) => `${number} ${visibleText(type)}`);
    return [['      ', words.restsOn], ...this.#wrapped(named.join(', '), 8, 'plain')];
  }

  #flips(title: string, flips: readonly Flip[]): StyledLine[] {
    if (flips.length === 0) return [];
    const shown = this.#options.verbose ? flips : flips.slice(0, SHOWN_FLIPS);
    const rest = flips.length - shown.length;
    return [
      ['      ', title],
      ...shown.flatMap((flip) => this.#flip(flip)),
      ...(rest > 0 ? [['        ', styled('faint', this.#find.moreFlips(rest))] as StyledLine] : []),
    ];
  }

  #flip({ adds, basis, status }: Flip): StyledLine[] {
    const { language, width } = this.#options;
    const what = adds
      .map((add) => visibleText(sayHypothesis(add, (party) => this.#name(party))[language]))
      .join(this.#find.and);
    const becomes = this.#words.becomes(this.#find.status[status], this.#find.basis[basis]);
    const parts = wrap(what, width - 8);
    const last: StyledLine = ['        ', parts.at(-1) ?? ''];
    const before = parts.slice(0, -1).map((part): StyledLine => ['        ', part]);
    return lineColumns(last) + columns(becomes) + 2 <= width
      ? [...before, leftRight(last, styled('faint', becomes), width)]
      : [...before, last, leftRight(['        '], styled('faint', becomes), width)];
  }

  #name(uri: string): string {
    return visibleText(
      this.#options.dispute.parties.find(({ id }) => id === uri)?.name ?? partyText(uri),
      40,
    );
  }

  #wrapped(text: string, indent: number, style: 'plain' | 'faint' | 'caution'): StyledLine[] {
    return wrap(text, this.#options.width - indent).map(
      (part): StyledLine => [' '.repeat(indent), styled(style, part)],
    );
  }
}
