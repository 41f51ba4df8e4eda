import { execFileSync, spawnSync } from 'node:child_process';
import { createPublicKey, type KeyObject, verify as nodeVerify } from 'node:crypto';
import {
  closeSync,
  existsSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Decoder, decode } from 'cbor-x';
import { hashFile, sealMedia } from '../src/capture/node/seal-media.js';
import { decodeCbor } from '../src/codec/cbor.js';
import { isSign1Fault, splitSign1, toBeSigned } from '../src/crypto/cose-sign1.js';
import { assess, find } from '../src/finding/finding.js';
import { runWhatIf } from '../src/finding/what-if.js';
import { verifyPassport } from '../src/verify/verify-passport.js';
import { type Comparison, compare, type Outcome } from './compare.js';
import { demoCase } from './demo-case.js';
import { caseWithRecords, type LargerCase, withRules } from './larger-cases.js';
import { type Sample, sample } from './sample.js';
import { sensorComparisons } from './sensor-import.js';

const RECORDS = 1_000;
const FILE_BYTES = 2 * 1024 * 1024 * 1024;
const SPKI_START = Buffer.from('302a300506032b6570032100', 'hex');

function bareVerify({ records, signers }: Sample): () => void {
  const keys = new Map<string, KeyObject>(
    signers.map((signer) => {
      const der = Buffer.concat([SPKI_START, signer.coseKey.subarray(-32)]);
      return [signer.kid, createPublicKey({ key: der, format: 'der', type: 'spki' })];
    }),
  );
  const items = records.map(({ bytes, signature, kid }) => ({ signed: toBeSigned(bytes), signature, kid }));
  return () => {
    for (const { signed, signature, kid } of items) {
      if (!nodeVerify(null, signed, keys.get(kid) as KeyObject, signature))
        throw new Error('a signature fails');
    }
  };
}

function payloadOf(record: Uint8Array): Uint8Array {
  const parts = splitSign1(record);
  if (isSign1Fault(parts)) throw new Error(`a record of the sample is none: ${parts.code}`);
  return parts.payload.slice();
}

async function verifyComparisons(): Promise<Comparison[]> {
  const made = await sample(RECORDS);
  const { passport, trust, at } = made;
  const passed = (verdict: string): void => {
    if (verdict !== 'TOTAL-PASSED') throw new Error(`the sample is ${verdict}`);
  };
  const baseline = bareVerify(made);
  const mapDecoder = new Decoder({ useRecords: false, mapsAsObjects: false });
  const payloads = made.records.map(({ bytes }) => payloadOf(bytes));
  return [
    {
      name: `verify ${RECORDS} records by 5 signers, one thread`,
      kind: 'speed',
      goal: { relation: '>=', value: 0.9 },
      ours: async () => passed((await verifyPassport(passport, { trust, at, oneThread: true })).verdict),
      baseline,
      rounds: 15,
      ourWord: 'verifyPassport on one thread, five answers',
      baselineWord: 'node:crypto verify alone',
    },
    {
      name: `verify ${RECORDS} records by 5 signers, both cores`,
      kind: 'speed',
      goal: { relation: '>=', value: 1.6 },
      ours: async () => passed((await verifyPassport(passport, { trust, at })).verdict),
      baseline,
      rounds: 15,
      ourWord: 'verifyPassport, five answers',
      baselineWord: 'node:crypto verify alone, one thread',
    },
    ...(
      [
        ['decode()', (payload: Uint8Array) => decode(payload)],
        // Its fastest way, which gives what ours gives and checks nothing.
        ['a decoder of Maps', (payload: Uint8Array) => mapDecoder.decode(payload)],
      ] as const
    ).map(
      ([word, bare]): Comparison => ({
        name: `strict decode of ${RECORDS} payloads against cbor-x, ${word}`,
        kind: 'speed',
        goal: { relation: '>=', value: 0.6 },
        ours: () => {
          for (const payload of payloads) decodeCbor(payload);
        },
        baseline: () => {
          for (const payload of payloads) bare(payload);
        },
        ourCalls: 20,
        baselineCalls: 20,
        rounds: 21,
        ourWord: 'scan, then cbor-x',
        baselineWord: 'cbor-x alone',
      }),
    ),
  ];
}

