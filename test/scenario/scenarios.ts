import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scenarioFiles } from '../../src/cli/scenario-files.js';
import { parseInstant } from '../../src/codec/instant.js';
import { readTrustFile } from '../../src/credential/trust-file.js';
import type { GoodOrderError } from '../../src/errors.js';
import { type Dispute, readDispute } from '../../src/finding/dispute.js';
import { type Assessment, assess } from '../../src/finding/finding.js';
import { type WhatIf, whatIfOf } from '../../src/finding/what-if.js';
import type { Pack } from '../../src/rules/pack.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import type { PositionedValue } from '../../src/rules/positioned-value.js';
import { type BuiltScenario, buildScenario } from '../../src/scenario/build-scenario.js';
import { unmetExpectations } from '../../src/scenario/expectation.js';
import { ScenarioSource } from '../../src/scenario/scenario-source.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { readYaml } from '../../src/yaml/read-yaml.js';

const FIXTURES = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'fixtures');
export const SCENARIOS = join(FIXTURES, 'scenarios');
export const DEMO = join(FIXTURES, 'demo', 'dinner-set.scenario.yaml');

/** Paths of all scenario files, in the order of their names. */
export function scenarioPaths(folder: string = SCENARIOS): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.scenario.yaml'))
    .sort()
    .map((name) => join(folder, name));
}

export function readScenarioYaml(path: string): PositionedValue {
  return readYaml(readFileSync(path, 'utf8'), path);
}

/** A scenario played to its end. */
export interface Played {
  readonly built: BuiltScenario;
  readonly dispute: Dispute;
  readonly packs: readonly Pack[];
  readonly verified: VerifiedPassport;
  readonly assessment: Assessment;
}

export async function play(root: PositionedValue, path: string): Promise<Played> {
  const built = await buildScenario(root, path, scenarioFiles(dirname(path)));
  const verified = await verify(built, built.passport);
  return { built, verified, ...assessed(built, verified) };
}

export function verify(built: BuiltScenario, passport: Uint8Array): Promise<VerifiedPassport> {
  const asOf = built.dispute?.['asOf'];
  if (typeof asOf !== 'string') throw new TypeError('the scenario has no dispute');
  return verifyPassport(passport, { trust: readTrustFile(built.trust), at: parseInstant(asOf).utcS });
}

export function assessed(
  built: BuiltScenario,
  verified: VerifiedPassport | readonly VerifiedPassport[],
): Pick<Played, 'dispute' | 'packs' | 'assessment'> {
  const dispute = readDispute(built.dispute);
  const packs = dispute.packs.map(({ id }) => BUILT_IN_PACKS.get(id)!);
  return { dispute, packs, assessment: assess(verified, dispute, packs) };
}

/** What was asked before, by finding and edge: it costs more than all the rest. */
const whatIfs = new Map<string, WhatIf>();

/** What did not come out as the expectation at `path` of the source says. */
export function unmet(
  { assessment, built, verified }: Played,
  value: unknown,
  source: ScenarioSource,
  path: readonly (string | number)[],
): readonly string[] {
  const whatIf = (edge: string): WhatIf => {
    const key = `${assessment.finding.digest} ${edge}`;
    const known = whatIfs.get(key) ?? whatIfOf(assessment, verified, edge);
    whatIfs.set(key, known);
    return known;
  };
  const outcome = { verified, finding: assessment.finding, whatIf };
  return unmetExpectations(value, source, path, built, outcome).map(written);
}

function written({ message, place }: GoodOrderError): string {
  return `${place.line}:${place.column} ${message}`;
}

/** Plays a scenario and holds it against its own expectation. */
export async function playAsExpected(root: PositionedValue, path: string): Promise<readonly string[]> {
  const played = await play(root, path);
  return unmet(played, played.built.expect, new ScenarioSource(root, path), ['expect']);
}
