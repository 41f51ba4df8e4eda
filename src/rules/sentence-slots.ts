import {
  AGREED_TERMS,
  CLIMATE_LIMITS,
  CODED_PREDICATES,
  COVERED_QUANTITIES,
  EDGE_WORDS,
  EVENTS,
  HEADS,
  INCIDENT_CODES,
  ISSUE_WORDS,
  isName,
  PARTY_WORDS,
  PATH_VALUES,
  PATHS,
  ROLES,
  RULE_BOUNDARIES,
  SHOCK_LIMITS,
  STATE_WORDS,
  TIME_UNITS,
  UNDERTAKINGS,
} from './terms.js';

/**
 * The types of word a sentence's places take, by the letters of engine.md. `TH` is an edge template said of the leg's
 * holder, `F` a predicate whose facts carry a code, `D` such a code.
 */
export type SlotType =
  | 'I'
  | 'S'
  | 'T'
  | 'TH'
  | 'P'
  | 'W'
  | 'L'
  | 'E'
  | 'N'
  | 'U'
  | 'G'
  | 'B'
  | 'X'
  | 'M'
  | 'H'
  | 'Q'
  | 'K'
  | 'V'
  | 'R'
  | 'C'
  | 'A'
  | 'Y'
  | 'F'
  | 'D';

const VALUES: readonly string[] = [...new Set(PATHS.flatMap((path) => [...PATH_VALUES[path]] as string[]))];
const CODES: readonly string[] = [...new Set(Object.values(CODED_PREDICATES).flat() as string[])];

/** Words of the closed slots. Slots that take names, numbers or lists are not here. */
export const SLOT_WORDS: Readonly<Partial<Record<SlotType, readonly string[]>>> = {
  S: ISSUE_WORDS,
  P: PATHS,
  W: VALUES,
  E: EVENTS,
  U: TIME_UNITS,
  G: STATE_WORDS,
  B: RULE_BOUNDARIES,
  X: EDGE_WORDS,
  M: Object.keys(SHOCK_LIMITS),
  H: CLIMATE_LIMITS,
  Q: COVERED_QUANTITIES,
  K: AGREED_TERMS,
  V: UNDERTAKINGS,
  R: PARTY_WORDS,
  C: INCIDENT_CODES,
  A: HEADS,
  Y: ROLES,
  F: Object.keys(CODED_PREDICATES),
  D: CODES,
};

export const LEG_HOLDER_SUFFIX = '(leg.holder)';

/** Decimal digits without a leading zero, at most nine: an integer that needs no care. */
function isCount(word: string): boolean {
  if (word.length === 0 || word.length > 9 || (word.length > 1 && word.startsWith('0'))) return false;
  for (let i = 0; i < word.length; i += 1) {
    const code = word.charCodeAt(i);
    if (code < 0x30 || code > 0x39) return false;
  }
  return true;
}

/** Does the word fit the slot, whatever the pack declares? Names are checked against the pack afterwards. */
export function fitsSlot(slot: SlotType, word: string): boolean {
  switch (slot) {
    case 'I':
    case 'T':
      return isName(word);
    case 'TH':
      return word.endsWith(LEG_HOLDER_SUFFIX) && isName(word.slice(0, -LEG_HOLDER_SUFFIX.length));
    case 'N':
      return isCount(word);
    case 'L': {
      const words = word.split('|');
      return words.length > 1 && words.every((one) => VALUES.includes(one));
    }
    default:
      return SLOT_WORDS[slot]?.includes(word) ?? false;
  }
}
