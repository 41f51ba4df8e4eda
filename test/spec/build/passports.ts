import { readTrustFile, type TrustFile } from '../../../src/credential/trust-file.js';
import { uniteVolumes } from '../../../src/passport/unite-volumes.js';
import { type VerifyOptions, verifyPassport } from '../../../src/verify/verify-passport.js';
import { makeVerifyReport, type VerifyReport } from '../../../src/verify/verify-report.js';
import { BYTE_CASES } from '../../verify/cases/bytes.js';
import type { Case, CaseInput, Cases } from '../../verify/cases/case.js';
import { LINK_CASES } from '../../verify/cases/links.js';
import { MANIFEST_CASES } from '../../verify/cases/manifests.js';
import { CHAIN_CASES, PROOF_CASES } from '../../verify/cases/proofs.js';
import { RECORD_CASES } from '../../verify/cases/records.js';
import { SIGNER_CASES } from '../../verify/cases/signers.js';
import { makeSample } from '../../verify/sample.js';
import { AT, Story } from '../../verify/story.js';
import { base64, numbered, type VectorCase, type VectorFile } from '../vector-file.js';
import { FURTHER_PASSPORTS, twoVolumes } from './further-passports.js';
import { MORE_PASSPORTS } from './more-passports.js';
import { TREE_COSIGNATURE_PASSPORTS } from './tree-cosignatures.js';

type Report = Omit<
  VerifyReport,
  'schemaVersion' | 'verifier' | 'checks' | 'answers' | 'records' | 'findings'
> & {
  readonly answers: Readonly<Record<string, string>>;
  readonly records: readonly unknown[];
  readonly findings: readonly unknown[];
};

/** The text a trust file was read from: the stories hand over the file as read. */
const texts = new WeakMap<TrustFile, string>();

/** Lets stories remember what they wrote, while `run` runs. */
async function withTexts<T>(run: () => Promise<T>): Promise<T> {
  const plain = Story.prototype.trust;
  Story.prototype.trust = function (options) {
    const text = this.trustText(options);
    const trust = readTrustFile(text);
    texts.set(trust, text);
    return trust;
  };
  try {
    return await run();
  } finally {
    Story.prototype.trust = plain;
  }
}

/** What a report says, as far as every verifier must say it (verification.md). */
async function expected(bytes: Uint8Array, options: VerifyOptions): Promise<Report> {
  const passport = await verifyPassport(bytes, options);
  const report = makeVerifyReport(passport, { version: '' });
  const { verdict, passport: file, at, trust, elements, counts, wouldLeaveOut } = report;
  const answers = Object.fromEntries(
    Object.entries(report.answers).map(([axis, { answer }]) => [axis, answer]),
  );
  const records = report.records.map(({ findings: _, ...record }) => record);
  const findings = report.findings.map(({ detail: _, ...finding }) => finding);
  return { verdict, passport: file, at, trust, answers, elements, records, findings, counts, wouldLeaveOut };
}

async function vector(name: string, given: CaseInput & { readonly story?: Story }): Promise<VectorCase> {
  const trust = given.trust === undefined ? (given.story?.trust() ?? null) : given.trust;
  const text = trust === null ? null : texts.get(trust);
  if (text === undefined) throw new Error(`${name}: a trust file without its text`);
  const { trustMinSequence, limit } = given.options ?? {};
  const at = given.at ?? AT;
  const options = {
    ...(trustMinSequence === undefined ? {} : { trustMinSequence }),
    ...(limit === undefined ? {} : { limit }),
  };
  return {
    name,
    passport: base64(given.bytes),
    trust: text,
    at,
    ...options,
    expected: await expected(given.bytes, { trust, at, ...options }),
  };
}

/** Cases whose bytes differ from run to run, or that no file can show. */
const LEFT_OUT = new Set(['sig.high-s', 'record.twin', 'internal']);

async function ofCases(cases: Cases): Promise<VectorCase[]> {
  const name = numbered();
  const found: VectorCase[] = [];
  for (const [code, given] of Object.entries(cases)) {
    if (LEFT_OUT.has(code)) continue;
    const list: readonly Case[] = Array.isArray(given) ? given : [given as Case];
    for (const { make } of list) found.push(await vector(name(code), await make()));
  }
  return found;
}

const ABOUT =
  'Whole passports in base64 with trust file (text, or null) and instant, and the report (verification.md). Each case is named by the code it shows.';

export async function passportFiles(): Promise<VectorFile[]> {
  return withTexts(async () => {
    const sample = await makeSample();
    const whole: VectorCase[] = [
      await vector('an honest passport that uses every member', sample),
      await vector('the same without a trust file', { ...sample, trust: null }),
      await vector('the same before its witnesses spoke', { ...sample, at: AT - 40 * 86_400 }),
    ];
    for (const [name, make] of Object.entries(MORE_PASSPORTS)) whole.push(await vector(name, await make()));
    const cosignatures: VectorCase[] = [];
    for (const [name, make] of Object.entries(TREE_COSIGNATURE_PASSPORTS)) {
      cosignatures.push(await vector(name, await make()));
    }
    const further: VectorCase[] = [];
    for (const [name, make] of Object.entries(FURTHER_PASSPORTS))
      further.push(await vector(name, await make()));
    const { story, volumes } = await twoVolumes();
    const union = uniteVolumes(volumes);
    if (!union.ok) throw new Error('the volumes do not unite');
    const together = { story, bytes: union.bytes, trust: story.trust() };
    further.push(await vector('both volumes together', together));
    const file = (name: string, cases: readonly VectorCase[]): VectorFile => ({
      name: `passports-${name}`,
      about: ABOUT,
      cases,
    });
    return [
      file('whole', whole),
      file('further', further),
      file('cosignatures', cosignatures),
      file('bytes', await ofCases(BYTE_CASES)),
      file('records', await ofCases(RECORD_CASES)),
      file('links', await ofCases({ ...LINK_CASES, ...CHAIN_CASES })),
      file('signers', await ofCases(SIGNER_CASES)),
      file('proofs', await ofCases(PROOF_CASES)),
      file('manifests', await ofCases(MANIFEST_CASES)),
    ];
  });
}