/** Two gigabytes that no file system can store as a hole. */
function largeFile(folder: string): string {
  const path = join(folder, 'video.bin');
  const file = openSync(path, 'w');
  const block = Buffer.alloc(8 * 1024 * 1024);
  for (let index = 0; index < block.length; index += 4)
    block.writeUInt32LE((index * 2_654_435_761) >>> 0, index);
  for (let written = 0; written < FILE_BYTES; written += block.length) {
    block.writeUInt32LE(written / block.length, 0);
    writeSync(file, block);
  }
  ftruncateSync(file, FILE_BYTES);
  closeSync(file);
  return path;
}

function fileComparisons(folder: string): Comparison[] {
  if (spawnSync('openssl', ['version']).status !== 0) {
    console.log('openssl is not on this machine: file hashing is not compared');
    return [];
  }
  const path = largeFile(folder);
  const openssl = (): void => void execFileSync('openssl', ['dgst', '-sha256', path]);
  const shared = {
    kind: 'speed',
    baseline: openssl,
    baselineWord: 'openssl dgst -sha256',
    rounds: 5,
  } as const;
  return [
    {
      ...shared,
      name: 'hash a 2 GiB file',
      goal: { relation: '>=', value: 1.1 },
      ours: () => hashFile(path),
      ourWord: 'hashFile',
    },
    {
      ...shared,
      name: 'hash a 2 GiB file with its chunk tree',
      goal: { relation: '>=', value: 0.85 },
      ours: () => sealMedia(path),
      ourWord: 'sealMedia',
    },
  ];
}

async function caseComparisons(folder: string): Promise<Comparison[]> {
  const { passport, trust, trustBytes, at, dispute, packs, firstRecord, kidKey } = await demoCase();
  const firstSigned = toBeSigned(firstRecord.bytes);
  const file = join(folder, 'case.passport');
  const trustFile = join(folder, 'case.trust.json');
  writeFileSync(file, passport);
  writeFileSync(trustFile, trustBytes);
  const verified = await verifyPassport(passport, { trust, at });
  const assessment = assess([verified], dispute, packs);
  const { edges } = assessment.finding;
  const asked = edges.map(({ id }) => id);
  const oneFinding = {
    kind: 'cost',
    ours: () => find([verified], dispute, packs),
    baseline: () => {
      if (!nodeVerify(null, firstSigned, kidKey, firstRecord.signature)) throw new Error('a signature fails');
    },
    ourCalls: 200,
    baselineCalls: 1_000,
    rounds: 15,
    ourWord: 'find, passport verified before',
    baselineWord: 'one Ed25519 verify of node:crypto',
  } as const;
  const bin = new URL('../../bin/goodorder.js', import.meta.url).pathname;
  const command = [bin, 'verify', file, '--trust', trustFile, '--at', String(at)];
  return [
    {
      name: `command: verify a passport of ${verified.records.length} records`,
      kind: 'cost',
      goal: { relation: '<=', value: 2.2 },
      ours: () => {
        const done = spawnSync(process.execPath, command);
        if (done.status !== 0) throw new Error(done.stderr.toString());
      },
      baseline: () => void spawnSync(process.execPath, ['-e', '0']),
      rounds: 21,
      ourWord: 'goodorder verify',
      baselineWord: 'node -e 0',
    },
    {
      ...oneFinding,
      name: 'one finding over a passport whose facts are not read yet',
      goal: { relation: '<=', value: 10 },
      // What is remembered of a passport is remembered of the very object: of a copy nothing is.
      ours: () => find([{ ...verified }], dispute, packs),
    },
    {
      ...oneFinding,
      name: 'one finding, engine and passport warm',
      goal: { relation: '<=', value: 6 },
      // The engine is some thousand small functions; the runtime takes that many calls to compile the last of them.
      warmUpCalls: 6_000,
    },
    {
      name: `what-if of all ${edges.length} edges`,
      kind: 'cost',
      goal: { relation: '<=', value: 200 },
      ours: () => runWhatIf(assessment, [verified], asked),
      baseline: oneFinding.ours,
      baselineCalls: 50,
      rounds: 7,
      ourWord: `one run, ${runWhatIf(assessment, [verified], asked).findings} findings`,
      baselineWord: 'one finding',
    },
  ];
}

