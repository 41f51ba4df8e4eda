import crypto from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { readColumnMap } from '../../src/capture/sensor/column-map.js';
import { timeReader } from '../../src/capture/sensor/written-time.js';
import { fromBase64url } from '../../src/codec/base64url.js';
import { decodeCbor, encodeCbor } from '../../src/codec/cbor.js';
import { encodeHead } from '../../src/codec/cbor-head.js';
import { concatBytes, utf8Bytes } from '../../src/codec/hex.js';
import { readInstant } from '../../src/codec/instant.js';
import { LongMap } from '../../src/codec/long-map.js';
import { parseStrictJson } from '../../src/codec/strict-json.js';
import { GoodOrderError } from '../../src/errors.js';
import { parseLogPolicy } from '../../src/log/log-policy.js';
import { parseNote } from '../../src/log/signed-note.js';
import { parseVerifierKey } from '../../src/log/verifier-key.js';
import { Ancestry } from '../../src/passport/ancestry.js';
import { displayOrder } from '../../src/passport/display-order.js';
import { MEMBER } from '../../src/passport/element.js';
import { encodePassport, PASSPORT_LIMIT, PASSPORT_MAGIC } from '../../src/passport/file.js';
import { EvidenceGraph } from '../../src/passport/graph.js';
import { mergePassports } from '../../src/passport/merge.js';
import { parsePath } from '../../src/record/field-path.js';
import { readRecord } from '../../src/record/read-record.js';
import { visibleText } from '../../src/report/visible-text.js';
import { parseParty } from '../../src/subject/party.js';
import { parseScan } from '../../src/subject/scan.js';
import { parseSubject } from '../../src/subject/subject.js';
import { proveTimes } from '../../src/verify/checks/proven-time.js';
import { KEPT_PER_CODE } from '../../src/verify/findings.js';
import { pinnedFromOutside } from '../../src/verify/pinned-from-outside.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { makeVerifyReport } from '../../src/verify/verify-report.js';
import { readYaml } from '../../src/yaml/read-yaml.js';
import { idOf, type Sketch, sketch } from '../passport/synthetic.js';
import { makeSample } from '../verify/sample.js';
import { Actor, AT, ITEM, Story } from '../verify/story.js';
import { type BuiltCommand, buildCommand } from './built-command.js';
import { found, told } from './verdict.js';

/** A file as long as a passport may be: one member whose list announces `count` items, all of them this byte. */
function filled(byte: number, count: number, member: number = MEMBER.records): Uint8Array {
  const item = utf8Bytes(ITEM);
  const start = concatBytes(
    PASSPORT_MAGIC,
    encodeHead(5, 2),
    encodeHead(0, MEMBER.item),
    encodeHead(3, item.length),
    item,
    encodeHead(0, member),
    encodeHead(4, count),
  );
  const file = new Uint8Array(PASSPORT_LIMIT).fill(byte);
  file.set(start);
  return file;
}

const FILLING = PASSPORT_LIMIT - 120;

describe('whole files made of next to nothing', () => {
  let command: BuiltCommand;
  beforeAll(async () => {
    command = await buildCommand();
  });
  afterAll(() => command.remove());

  /** The command with a heap that holds a tenth of what decoding such a file as a whole would take. */
  function verified(file: Uint8Array): { status: number | null; code: unknown; out: string } {
    writeFileSync(join(command.folder, 'bomb.passport'), file);
    const argv = ['verify', 'bomb.passport', '--at', String(AT), '--format', 'json'];
    const { status, stdout } = command.run(argv, { env: { NODE_OPTIONS: '--max-old-space-size=128' } });
    const out = stdout.toString();
    return { status, out, code: JSON.parse(out).findings[0]?.code };
  }

  test('whole-file-decode-oom: 67 million empty maps, lists or integers never reach the codec', () => {
    for (const byte of [0xa0, 0x80, 0x00, 0x40]) {
      const { status, code } = verified(filled(byte, FILLING));
      expect([byte, status, code]).toEqual([byte, 10, 'passport.too-large']);
    }
  });

  test('tiny-elements-memory: a list of a million integers in 64 MiB is refused at its first, an item of 64 KiB at its head', () => {
    const { status, code } = verified(filled(0x00, 1_000_000));
    expect([status, code]).toEqual([10, 'passport.member']);
    // One record made of as many one-byte items as fit: the scanner counts them before anything is decoded.
    const items = new Uint8Array(65_535).fill(0x80);
    items.set([0xd2, 0x84, 0x43, 0xa1, 0x01, 0x00, 0xa0, 0x59, 0xff, 0xf0]);
    const read = readRecord(concatBytes(items, items));
    expect(!read.ok && read.diagnostics.map(({ code: one }) => one)).toEqual(['cbor.too-long']);
  });

  test('heap-limit-and-worker-death: a process that runs out of memory has not said that anything passed', () => {
    const { bytes } = encodedChain;
    writeFileSync(join(command.folder, 'chain.passport'), bytes);
    const argv = ['verify', 'chain.passport', '--at', String(AT)];
    const whole = command.run(argv);
    expect([whole.status, whole.stdout.toString().includes('INDETERMINATE')]).toEqual([11, true]);
    const starved = command.run(argv, { env: { NODE_OPTIONS: '--max-old-space-size=9' } });
    expect(starved.status === 0 || starved.status === 11).toBe(false);
    expect(starved.stdout.toString()).not.toMatch(/PASSED|INDETERMINATE|FAILED/);
  });

  test('exception-as-dos: of a batch, the file that cannot be read hides none of the others', async () => {
    const { bytes, story } = await makeSample();
    const folder = join(command.folder, 'batch');
    mkdirSync(folder);
    writeFileSync(join(command.folder, 'trust.json'), story.trustText());
    writeFileSync(join(folder, 'a.passport'), bytes);
    writeFileSync(join(folder, 'b.passport'), filled(0x81, 1).subarray(0, 100_000));
    writeFileSync(join(folder, 'c.passport'), bytes);
    mkdirSync(join(folder, 'd.passport'));
    const argv = ['verify', 'batch', '--trust', 'trust.json', '--at', String(AT), '--format', 'ndjson'];
    const { status, stdout } = command.run(argv);
    const lines = stdout
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ verdict }) => verdict).filter((verdict) => verdict !== undefined)).toEqual([
      'TOTAL-PASSED',
      'TOTAL-FAILED',
      'TOTAL-PASSED',
    ]);
    expect(status).not.toBe(0);
  });
});

