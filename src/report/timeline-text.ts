import type { CaseFacts } from '../facts/case-facts.js';
import type { BoundaryName, Custody } from '../facts/custody.js';
import type { TimeSpan } from '../facts/fact.js';
import { padEnd } from './columns.js';
import type { Language } from './labels/code-label.js';
import { minuteText, partyText } from './name-text.js';
import { type StyledLine, styled } from './styled-line.js';
import { visibleText } from './visible-text.js';

interface TimelineWords {
  readonly boundaries: Readonly<Record<BoundaryName, string>>;
  readonly with: string;
  readonly to: string;
  readonly told: string;
  readonly nobodyTold: string;
  readonly seen: string;
  readonly recorded: string;
  readonly noPassage: string;
  readonly unknownHolder: string;
}

const WORDS: Readonly<Record<Language, TimelineWords>> = {
  en: {
    boundaries: {
      packing: 'packing',
      pickup: 'pickup',
      transfer: 'transfer',
      delivery: 'delivery',
      'return-pickup': 'return pickup',
      'return-receipt': 'return receipt',
    },
    with: 'with',
    to: 'to',
    told: 'signed by',
    nobodyTold: 'nobody signed for this passage',
    seen: 'seen',
    recorded: 'recorded',
    noPassage: 'no record tells of a change of hands',
    unknownHolder: 'unknown',
  },
  zh: {
    boundaries: {
      packing: '装箱',
      pickup: '揽收',
      transfer: '中转',
      delivery: '交付',
      'return-pickup': '退货揽收',
      'return-receipt': '退货签收',
    },
    with: '保管人',
    to: '至',
    told: '签署人',
    nobodyTold: '此次交接无人签署',
    seen: '所见',
    recorded: '记录仪',
    noPassage: '没有记录说明货物易手',
    unknownHolder: '未知',
  },
};

export interface TimelineOptions {
  readonly language: Language;
  /** Names of parties by URI, where a dispute gives them. */
  readonly names: ReadonlyMap<string, string>;
  /** Display numbers of records by id. */
  readonly numbers: ReadonlyMap<string, number>;
}

/** Custody from first to last: boundaries, holders between them, and what was seen or recorded where. */
export function timelineLines(facts: CaseFacts, custody: Custody, options: TimelineOptions): StyledLine[] {
  const words = WORDS[options.language];
  const name = (uri: string | null): string =>
    uri === null ? words.unknownHolder : visibleText(options.names.get(uri) ?? partyText(uri));
  if (custody.boundaries.length === 0) return [[styled('faint', words.noPassage)]];
  const lines: StyledLine[] = [];
  for (const interval of custody.intervals) {
    const boundary = custody.boundaries.find((one) => one.id === interval.start);
    if (boundary !== undefined) {
      const passage = boundary.passage === null ? undefined : custody.passages[boundary.passage];
      const signed =
        passage === undefined
          ? ''
          : passage.signedBy.length === 0
            ? words.nobodyTold
            : `${words.told} ${passage.signedBy.map(name).join(', ')}`;
      lines.push([
        { mark: passage === undefined || passage.signedBy.length > 1 ? 'passed' : 'limited' },
        ' ',
        styled('strong', padEnd(words.boundaries[boundary.name], 15)),
        padEnd(spanText(boundary.time, words), 26),
        styled('faint', signed),
      ]);
    }
    lines.push([
      styled('faint', '  | '),
      `${words.with} ${name(interval.holder)}`,
      styled(
        'faint',
        interval.leg === null ? '' : `  ${interval.leg}${interval.mode === null ? '' : `, ${interval.mode}`}`,
      ),
    ]);
    for (const line of heldLines(facts, interval.time, options, words, name)) lines.push(line);
  }
  return lines;
}

function heldLines(
  facts: CaseFacts,
  span: TimeSpan,
  options: TimelineOptions,
  words: TimelineWords,
  name: (uri: string) => string,
): StyledLine[] {
  const inside = (time: TimeSpan): boolean =>
    time.from !== null &&
    (span.from === null || time.from >= span.from) &&
    (span.to === null || time.from < span.to);
  const record = (id: string): string => {
    const number = options.numbers.get(id);
    return number === undefined ? '' : `  [${number}]`;
  };
  const seen = facts
    .of('condition')
    .filter((fact) => inside(fact.time))
    .map(
      (fact): StyledLine => [
        styled('faint', `  | ${padEnd(words.seen, 9)}`),
        styled(fact.value === 'good' ? 'good' : 'bad', fact.value),
        ` ${visibleText(fact.aspect)}, ${visibleText(fact.region)}; ${name(fact.prov.signer)}`,
        styled('faint', record(fact.prov.records[0] ?? '')),
      ],
    );
  const recorded = facts
    .of('recorded')
    .filter((fact) => inside(fact.time))
    .map(
      (fact): StyledLine => [
        styled('faint', `  | ${padEnd(words.recorded, 9)}`),
        `${visibleText(fact.quantity)}, ${visibleText(fact.device)}; ${name(fact.prov.signer)}`,
        styled('faint', record(fact.prov.records[0] ?? '')),
      ],
    );
  return [...seen, ...recorded];
}

function spanText({ from, to }: TimeSpan, words: TimelineWords): string {
  const [a, b] = [from === null ? null : minuteText(from), to === null ? null : minuteText(to)];
  if (a === null || b === null || a === b) return a ?? b ?? '';
  return `${a.slice(0, 16)} ${words.to} ${b.slice(0, 10) === a.slice(0, 10) ? b.slice(11) : b}`;
}
