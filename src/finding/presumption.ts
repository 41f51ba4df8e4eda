import type { Rebuttal, Standard } from '../rules/rule.js';

/** A presumption that a rule raises on an issue. */
export interface Presumption {
  readonly rule: string;
  readonly is: 'found' | 'not-found';
  readonly rebut: Rebuttal;
  /** What rebutting evidence has to beat, at least. */
  readonly weight: number;
  /** Null = the issue's. */
  readonly standard: Standard | null;
}

export interface Weighing {
  /** Best grade for found, and against: a maximum, never a sum. */
  readonly pro: number;
  readonly con: number;
  readonly burden: 'pro' | 'con';
  readonly standard: Standard;
  readonly presumptions: readonly Presumption[];
}

/** What decided: evidence that meets the standard by itself, a presumption, or the burden alone. */
export type DecidedBy = 'evidence' | 'presumption' | 'burden';

export interface Weighed {
  readonly status: 'found' | 'not-found';
  readonly by: DecidedBy;
  /** Rules whose presumption fell: rebutted by doubt, or met by an opposite one. */
  readonly fallen: readonly string[];
  /** Rules whose presumption stood and said what was decided; `notNeeded` when the evidence alone says so too. */
  readonly stood: readonly string[];
  /** Rules whose presumption stood and was overcome by the contrary. */
  readonly rebutted: readonly string[];
  readonly notNeeded: boolean;
}

/** A presumption that yields to doubt falls at this grade against it. */
const DOUBT_GRADE = 2;

/**
 * The presumption table of the finding engine. More evidence for one side never turns the issue against it: checked at
 * every point of grades, weights, burdens, standards and pairs of presumptions.
 */
export function weigh(
  { burden, con, presumptions, pro, standard }: Weighing,
  meets: (standard: Standard, pro: number, con: number) => boolean,
): Weighed {
  if (presumptions.length === 0) return burdened({ burden, con, pro, standard }, [], meets);
  const against = ({ is }: Presumption): number => (is === 'found' ? con : pro);
  const doubted = presumptions.filter((one) => one.rebut === 'doubt' && against(one) >= DOUBT_GRADE);
  const standing = presumptions.filter((one) => !doubted.includes(one));
  const opposite = new Set(standing.map(({ is }) => is)).size > 1;
  const fallen = opposite ? presumptions : doubted;
  const left = opposite ? [] : standing;
  const fellRules = fallen.map(({ rule }) => rule);
  const [first] = left;
  if (first !== undefined) return presumed(left, first.is, { pro, con, standard, fellRules }, meets);
  return burdened({ burden, con, pro, standard }, fellRules, meets);
}

/** Without a presumption whoever bears the burden wins by evidence only. */
function burdened(
  { burden, con, pro, standard }: Omit<Weighing, 'presumptions'>,
  fallen: readonly string[],
  meets: (standard: Standard, pro: number, con: number) => boolean,
): Weighed {
  const found = meets(standard, pro, con);
  const notFound = meets(standard, con, pro);
  const by = found || notFound ? 'evidence' : 'burden';
  const status = (burden === 'pro' ? found : !notFound) ? 'found' : 'not-found';
  return { status, by, fallen, stood: [], rebutted: [], notNeeded: false };
}

/** All of `left` say the same. */
function presumed(
  left: readonly Presumption[],
  is: 'found' | 'not-found',
  given: {
    readonly pro: number;
    readonly con: number;
    readonly standard: Standard;
    readonly fellRules: readonly string[];
  },
  meets: (standard: Standard, pro: number, con: number) => boolean,
): Weighed {
  const [forIt, againstIt] = is === 'found' ? [given.pro, given.con] : [given.con, given.pro];
  const conclusive = left.some(({ rebut }) => rebut === 'conclusive');
  const contrary = left.filter(({ rebut }) => rebut === 'contrary');
  const weight = contrary.reduce((most, one) => Math.max(most, one.weight), 0);
  const standard = contrary.find((one) => one.standard !== null)?.standard ?? given.standard;
  const overcome = !conclusive && contrary.length > 0 && meets(standard, againstIt, Math.max(forIt, weight));
  const rules = left.map(({ rule }) => rule);
  if (overcome) {
    const status = is === 'found' ? 'not-found' : 'found';
    return { status, by: 'evidence', fallen: given.fellRules, stood: [], rebutted: rules, notNeeded: false };
  }
  const notNeeded = meets(given.standard, forIt, againstIt);
  const by = notNeeded ? 'evidence' : 'presumption';
  return { status: is, by, fallen: given.fellRules, stood: rules, rebutted: [], notNeeded };
}