const encodedChain: { bytes: Uint8Array } = { bytes: new Uint8Array() };
beforeAll(async () => {
  const story = new Story();
  const actor = Actor.person('many');
  for (let index = 0; index < 1_500; index += 1) await story.say(actor, `statement ${index}`);
  encodedChain.bytes = story.file();
});

test('many-tiny-records: bad signatures are counted, and few of them described', async () => {
  const story = new Story();
  const actor = Actor.person('many');
  const { record } = await story.say(actor, 'once');
  const count = 3_000;
  const records = Array.from({ length: count }, (_, index) => {
    const copy = record.slice();
    copy.set([index >> 8, index & 255, 1], copy.length - 60);
    return copy;
  });
  const bytes = encodePassport({
    item: ITEM,
    members: { [MEMBER.records]: records, [MEMBER.keys]: [actor.signer.coseKey] },
  });
  const passport = await verifyPassport(bytes, { trust: null, at: AT });
  expect(passport.verdict).toBe('TOTAL-FAILED');
  expect(passport.counts['sig.invalid']).toBe(count);
  expect(found(passport, 'sig.invalid')).toHaveLength(KEPT_PER_CODE);
  const report = makeVerifyReport(passport, { version: '0' });
  expect(report.findings.length).toBeLessThan(KEPT_PER_CODE * Object.keys(passport.counts).length + 1);
  expect(report.answers.integrity.because.length).toBeLessThan(3 * KEPT_PER_CODE);
});

/** Counts how often the graph is asked for the pins of a statement. */
class CountingGraph extends EvidenceGraph {
  asked = 0;
  override pinsOf(statement: number): readonly number[] {
    this.asked += 1;
    return super.pinsOf(statement);
  }
}

test('dag-closure-blowup: order, times, pinning and ancestry ask for each statement’s pins a few times, however they are woven', () => {
  const questions = (count: number): number => {
    const sketches = Array.from({ length: count }, (_, index): Sketch => {
      const back = Array.from({ length: 64 }, (_each, step) => index - 1 - step * step).filter((n) => n >= 0);
      return { name: `n${index}`, kid: `k${index % 7}`, seen: [...new Set(back)].map((n) => `n${n}`) };
    });
    const graph = new CountingGraph(sketches.map(sketch));
    graph.asked = 0;
    expect(displayOrder(graph)).toHaveLength(count);
    const times = proveTimes({ graph, at: AT, notes: new Map(), inclusions: [] });
    pinnedFromOutside(graph, times, () => 'urn:somebody')(idOf('n0'));
    const ancestry = new Ancestry(graph);
    const isUpTo = ancestry.upTo([idOf(`n${count - 1}`)]);
    expect([isUpTo(graph.statementOfId(idOf('n0'))), ancestry.precedes(idOf('n0'), idOf('n1'))]).toEqual([
      true,
      true,
    ]);
    return graph.asked;
  };
  const [some, twice] = [questions(2_000), questions(4_000)];
  expect(some).toBeLessThan(20 * 2_000);
  expect(twice / some).toBeLessThan(2.2);
});

