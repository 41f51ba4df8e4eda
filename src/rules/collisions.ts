import type { Code } from '../codes.js';
import type { Condition } from './condition.js';
import { type Effect, layerRank, type Rule } from './rule.js';
import { PATH_VALUES, type PathName, SINGLE_VALUED } from './terms.js';

export interface Collision {
  readonly code: Code;
  readonly message: string;
  readonly rules: readonly [Rule, Rule];
}

/** One place that holds one value: what a rule would write there. */
interface SlotValue {
  readonly slot: string;
  readonly value: string;
}

/** What an effect writes into places that hold one value only. `argue`, `bar`, `adverse` and `refer` accumulate and write none. */
export function slotsOf(effect: Effect): readonly SlotValue[] {
  switch (effect.kind) {
    case 'allocate':
      return [{ slot: `allocate ${effect.issue}`, value: `to ${effect.to}, ${effect.standard}` }];
    case 'presume':
      return [
        {
          slot: `presume ${effect.issue} is ${effect.is}`,
          value: `rebut ${effect.rebut}, weight ${effect.weight}, ${effect.standard}`,
        },
      ];
    case 'liable': {
      const slot = `liable ${effect.edge} ${effect.head}`;
      return [
        { slot: `${slot} as`, value: effect.as },
        { slot: `${slot} mode`, value: effect.mode },
        { slot: `${slot} measure`, value: String(effect.measure) },
        { slot: `${slot} with`, value: String(effect.with) },
      ];
    }
    case 'cap':
      return [
        {
          slot: `cap ${effect.edge}`,
          value: `${JSON.stringify(effect.measure)}, broken by ${effect.brokenBy}`,
        },
      ];
    case 'share':
      return [{ slot: `share ${effect.edge}`, value: String(effect.is) }];
    case 'adjust':
      return [{ slot: `${effect.step} ${effect.edge}`, value: `${effect.ratePpm} from ${effect.from}` }];
    default:
      return [];
  }
}

/** Slots to which two effects would write different values. */
export function disputedSlots(one: Effect, other: Effect): readonly (readonly [SlotValue, SlotValue])[] {
  const disputed: (readonly [SlotValue, SlotValue])[] = [];
  for (const a of slotsOf(one)) {
    for (const b of slotsOf(other)) if (a.slot === b.slot && a.value !== b.value) disputed.push([a, b]);
  }
  return disputed;
}

/**
 * Collisions are syntactic and so decidable: two rules that may write different values to one place, and nothing in
 * their texts says which goes first or that they never meet.
 */
export function findCollisions(rules: readonly Rule[]): readonly Collision[] {
  const collisions: Collision[] = [...findOverrideCycle(rules)];
  for (let i = 0; i < rules.length; i += 1) {
    for (let j = i + 1; j < rules.length; j += 1) {
      const collision = collide(rules[i]!, rules[j]!);
      if (collision !== null) collisions.push(collision);
    }
  }
  return collisions;
}

function collide(one: Rule, other: Rule): Collision | null {
  const apart = datesDisjoint(one, other);
  if (one.id === other.id) {
    if (apart) return null;
    return {
      code: 'pack.collision',
      message: `\`${one.id}\` has two versions that hold on one day`,
      rules: [one, other],
    };
  }
  const disputed = disputedSlots(one.effect, other.effect);
  if (disputed.length === 0 || apart) return null;
  if (one.overrides.includes(other.id) || other.overrides.includes(one.id)) return null;
  if (layerRank(one.layer, one.force) !== layerRank(other.layer, other.force)) return null;
  if (!one.claims.some((claim) => other.claims.includes(claim))) return null;
  if (conjunctsContradict(one, other)) return null;
  const [a, b] = disputed[0]!;
  const separators = separatingPaths(one, other);
  const advice =
    separators.length === 0
      ? 'say `overrides`, or ask for different values of one path'
      : `different values of ${separators.map((path) => `\`${path}\``).join(' or ')} would separate them`;
  return {
    code: 'pack.collision',
    message: `\`${one.id}\` and \`${other.id}\` both write \`${a.slot}\`: ${a.value} and ${b.value}; ${advice}`,
    rules: [one, other],
  };
}

/** Versions of one rule, or two rules of one kind of date, that never hold on the same day. */
function datesDisjoint(one: Rule, other: Rule): boolean {
  if (one.appliesBy !== other.appliesBy) return false;
  const before = (a: Rule, b: Rule): boolean => a.inForce.to !== null && a.inForce.to < b.inForce.from;
  return before(one, other) || before(other, one);
}

function conjunctsContradict(one: Rule, other: Rule): boolean {
  const a = allowedValues(one);
  const b = allowedValues(other);
  for (const [path, values] of a) {
    const others = b.get(path);
    if (others !== undefined && !values.some((value) => others.includes(value))) return true;
  }
  return false;
}

/** For each closed path a rule asks about at its top level, the values that let it hold. */
function allowedValues(rule: Rule): ReadonlyMap<PathName, readonly string[]> {
  const allowed = new Map<PathName, readonly string[]>();
  const narrow = (path: PathName, keep: (value: string) => boolean): void => {
    if (!SINGLE_VALUED.has(path)) return;
    allowed.set(path, (allowed.get(path) ?? PATH_VALUES[path]).filter(keep));
  };
  const conjunct = (condition: Condition, holds: boolean): void => {
    if (condition.op === 'not') conjunct(condition.of, !holds);
    else if (condition.op === 'eq') narrow(condition.path, (value) => (value === condition.value) === holds);
    else if (condition.op === 'in')
      narrow(condition.path, (value) => condition.values.includes(value) === holds);
    else if (condition.op === 'all' && holds) for (const part of condition.of) conjunct(part, true);
    else if (condition.op === 'any' && !holds) for (const part of condition.of) conjunct(part, false);
  };
  for (const condition of rule.if) conjunct(condition, true);
  for (const condition of rule.unless) conjunct(condition, false);
  return allowed;
}

/** Paths that one of the two narrows: literals on them would tell the rules apart. */
function separatingPaths(one: Rule, other: Rule): readonly PathName[] {
  return [...new Set([...allowedValues(one).keys(), ...allowedValues(other).keys()])].sort();
}

function findOverrideCycle(rules: readonly Rule[]): readonly Collision[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const done = new Set<string>();
  for (const start of rules) {
    const path: string[] = [];
    const cycle = follow(start.id, path, done, byId);
    if (cycle === null) continue;
    return [
      {
        code: 'pack.cycle',
        message: `rules override one another: ${cycle.map((id) => `\`${id}\``).join(' → ')}`,
        rules: [byId.get(cycle[0]!)!, byId.get(cycle.at(-1)!)!],
      },
    ];
  }
  return [];
}

function follow(
  id: string,
  path: string[],
  done: Set<string>,
  byId: ReadonlyMap<string, Rule>,
): readonly string[] | null {
  const at = path.indexOf(id);
  if (at >= 0) return [...path.slice(at), id];
  if (done.has(id)) return null;
  path.push(id);
  for (const next of byId.get(id)?.overrides ?? []) {
    const cycle = follow(next, path, done, byId);
    if (cycle !== null) return cycle;
  }
  path.pop();
  done.add(id);
  return null;
}