/** How the cost of a finding grows: eight times the records, all facts read anew; ten times the rules. */
async function growthComparisons(): Promise<Comparison[]> {
  const base = await caseWithRecords(0);
  const records = base.passport.records.length;
  const large = await caseWithRecords(records * 7);
  const rules = base.packs.reduce((sum, pack) => sum + (pack.kind === 'rules' ? pack.rules.length : 0), 0);
  const ruled = withRules(base, rules * 9);
  const anew = ({ passport, dispute, packs }: LargerCase) => {
    find([{ ...passport }], dispute, packs);
  };
  const shared = { kind: 'cost', ourCalls: 50, baselineCalls: 100, rounds: 11, warmUpCalls: 400 } as const;
  return [
    {
      ...shared,
      name: 'a finding and its facts, eight times the records',
      goal: { relation: '<=', value: 9 },
      ours: () => anew(large),
      baseline: () => anew(base),
      ourWord: `${large.passport.records.length} records`,
      baselineWord: `${records} records`,
    },
    {
      ...shared,
      name: 'a finding, ten times the rules',
      goal: { relation: '<=', value: 10 },
      ours: () => find([ruled.passport], ruled.dispute, ruled.packs),
      baseline: () => find([base.passport], base.dispute, base.packs),
      ourWord: `${rules * 10} rules`,
      baselineWord: `${rules} rules`,
    },
  ];
}

function print({ comparison, ratio, lowest, highest, ourMs, baselineMs, met }: Outcome): void {
  const { name, goal, ourWord, baselineWord } = comparison;
  const ms = (value: number): string => (value >= 10 ? value.toFixed(1) : value.toFixed(4));
  console.log(`${met ? 'met   ' : 'MISSED'}  ${name}`);
  console.log(
    `        ratio ${ratio.toFixed(2)} (${lowest.toFixed(2)} to ${highest.toFixed(2)}), goal ${goal.relation} ${goal.value}`,
  );
  console.log(`        ${ourWord} ${ms(ourMs)} ms, ${baselineWord} ${ms(baselineMs)} ms\n`);
}

const folder = mkdtempSync(join(process.env['GOODORDER_BENCH_DIR'] ?? tmpdir(), 'goodorder-bench-'));
try {
  const [cpu] = cpus();
  console.log(
    `Node ${process.version}, ${cpus().length} × ${cpu?.model ?? 'unknown processor'}; ratios are medians of pairs\n`,
  );
  const only = process.argv[2];
  const groups: Record<string, () => Promise<Comparison[]> | Comparison[]> = {
    verify: verifyComparisons,
    file: () => fileComparisons(folder),
    case: () => caseComparisons(folder),
    growth: growthComparisons,
    sensor: () => sensorComparisons(folder),
  };
  let missed = 0;
  for (const [name, group] of Object.entries(groups)) {
    if (only !== undefined && only !== name) continue;
    for (const comparison of await group()) {
      const outcome = await compare(comparison);
      print(outcome);
      if (!outcome.met) missed += 1;
    }
  }
  console.log(missed === 0 ? 'every goal met' : `${missed} goal${missed === 1 ? '' : 's'} missed`);
} finally {
  if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
}
