import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { scenarioFiles } from '../src/cli/scenario-files.js';
import { readTrustFile, type TrustFile } from '../src/credential/trust-file.js';
import { type Dispute, readDispute } from '../src/finding/dispute.js';
import type { SignedRecord } from '../src/record/record.js';
import type { Pack } from '../src/rules/pack.js';
import { BUILT_IN_PACKS } from '../src/rules/packs/index.js';
import { buildScenario } from '../src/scenario/build-scenario.js';
import { readYaml } from '../src/yaml/read-yaml.js';

export interface BenchCase {
  readonly passport: Uint8Array;
  readonly trust: TrustFile;
  readonly trustBytes: Uint8Array;
  readonly at: number;
  readonly dispute: Dispute;
  readonly packs: readonly Pack[];
  readonly firstRecord: SignedRecord;
  readonly kidKey: KeyObject;
}

/** The demo's case: a passport of a handful of parties, and its dispute. */
export async function demoCase(): Promise<BenchCase> {
  const folder = `${process.cwd()}/fixtures/demo/`;
  const file = 'dinner-set.scenario.yaml';
  const built = await buildScenario(
    readYaml(readFileSync(`${folder}${file}`, 'utf8'), file),
    file,
    scenarioFiles(folder),
  );
  const dispute = readDispute(built.dispute);
  const [firstRecord] = built.records.values();
  const player = [...built.parties.values()].find(({ signer }) => signer.kid === firstRecord?.kid);
  if (firstRecord === undefined || player === undefined) throw new Error('the demo has no records');
  const der = Buffer.concat([
    Buffer.from('302a300506032b6570032100', 'hex'),
    player.signer.coseKey.subarray(-32),
  ]);
  return {
    passport: built.passport,
    trust: readTrustFile(built.trust, 'demo.trust.json'),
    trustBytes: built.trust,
    at: dispute.asOf.utcS,
    dispute,
    packs: dispute.packs.map(({ id }) => BUILT_IN_PACKS.get(id) as Pack),
    firstRecord,
    kidKey: createPublicKey({ key: der, format: 'der', type: 'spki' }),
  };
}
