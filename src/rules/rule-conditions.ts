import type { Condition } from './condition.js';
import type { Issue } from './pack.js';
import type { Rule } from './rule.js';
import { LEG_PATHS } from './terms.js';

/** Everything a rule asks, without its `unless-proven`. */
export function conditionsOf(rule: Rule): readonly Condition[] {
  return [...rule.if, ...rule.unless];
}

/** Does the sentence itself speak of the leg the rule is bound to? */
export function conditionNeedsLeg(condition: Condition, issues: ReadonlyMap<string, Issue>): boolean {
  switch (condition.op) {
    case 'eq':
    case 'in':
      return LEG_PATHS.has(condition.path);
    case 'eq-path':
      return LEG_PATHS.has(condition.path) || LEG_PATHS.has(condition.other);
    case 'issue':
      return condition.edge === null && (issues.get(condition.issue)?.about.includes('leg') ?? false);
    case 'edge':
      return condition.ofLegHolder;
    case 'state':
    case 'covers':
      return condition.boundary === 'leg.start' || condition.boundary === 'leg.end';
    case 'shown':
    case 'undertaken':
      return condition.by === 'leg.holder';
    case 'has':
      return condition.against === 'leg.holder';
    case 'acts-for':
      return condition.agent === 'leg.holder' || condition.principal === 'leg.holder';
    case 'shock':
    case 'kinetic-mean':
    case 'excursion-time':
    case 'drop':
    case 'rms':
    case 'covered':
    case 'leg-ends':
    case 'located':
    case 'incident':
    case 'during':
      return true;
    default:
      return false;
  }
}
