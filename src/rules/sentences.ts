import type { Condition, Period } from './condition.js';
import { fitsSlot, LEG_HOLDER_SUFFIX, type SlotType } from './sentence-slots.js';
import {
  type AgreedTerm,
  type ClimateLimits,
  CODED_PREDICATES,
  type CodedPredicate,
  type Comparison,
  type CoveredQuantity,
  type EdgeWord,
  type EventName,
  type Head,
  type IncidentCode,
  type IssueStatus,
  PATH_VALUES,
  type PartyWord,
  type PathName,
  type Role,
  type RuleBoundary,
  type ShockLimits,
  type StateWord,
  type TimeUnit,
  type Undertaking,
} from './terms.js';

/** One sentence of the closed table. In a pattern a word that is a slot type is a place, any other word stands for itself. */
export interface Shape {
  readonly pattern: string;
  /** The condition, or null when the words fit one by one but not together (a value that its path cannot have). */
  read(words: readonly string[]): Condition | null;
}

const SLOT_TYPES: ReadonlySet<string> = new Set<SlotType>([
  'I', 'S', 'T', 'TH', 'P', 'W', 'L', 'E', 'N', 'U', 'G', 'B', 'X', 'M', 'H', 'Q', 'K', 'V', 'R', 'C', 'A', 'Y', 'F', 'D',
]); // biome-ignore format: one line reads better than twenty-four

export function isSlotType(word: string): word is SlotType {
  return SLOT_TYPES.has(word);
}

function mayBe(path: string, value: string): boolean {
  return (PATH_VALUES[path as PathName] as readonly string[]).includes(value);
}

function comparePaths(path: string, other: string): Condition | null {
  const shared = PATH_VALUES[path as PathName].some((value) => mayBe(other, value));
  return shared && path !== other
    ? { op: 'eq-path', path: path as PathName, other: other as PathName }
    : null;
}

/** No limit of any law is longer, and the arithmetic of instants stays exact. */
const MAX_PERIOD = 100_000;

function readPeriod(count: string, unit: string): Period | null {
  return Number(count) <= MAX_PERIOD ? { count: Number(count), unit: unit as TimeUnit } : null;
}

function amount(head: string, compare: Comparison, figure: string): Condition {
  return { op: 'amount', head: head as Head, compare, amountMinor: Number(figure) };
}

/**
 * The closed table (engine.md, "Rules and sentences"; the last ten give every operator of liability.md a sentence).
 * `words` are the words at the places, in order. No two shapes fit one sentence: a test goes through all pairs.
 */
