import { parseInstant } from '../../src/codec/instant.js';
import { readTrustFile } from '../../src/credential/trust-file.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import { canonicalJson } from '../../src/finding/canonical-json.js';
import { readDispute } from '../../src/finding/dispute.js';
import { explain } from '../../src/finding/explain.js';
import { type Assessment, assess } from '../../src/finding/finding.js';
import { whatIfOf } from '../../src/finding/what-if.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';

// Loads in a page too: nothing here knows Node.

/** What a finding is computed from, as bytes and text: a scenario once it is built. */
export interface ScenarioInput {
  readonly name: string;
  readonly passports: readonly Uint8Array[];
  readonly trust: string;
  readonly dispute: Readonly<Record<string, unknown>>;
}

/** SHA-256, of canonical JSON each. */
export interface ScenarioDigests {
  readonly finding: string;
  /** Of every edge. */
  readonly explanations: string;
  /** Of every edge that somebody claims; null where it was not asked. */
  readonly whatIf: string | null;
}

export function digestOf(value: unknown): string {
  return sha256Hex(new TextEncoder().encode(canonicalJson(value)));
}

export async function verifyInput({ dispute, passports, trust }: ScenarioInput): Promise<VerifiedPassport[]> {
  const at = parseInstant(String(dispute['asOf'])).utcS;
  const verified: VerifiedPassport[] = [];
  for (const passport of passports) {
    verified.push(await verifyPassport(passport, { trust: readTrustFile(trust), at }));
  }
  return verified;
}

export function assessInput({ dispute }: ScenarioInput, verified: readonly VerifiedPassport[]): Assessment {
  const read = readDispute(dispute);
  return assess(
    verified,
    read,
    read.packs.map(({ id }) => BUILT_IN_PACKS.get(id)!),
  );
}

/** Finding, explanations and, where asked, what would change it. */
export async function digestsOf(input: ScenarioInput, withWhatIf = true): Promise<ScenarioDigests> {
  const verified = await verifyInput(input);
  const assessment = assessInput(input, verified);
  const { edges } = assessment.finding;
  const claimed = edges.filter(({ pleaded }) => pleaded);
  return {
    finding: digestOf(assessment.finding),
    explanations: digestOf(edges.map(({ id }) => explain(assessment, id))),
    whatIf: withWhatIf ? digestOf(claimed.map(({ id }) => whatIfOf(assessment, verified, id))) : null,
  };
}
