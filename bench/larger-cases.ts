import { readFileSync } from 'node:fs';
import { readTrustFile } from '../src/credential/trust-file.js';
import { type Dispute, readDispute } from '../src/finding/dispute.js';
import { loadPack } from '../src/rules/load-pack.js';
import type { Pack } from '../src/rules/pack.js';
import { BUILT_IN_PACKS } from '../src/rules/packs/index.js';
import { buildScenario } from '../src/scenario/build-scenario.js';
import type { VerifiedPassport } from '../src/verify/verified-passport.js';
import { verifyPassport } from '../src/verify/verify-passport.js';
import { readYaml } from '../src/yaml/read-yaml.js';

const SCENARIO = 'fixtures/scenarios/09-beyond-envelope.scenario.yaml';
const PACK = 'src/rules/packs/cn/cn.yaml';

export interface LargerCase {
  readonly passport: VerifiedPassport;
  readonly dispute: Dispute;
  readonly packs: readonly Pack[];
}

/** Inspections of the whole item on the way, one every five minutes of the first leg, by either of two carriers in turn. */
function inspections(count: number): string {
  let text = '';
  for (let index = 0; index < count; index += 1) {
    const at = new Date(Date.UTC(2026, 7, 28, 3, 5) + index * 20_000).toISOString().replace('.000', '');
    const by = index % 2 === 0 ? 'carrier-a' : 'carrier-b';
    text += `
  - id: look-${index}
    by: ${by}
    type: statement
    at: ${at}
    payload:
      occurredAt: ${at}
      about: { item: subject:item }
      text: still there
      observations: [{ aspect: packaging-outer, region: whole, condition: good }]
`;
  }
  return text;
}

/** The case of scenario 9 with so many more records, each of which states a fact. */
export async function caseWithRecords(more: number): Promise<LargerCase> {
  const text = readFileSync(SCENARIO, 'utf8').replace(/\nexport:|\ndispute:/, `${inspections(more)}$&`);
  const built = await buildScenario(readYaml(text, SCENARIO), SCENARIO);
  const dispute = readDispute(built.dispute);
  const trust = readTrustFile(built.trust, 'growth.trust.json');
  const passport = await verifyPassport(built.passport, { trust, at: dispute.asOf.utcS });
  return { passport, dispute, packs: dispute.packs.map(({ id }) => BUILT_IN_PACKS.get(id) as Pack) };
}

/** The same case under a pack with so many more rules, all of which are asked and none of which holds. */
export function withRules({ passport, dispute, packs }: LargerCase, more: number): LargerCase {
  let text = readFileSync(PACK, 'utf8');
  for (let index = 0; index < more; index += 1) {
    text += `
  - id: GROWTH-${index}
    says: { en: "A rule that asks and does not hold.", zh: "不成立的规则。" }
    cite: [{ source: cn.civil-code, article: "604", verified: false }]
    status: inference
    in-force: { from: 2000-01-01 }
    on: { claim: shipper-carrier, each: [damage, leg] }
    if: [issue bad-at-end is found, leg.mode is sea, damage.kind is heat]
    then: { argue: packing-caused, side: pro, grade-from: [sensor] }
`;
  }
  const evidence = packs.filter(({ kind }) => kind === 'evidence');
  return {
    passport,
    dispute,
    packs: [...evidence, loadPack(readYaml(text, PACK), { file: PACK, known: evidence })],
  };
}
