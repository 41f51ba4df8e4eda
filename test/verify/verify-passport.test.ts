import { describe, expect, test } from 'vitest';
import { sha256Hex } from '../../src/crypto/hash.js';
import { EarlySignatures, SignatureCache, SignatureWork } from '../../src/passport/signatures.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import { type VerifyOptions, verifyPassport } from '../../src/verify/verify-passport.js';
import { seller } from './cases/case.js';
import { makeSample } from './sample.js';
import { Actor, AT, ITEM, Story } from './story.js';

const LAST = 253_402_300_799;

/** A trust file in which there is a bug: whoever asks for its authorities meets it. */
function broken(story: Story, thrown: unknown): NonNullable<VerifyOptions['trust']> {
  return new Proxy(story.trust(), {
    get(target, name) {
      if (name === 'authorities') throw thrown;
      return Reflect.get(target, name);
    },
  });
}

/** One record by a person, with the last byte of its signature changed: the only signature of the file. */
async function forged(): Promise<Uint8Array> {
  const story = new Story();
  await story.say(Actor.person('person'), 'hello');
  const [record] = story.records as [Uint8Array];
  const bad = record.slice();
  bad[bad.length - 33]! ^= 1;
  return story.file({ records: [bad] });
}

const plain = ({ precedes: _, ...rest }: VerifiedPassport): unknown => rest;

describe('what is asked for wrongly', () => {
  test('is refused with a word on what is right', async () => {
    const { bytes, trust } = await makeSample();
    const refused = async (given: unknown, options: unknown): Promise<unknown> => {
      const error: unknown = await verifyPassport(given as Uint8Array, options as VerifyOptions).then(
        () => null,
        (reason: unknown) => reason,
      );
      return error instanceof Error ? `${error.name}: ${error.message}` : error;
    };
    expect([
      await refused([1], { trust, at: AT }),
      await refused(bytes, { trust, at: -1 }),
      await refused(bytes, { trust, at: LAST + 1 }),
      await refused(bytes, { at: AT }),
    ]).toEqual([
      'TypeError: a passport file is a Uint8Array',
      `RangeError: \`at\` is whole seconds from 0 to ${LAST}, got -1`,
      `RangeError: \`at\` is whole seconds from 0 to ${LAST}, got ${LAST + 1}`,
      'TypeError: a trust file, or null for none',
    ]);
  });

  test.each([0, LAST])('%i is still an instant', async (at) => {
    const { bytes, trust } = await makeSample();
    const passport = await verifyPassport(bytes, { trust, at });
    expect([passport.at, passport.counts.internal]).toEqual([at, undefined]);
  });
});

describe('a file that cannot be read', () => {
  test('is a failure about nothing', async () => {
    const { trust } = await makeSample();
    const bytes = Uint8Array.of(1, 2, 3);
    const passport = await verifyPassport(bytes, { trust, at: AT });
    const fault = { code: 'passport.magic', axis: 'integrity', severity: 'failure', offset: 0 };
    const passed = (axis: string): object => ({ axis, verdict: 'passed', diagnostics: [], lowering: [] });
    expect(plain(passport)).toEqual({
      item: '',
      digest: sha256Hex(bytes),
      byteLength: 3,
      at: AT,
      trust: {
        name: trust.name,
        digest: trust.digest,
        sequence: trust.sequence,
        nextUpdate: trust.nextUpdate,
      },
      verdict: 'TOTAL-FAILED',
      axes: {
        integrity: { axis: 'integrity', verdict: 'failed', diagnostics: [fault], lowering: [fault] },
        authenticity: passed('authenticity'),
        time: passed('time'),
        completeness: passed('completeness'),
        trust: passed('trust'),
      },
      records: [],
      diagnostics: [fault],
      counts: { 'passport.magic': 1 },
      elements: {
        records: 0,
        keys: 0,
        credentials: 0,
        openings: 0,
        notes: 0,
        tokens: 0,
        receipts: 0,
        attachments: 0,
      },
      wouldLeaveOut: 0,
      attachments: new Map(),
    });
    expect(passport.precedes('a', 'b')).toBe(false);
  });

  test('is told of the trust file all the same', async () => {
    const { diagnostics } = await verifyPassport(new Uint8Array(), { trust: null, at: AT });
    expect(diagnostics.map(({ code }) => code)).toEqual(['passport.magic', 'trust.none']);
  });
});

describe('a bug in here', () => {
  const internal = async (thrown: unknown, oneThread = false): Promise<unknown> => {
    const { story } = await seller();
    const bytes = story.file();
    const trust = broken(story, thrown);
    const running = verifyPassport(bytes, { trust, at: AT, oneThread });
    const digest = sha256Hex(bytes);
    bytes.fill(0);
    const { verdict, records, diagnostics, ...file } = await running;
    expect([file.digest, file.byteLength]).toEqual([digest, bytes.length]);
    expect([verdict, records]).toEqual(['TOTAL-FAILED', []]);
    return diagnostics.map(({ code, detail }) => [code, detail]);
  };

  test('is a finding that names it, about the bytes that were given', async () => {
    for (const oneThread of [true, false]) {
      expect(await internal(new RangeError('a bug'), oneThread)).toEqual([
        ['internal', { message: 'RangeError: a bug' }],
      ]);
    }
  });

  test('is not told at length, and need not be an error', async () => {
    expect(await internal(new Error('x'.repeat(500)))).toEqual([
      ['internal', { message: `Error: ${'x'.repeat(193)}` }],
    ]);
    expect(await internal('thrown')).toEqual([['internal', { message: 'no error object' }]]);
  });
});