export const SHAPES: readonly Shape[] = [
  {
    pattern: 'issue I is S',
    read: ([issue, is]) => ({ op: 'issue', issue: issue!, edge: null, is: is as IssueStatus }),
  },
  {
    pattern: 'issue I of T is S',
    read: ([issue, edge, is]) => ({ op: 'issue', issue: issue!, edge: edge!, is: is as IssueStatus }),
  },
  {
    pattern: 'P is W',
    read: ([path, value]) =>
      mayBe(path!, value!) ? { op: 'eq', path: path as PathName, value: value! } : null,
  },
  {
    pattern: 'P is not W',
    read: ([path, value]) =>
      mayBe(path!, value!) ? { op: 'not', of: { op: 'eq', path: path as PathName, value: value! } } : null,
  },
  {
    pattern: 'P in L',
    read: ([path, list]) => {
      const values = list!.split('|');
      const fits = values.every((value) => mayBe(path!, value)) && new Set(values).size === values.length;
      return fits ? { op: 'in', path: path as PathName, values: values.sort() } : null;
    },
  },
  { pattern: 'P is P', read: ([path, other]) => comparePaths(path!, other!) },
  {
    pattern: 'E within N U of E',
    read: ([event, count, unit, of]) => {
      const period = readPeriod(count!, unit!);
      return period && { op: 'within', event: event as EventName, period, of: of as EventName };
    },
  },
  {
    pattern: 'E before E',
    read: ([event, other]) => ({ op: 'before', event: event as EventName, other: other as EventName }),
  },
  {
    pattern: 'E after E',
    read: ([event, other]) => ({ op: 'after', event: event as EventName, other: other as EventName }),
  },
  {
    pattern: 'no E by N U after E',
    read: ([event, count, unit, after]) => {
      const period = readPeriod(count!, unit!);
      return period && { op: 'elapsed', event: event as EventName, period, after: after as EventName };
    },
  },
  {
    pattern: 'state G at B',
    read: ([value, boundary]) => ({
      op: 'state',
      value: value as StateWord,
      boundary: boundary as RuleBoundary,
    }),
  },
  {
    pattern: 'edge T is X',
    read: ([edge, is]) => ({ op: 'edge', edge: edge!, ofLegHolder: false, is: is as EdgeWord }),
  },
  {
    pattern: 'edge TH is X',
    read: ([edge, is]) => ({
      op: 'edge',
      edge: edge!.slice(0, -LEG_HOLDER_SUFFIX.length),
      ofLegHolder: true,
      is: is as EdgeWord,
    }),
  },
  {
    pattern: 'shock(leg) within M',
    read: ([limits]) => ({ op: 'shock', how: 'within', limits: limits as ShockLimits }),
  },
  {
    pattern: 'shock(leg) beyond M',
    read: ([limits]) => ({ op: 'shock', how: 'beyond', limits: limits as ShockLimits }),
  },
  {
    pattern: 'mkt(leg) within H',
    read: ([limits]) => ({ op: 'kinetic-mean', how: 'within', limits: limits as ClimateLimits }),
  },
  {
    pattern: 'mkt(leg) beyond H',
    read: ([limits]) => ({ op: 'kinetic-mean', how: 'beyond', limits: limits as ClimateLimits }),
  },
  {
    pattern: 'excursion(leg) beyond H longer than N h',
    read: ([limits, hours]) =>
      Number(hours) <= MAX_PERIOD
        ? { op: 'excursion-time', limits: limits as ClimateLimits, hours: Number(hours) }
        : null,
  },
  {
    pattern: 'drop(leg) higher than N mm rebound N permille',
    read: ([height, rebound]) =>
      Number(height) <= MAX_PERIOD && Number(rebound) <= 1000
        ? { op: 'drop', heightMm: Number(height), restitutionPermille: Number(rebound) }
        : null,
  },
  {
    pattern: 'rms(leg) above N mg',
    read: ([limit]) => ({ op: 'rms', limitMilliG: Number(limit) }),
  },
  {
    pattern: 'covered Q on leg',
    read: ([quantity]) => ({ op: 'covered', quantity: quantity as CoveredQuantity }),
  },
  {
    pattern: 'leg ends at B',
    read: ([boundary]) => ({ op: 'leg-ends', boundary: boundary as RuleBoundary }),
  },
  { pattern: 'leg ends nowhere', read: () => ({ op: 'leg-ends', boundary: 'nowhere' }) },
  { pattern: 'leg is implicated', read: () => ({ op: 'located', how: 'implicated' }) },
  { pattern: 'agreed K is present', read: ([term]) => ({ op: 'agreed', term: term as AgreedTerm }) },
  {
    pattern: 'undertaken V by R',
    read: ([what, by]) => ({ op: 'undertaken', what: what as Undertaking, by: by as PartyWord }),
  },
  {
    pattern: 'incident C by R on leg',
    read: ([code, by]) => ({ op: 'incident', code: code as IncidentCode, by: by as PartyWord }),
  },
  { pattern: 'signed-off without objection', read: () => ({ op: 'signed-off' }) },
  { pattern: 'no notice within agreed days', read: () => ({ op: 'notice-late' }) },
  { pattern: 'delivered without consent', read: () => ({ op: 'left-without-consent' }) },
  { pattern: 'delivery refused', read: () => ({ op: 'delivery-refused' }) },
  { pattern: 'amount of A at most N', read: ([head, figure]) => amount(head!, 'le', figure!) },
  {
    pattern: 'same-party Y Y',
    read: ([one, other]) =>
      one === other ? null : { op: 'same-party', roles: [one as Role, other as Role] },
  },
  { pattern: 'amount of A at least N', read: ([head, figure]) => amount(head!, 'ge', figure!) },
  { pattern: 'amount of A below N', read: ([head, figure]) => amount(head!, 'lt', figure!) },
  { pattern: 'amount of A above N', read: ([head, figure]) => amount(head!, 'gt', figure!) },
  {
    pattern: 'E overlaps E',
    read: ([event, other]) => ({ op: 'overlaps', event: event as EventName, other: other as EventName }),
  },
  { pattern: 'E during leg', read: ([event]) => ({ op: 'during', event: event as EventName }) },
  { pattern: 'leg is located', read: () => ({ op: 'located', how: 'located' }) },
  { pattern: 'leg is open', read: () => ({ op: 'located', how: 'open' }) },
  { pattern: 'asserted G', read: ([value]) => ({ op: 'asserted', value: value as StateWord }) },
  {
    pattern: 'inspected at B covers damage',
    read: ([boundary]) => ({ op: 'covers', boundary: boundary as RuleBoundary }),
  },
  {
    pattern: 'fact F D against R at least N',
    read: ([predicate, code, against, grade]) => {
      const codes: readonly string[] = CODED_PREDICATES[predicate as CodedPredicate];
      if (!codes.includes(code!) || Number(grade) > 5) return null;
      return {
        op: 'has',
        predicate: predicate as CodedPredicate,
        code: code!,
        against: against as PartyWord,
        grade: Number(grade),
      };
    },
  },
  {
    pattern: 'R acts-for R',
    read: ([agent, principal]) =>
      agent === principal
        ? null
        : { op: 'acts-for', agent: agent as PartyWord, principal: principal as PartyWord },
  },
];

