import type { CustodyInterval } from '../facts/custody.js';
import type { StateWord } from '../rules/terms.js';
import { stateArguments } from './arguments.js';
import type { Argument, Decided, Location } from './decisions.js';
import type { EdgeCase } from './edge-case.js';
import { meetsStandard } from './standard.js';
import type { Truth } from './truth.js';

/** A place is found by the standard by which facts are. */
const STANDARD = 'high';

/** Arguments of the creditor for, of the debtor against, a state at a boundary of the leg. */
function argumentsAt(
  decided: Decided,
  edge: EdgeCase,
  boundary: string | null,
  value: StateWord,
): readonly Argument[] {
  if (boundary === null) return [];
  const { creditor, debtor } = edge;
  return stateArguments(decided.case, decided.desk(edge), boundary, value, { pro: debtor, con: creditor });
}

function best(list: readonly Argument[], side: 'pro' | 'con'): number {
  return list.reduce((most, one) => (one.side === side ? Math.max(most, one.grade) : most), 0);
}

/**
 * How a liable leg is known: a damaging event recorded on it, good seen at its start and bad seen at its end, or only
 * that no other leg is left.
 */
export function locate(decided: Decided, edge: EdgeCase, leg: CustodyInterval): Location {
  const { evidence } = decided.case.rules;
  const derivations = edge.damage.states.get(leg.end ?? '')?.derivations ?? [];
  const onLeg = new Set(derivations.filter(({ impliedIn }) => impliedIn === leg.index).map(({ id }) => id));
  const atEnd = argumentsAt(decided, edge, leg.end, 'bad');
  const implied = atEnd.filter(({ side, source }) => side === 'pro' && onLeg.has(source));
  if (meetsStandard(evidence, STANDARD, best(implied, 'pro'), best(atEnd, 'con'))) return 'implicated';
  const atStart = argumentsAt(decided, edge, leg.start, 'good');
  const seen = (list: readonly Argument[]): boolean => {
    const own = list.filter(({ how, side }) => side === 'con' || how === 'seen');
    return meetsStandard(evidence, STANDARD, best(own, 'pro'), best(own, 'con'));
  };
  return seen(atStart) && seen(atEnd) ? 'bracketed' : 'inferred';
}

/**
 * Is the leg among those where it may have happened? Not where it was shown bad before or good after. Unknown where it
 * is not shown that it happened on the way at all.
 */
export function isOpen(decided: Decided, edge: EdgeCase, leg: CustodyInterval): Truth {
  const { evidence } = decided.case.rules;
  const shown = (boundary: string | null | undefined, value: StateWord): boolean => {
    const list = argumentsAt(decided, edge, boundary ?? null, value);
    return meetsStandard(evidence, STANDARD, best(list, 'pro'), best(list, 'con'));
  };
  if (shown(leg.start, 'bad') || shown(leg.end, 'good')) return false;
  const journey = edge.damage.custody.journeys.find(({ id }) => id === leg.journey);
  return shown(journey?.start, 'good') && shown(journey?.end, 'bad') ? true : null;
}