test('hash-flooding: a map of ten thousand chosen keys is held as a list and its faults are cut short', async () => {
  const long = encodeCbor(new Map(Array.from({ length: 10_000 }, (_, index) => [index * 4_096, 0])));
  expect(long.length).toBeLessThan(65_535);
  const decoded = decodeCbor(long);
  expect(decoded).toBeInstanceOf(LongMap);
  expect((decoded as ReadonlyMap<number, number>).size).toBe(10_000);
  const story = new Story();
  const actor = Actor.person('flood');
  const { record } = await story.say(actor, 'a text');
  // The same record with that map as its payload.
  const header = record.subarray(0, record.indexOf(0xa0, 2));
  const forged = concatBytes(
    header,
    Uint8Array.of(0xa0),
    encodeHead(2, long.length),
    long,
    new Uint8Array([0x58, 64]),
    new Uint8Array(64),
  );
  const read = readRecord(forged);
  expect(read.ok).toBe(false);
  expect(read.diagnostics.length).toBeLessThanOrEqual(101);
});

describe('redos-own-regex: two million characters end at once, whatever reads them', () => {
  const LENGTH = 2_000_000;
  const patterns = ['a', ' ', '0', '/', '-', '.', 'a ', '0:', '\\', '"', '\n', '%41', '(01)', '\u001b['];
  const texts = patterns.map((one) => one.repeat(Math.floor(LENGTH / one.length)));
  /** A refusal of any kind is as good as an answer: what must not happen is that none comes. */
  const settle = (work: () => unknown): string => {
    try {
      work();
      return 'answered';
    } catch (error) {
      if (error instanceof GoodOrderError || error instanceof TypeError || error instanceof RangeError)
        return 'refused';
      throw error;
    }
  };
  test.each<[string, (text: string) => unknown]>([
    ['a subject', (text) => parseSubject(text)],
    ['a subject of GS1', (text) => parseSubject(`https://id.gs1.org/01/${text}`)],
    ['a scan', (text) => parseScan(text)],
    ['a party', (text) => parseParty(text)],
    ['an instant', (text) => readInstant(text)],
    ['a time of a logger', (text) => timeReader('yyyy-MM-dd HH:mm:ss')(text)],
    ['base64url', (text) => fromBase64url(text)],
    ['strict JSON', (text) => parseStrictJson(utf8Bytes(text))],
    ['a text in strict JSON', (text) => parseStrictJson(utf8Bytes(JSON.stringify(text)))],
    ['a note', (text) => parseNote(utf8Bytes(text))],
    ['a log policy', (text) => parseLogPolicy(text.slice(0, 1_000_000))],
    ['a verifier key', (text) => parseVerifierKey(text)],
    ['a path', (text) => parsePath(text)],
    ['a column map', (text) => readColumnMap({ format: text })],
    ['YAML', (text) => readYaml(text.slice(0, 200_000), 'x.yaml')],
    ['text for a screen', (text) => visibleText(text)],
  ])('%s', (_, read) => {
    const ends = texts.map((text) => settle(() => read(text)));
    expect(ends.every((end) => end === 'answered' || end === 'refused')).toBe(true);
  });
});

describe('the machine fails underneath', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  test('heap-limit-and-worker-death: where the thread pool breaks down, the answer is an internal failure', async () => {
    const { bytes, story } = await makeSample();
    vi.spyOn(crypto, 'verify').mockImplementation(((...given: unknown[]) => {
      const done = given.at(-1);
      if (typeof done === 'function') setImmediate(() => done(new Error('the pool is gone'), false));
      else throw new Error('the pool is gone');
    }) as never);
    const passport = await verifyPassport(bytes, { trust: story.trust(), at: AT });
    expect(told(passport)).toEqual(['TOTAL-FAILED', 'internal']);
    expect(passport.records).toEqual([]);
  });

  test('exception-as-dos: an unexpected TypeError within verification is a finding, never a pass and never thrown', async () => {
    const { bytes, story } = await makeSample();
    const trust = new Proxy(story.trust(), {
      get(target, key) {
        if (key === 'authorities') throw new TypeError('cannot read properties of undefined');
        return Reflect.get(target, key);
      },
    });
    const passport = await verifyPassport(bytes, { trust, at: AT });
    expect([passport.verdict, Object.keys(passport.counts)]).toEqual(['TOTAL-FAILED', ['internal']]);
  });
});

test('parallel-merge-bomb: a thousand passports are gathered one by one, and the sum of what they hold has an end', async () => {
  let opened = 0;
  async function* bombs(): AsyncGenerator<Uint8Array> {
    for (let index = 0; index < 1_000; index += 1) {
      opened += 1;
      const story = new Story();
      // Each file begins the same two chains anew: a fork with every other file.
      for (const actor of [Actor.person('one'), Actor.person('two')])
        await story.say(actor, `file ${index} `.repeat(40));
      yield story.file();
    }
  }
  const limit = 16_384;
  const failure = await mergePassports(bombs(), { limit }).then(
    () => null,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(GoodOrderError);
  expect((failure as GoodOrderError).code).toBe('passport.too-large');
  expect(opened).toBeLessThan(100);
});