interface CompiledShape {
  readonly shape: Shape;
  readonly tokens: readonly string[];
}

const SHAPES_BY_LENGTH: ReadonlyMap<number, readonly CompiledShape[]> = byLength();

function byLength(): ReadonlyMap<number, readonly CompiledShape[]> {
  const map = new Map<number, CompiledShape[]>();
  for (const shape of SHAPES) {
    const tokens = shape.pattern.split(' ');
    const same = map.get(tokens.length) ?? [];
    same.push({ shape, tokens });
    map.set(tokens.length, same);
  }
  return map;
}

export type SentenceReading =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly fault: 'unknown' | 'ambiguous'; readonly message: string };

/** Reads one sentence: words separated by single spaces, exactly one shape. */
export function readSentence(sentence: string): SentenceReading {
  const words = sentence.split(' ');
  if (words[0] === 'shown' && words.length > 3 && words[words.length - 2] === 'by') return readShown(words);
  const readings: { readonly pattern: string; readonly condition: Condition }[] = [];
  for (const { shape, tokens } of SHAPES_BY_LENGTH.get(words.length) ?? []) {
    const slots = matchTokens(tokens, words);
    const condition = slots === null ? null : shape.read(slots);
    if (condition !== null) readings.push({ pattern: shape.pattern, condition });
  }
  if (readings.length === 1) return { ok: true, condition: readings[0]!.condition };
  if (readings.length > 1) {
    const patterns = readings.map(({ pattern }) => `\`${pattern}\``).join(' and ');
    return { ok: false, fault: 'ambiguous', message: `\`${sentence}\` fits ${patterns}` };
  }
  return {
    ok: false,
    fault: 'unknown',
    message: `\`${sentence}\` is no sentence of the table${hint(words)}`,
  };
}

/** `shown <sentence> by <party>`: the outermost words; the sentence between them is read on its own. */
function readShown(words: readonly string[]): SentenceReading {
  const by = words[words.length - 1]!;
  if (!fitsSlot('R', by)) {
    return { ok: false, fault: 'unknown', message: `\`${by}\` is no party a sentence may name` };
  }
  const inner = readSentence(words.slice(1, -2).join(' '));
  return inner.ok
    ? { ok: true, condition: { op: 'shown', of: inner.condition, by: by as PartyWord } }
    : inner;
}

function matchTokens(tokens: readonly string[], words: readonly string[]): readonly string[] | null {
  const slots: string[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i]!;
    const word = words[i]!;
    if (isSlotType(token)) {
      if (!fitsSlot(token, word)) return null;
      slots.push(word);
    } else if (token !== word) return null;
  }
  return slots;
}

/** Names the shape that fits best and the first word that does not. */
function hint(words: readonly string[]): string {
  let best: { pattern: string; score: number; word: string } | null = null;
  for (const { shape, tokens } of SHAPES_BY_LENGTH.get(words.length) ?? []) {
    let score = 0;
    let miss: string | null = null;
    tokens.forEach((token, i) => {
      const word = words[i]!;
      if (isSlotType(token) ? fitsSlot(token, word) : token === word) score += isSlotType(token) ? 1 : 2;
      else miss ??= word;
    });
    if (best === null || score > best.score) best = { pattern: shape.pattern, score, word: miss ?? '' };
  }
  if (best === null || best.score === 0) return '';
  return best.word === ''
    ? `; in \`${best.pattern}\` the words do not go together`
    : `; did you mean \`${best.pattern}\`, where \`${best.word}\` does not fit`;
}
