import type { Rule } from '../rules/rule.js';
import type { RuleSet } from '../rules/rule-set.js';
import type { RuleReading } from './decisions.js';

/** With more unknown rules than this on one question a person must decide. */
const MOST_FORKS = 6;

export interface Forking {
  /** Rules whose condition is unknown. */
  readonly unknown: readonly RuleReading[];
  readonly tooMany: boolean;
  /** Every choice of what the unknown rules do, as the rules that then hold. The first leaves all of them out. */
  readonly choices: readonly (readonly RuleReading[])[];
}

const NO_FORKS: Forking = { unknown: [], tooMany: false, choices: [[]] };

/** A rule whose condition is unknown is tried with and without; what comes out the same does not depend on it. */
export function forkings(readings: readonly RuleReading[], rules: RuleSet): Forking {
  if (readings.length === 0) return NO_FORKS;
  const sure: RuleReading[] = [];
  const unknown: RuleReading[] = [];
  for (const reading of readings) {
    if (reading.value === true) sure.push(reading);
    else if (reading.value === null) unknown.push(reading);
  }
  if (unknown.length === 0) return { unknown, tooMany: false, choices: [effective(sure, rules)] };
  const tooMany = unknown.length > MOST_FORKS;
  const forks = tooMany ? 0 : unknown.length;
  const choices: (readonly RuleReading[])[] = [];
  for (let choice = 0; choice < 2 ** forks; choice += 1) {
    const chosen = unknown.filter((_, bit) => bit < forks && (choice >> bit) % 2 === 1);
    choices.push(effective([...sure, ...chosen], rules));
  }
  return { unknown, tooMany, choices };
}

/** Leaves out rules before which another that holds goes: one that overrides them, or one of a higher layer. */
export function effective(holding: readonly RuleReading[], rules: RuleSet): readonly RuleReading[] {
  if (holding.length < 2) return holding;
  const held = new Set<Rule>(holding.map(({ rule }) => rule));
  return holding.filter(({ rule }) => !(rules.suppressors.get(rule) ?? []).some((other) => held.has(other)));
}

/** The first reading that is unknown and would be the one that acts if it held; null for none. */
export function displacing(readings: readonly RuleReading[], rules: RuleSet): RuleReading | null {
  const acts = (one: RuleReading): boolean =>
    effective(
      readings.filter((other) => other.value === true || other === one),
      rules,
    )[0] === one;
  return readings.find((one) => one.value === null && acts(one)) ?? null;
}