describe('where every equation fails', () => {
  test.each([true, false])('nothing is taken for verified (one thread: %s)', async (oneThread) => {
    const story = new Story();
    const passport = await verifyPassport(await forged(), { trust: story.trust(), at: AT, oneThread });
    expect(passport.verdict).toBe('TOTAL-FAILED');
    expect(passport.records.map(({ state, standing }) => [state, standing])).toEqual([['invalid', 'none']]);
    expect(passport.diagnostics.map(({ code }) => code)).toContain('sig.invalid');
  });
});

describe('how it is worked out', () => {
  test('changes no answer', async () => {
    const { bytes, trust, at } = await makeSample();
    const wanted = plain(await verifyPassport(bytes, { trust, at }));
    const ways: Partial<VerifyOptions>[] = [
      { oneThread: true },
      { oneThread: false },
      { cache: new SignatureCache() },
      { owned: true },
      { limit: bytes.length },
    ];
    for (const way of ways) {
      expect(plain(await verifyPassport(bytes.slice(), { trust, at, ...way }))).toEqual(wanted);
    }
    const { diagnostics } = await verifyPassport(bytes, { trust, at, limit: bytes.length - 1 });
    expect(diagnostics.map(({ code }) => code)).toEqual(['passport.too-large']);
  });

  test.each([true, false])('signatures that hold are remembered (one thread: %s)', async (oneThread) => {
    const { bytes, trust, at } = await makeSample();
    const cache = new SignatureCache();
    const { elements } = await verifyPassport(bytes, { trust, at, cache, oneThread });
    expect(cache.size).toBe(elements.records + elements.credentials);
  });

  test.each([true, false])('and not worked out again (one thread: %s)', async (oneThread) => {
    const bytes = await forged();
    const known = await verifyPassport(bytes, { trust: null, at: AT });
    const cache = new SignatureCache();
    cache.addVerified(known.records[0]!.id);
    const passport = await verifyPassport(bytes, { trust: null, at: AT, cache, oneThread });
    expect(passport.records.map(({ state }) => state)).toEqual(['valid']);
  });

  test('bytes that the caller gives away are not copied', async () => {
    const { bytes, trust, at } = await makeSample();
    const held = async (owned?: boolean): Promise<boolean> => {
      const options = { trust, at, ...(owned === undefined ? {} : { owned }) };
      const [file] = (await verifyPassport(bytes, options)).attachments.values();
      return file!.buffer === bytes.buffer;
    };
    expect([await held(true), await held(false), await held()]).toEqual([true, false, false]);
  });
});

describe('beside the thread that reads', () => {
  /** How often the work on signatures was asked for each of its parts. */
  async function asked(options: Partial<VerifyOptions>, bytes?: Uint8Array, size?: number): Promise<unknown> {
    const { bytes: good, trust, at } = await makeSample();
    const counts = { begin: 0, ifAllHold: 0, results: 0 };
    const work = SignatureWork.prototype;
    const { ifAllHold, results } = work;
    const { begin } = EarlySignatures.prototype;
    const own = Object.getOwnPropertyDescriptor(work, 'size')!;
    EarlySignatures.prototype.begin = function (...given): void {
      counts.begin += 1;
      begin.apply(this, given);
    };
    work.ifAllHold = function () {
      counts.ifAllHold += 1;
      return ifAllHold.call(this);
    };
    work.results = function (verdicts) {
      counts.results += 1;
      return results.call(this, verdicts);
    };
    if (size !== undefined) Object.defineProperty(work, 'size', { ...own, get: () => size });
    try {
      await verifyPassport(bytes ?? good, { trust, at, ...options });
    } finally {
      Object.assign(work, { ifAllHold, results });
      EarlySignatures.prototype.begin = begin;
      Object.defineProperty(work, 'size', own);
    }
    return counts;
  }

  test('signatures are begun while reading, and the rest is done once where all of them hold', async () => {
    expect(await asked({})).toEqual({ begin: 7, ifAllHold: 1, results: 0 });
    expect(await asked({ oneThread: false })).toEqual({ begin: 7, ifAllHold: 1, results: 0 });
  });

  test('it is done again where one does not', async () => {
    expect(await asked({}, await forged())).toEqual({ begin: 1, ifAllHold: 1, results: 1 });
  });

  test('on one thread nothing is begun early, and nothing is expected', async () => {
    expect(await asked({ oneThread: true })).toEqual({ begin: 0, ifAllHold: 0, results: 1 });
  });

  test('nothing is expected of more signatures than memory is given to', async () => {
    expect(await asked({}, undefined, 16_384)).toEqual({ begin: 7, ifAllHold: 1, results: 0 });
    expect(await asked({}, undefined, 16_385)).toEqual({ begin: 7, ifAllHold: 0, results: 1 });
  });
});

test('records that do not verify come last, by id', async () => {
  const { story } = await seller();
  const person = Actor.person('person');
  for (let number = 0; number < 6; number += 1) {
    const { record } = await story.say(person, `forged ${number}`, { present: false });
    const bad = record.slice();
    bad[bad.length - 33]! ^= 1;
    story.records.push(bad);
  }
  const passport = await verifyPassport(story.file(), { trust: story.trust(), at: AT });
  const ids = passport.records.map(({ id }) => id);
  expect(ids.slice(1)).toEqual(
    story.records
      .slice(1)
      .map((record) => sha256Hex(record))
      .sort(),
  );
  expect(passport.records.map(({ number, state, sub }) => [number, state, sub])).toEqual([
    [1, 'trusted', ITEM],
    ...[2, 3, 4, 5, 6, 7].map((number) => [number, 'invalid', ITEM]),
  ]);
});
