import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256Hex } from '../../src/crypto/hash.js';
import { type BuiltLog, buildLog, logVerifierKey, type WitnessAt } from '../../src/log/build-log.js';
import { evaluateNotes } from '../../src/log/evaluate-notes.js';
import { type LogPolicy, parseLogPolicy } from '../../src/log/log-policy.js';
import { isReceiptFault, type Receipt, readReceipt } from '../../src/log/receipt.js';
import { at, idOf, ids, LOG, policyOf, publicKeyOf, testSigner, WITNESSES } from './test-log.js';

const POLICY = policyOf(1);

interface Evidence {
  readonly notes: Uint8Array[];
  readonly receipts: Receipt[];
}

function add(
  evidence: Evidence,
  log: BuiltLog,
  size: number,
  indexes: readonly number[],
  witnesses: readonly WitnessAt[],
  entries: readonly string[],
): Uint8Array {
  const note = log.checkpoint(witnesses, size);
  evidence.notes.push(note);
  for (const index of indexes) {
    const receipt = readReceipt(log.receipt(entries[index] as string, note, { size }));
    if (isReceiptFault(receipt)) throw new Error(receipt.reason);
    evidence.receipts.push(receipt);
  }
  return note;
}

function judge(
  { notes, receipts }: Evidence,
  policy: LogPolicy = POLICY,
): { code: string; key: string; notes: unknown; sizes: unknown }[] {
  const { diagnostics } = evaluateNotes(
    notes.map((bytes) => ({ bytes })),
    receipts,
    policy,
  );
  return diagnostics.map(({ code, detail }) => ({
    code,
    key: detail?.key as string,
    notes: detail?.notes,
    sizes: detail?.sizes,
  }));
}

const honest = ids(9);
// The same first three entries, then others: a log restored from a backup, or one that shows two faces.
const other = [...honest.slice(0, 3), ...ids(6, 'other ')];
const one = buildLog(LOG, honest);
const two = buildLog(LOG, other);
const LOG_KEY = publicKeyOf(LOG);

describe('the same size, different roots', () => {
  test('names the log and each witness of both, with both notes', () => {
    const evidence: Evidence = { notes: [], receipts: [] };
    const a = add(evidence, one, 7, [], [at(0, 10), at(1, 10)], honest);
    const b = add(evidence, two, 7, [], [at(1, 20), at(2, 20)], other);
    const notes = [sha256Hex(a), sha256Hex(b)].sort();
    expect(judge(evidence)).toEqual([
      { code: 'log.split-view', key: LOG_KEY, notes, sizes: ['7', '7'] },
      { code: 'witness.equivocation', key: publicKeyOf(WITNESSES[1] as never), notes, sizes: ['7', '7'] },
    ]);
  });

  test('needs no receipts, and the order of the notes says nothing', () => {
    const notes = [
      one.checkpoint([], 7),
      two.checkpoint([], 7),
      one.checkpoint([], 9),
      two.checkpoint([], 5),
    ];
    const expected = judge({ notes, receipts: [] });
    expect(expected.map(({ code }) => code)).toEqual(['log.split-view']);
    fc.assert(
      fc.property(fc.shuffledSubarray(notes, { minLength: 4 }), (shuffled) => {
        expect(judge({ notes: shuffled, receipts: [] })).toEqual(expected);
      }),
    );
  });

  test('two answers about one subject at one size', () => {
    const sub = 'urn:uuid:00000000-0000-0000-0000-000000000001';
    const notes = [one.subjectAnswer(sub, [honest[0] as string]), one.subjectAnswer(sub, [])];
    expect(judge({ notes, receipts: [] }).map(({ code }) => code)).toEqual(['log.split-view']);
    const others = [one.subjectAnswer(sub, []), one.subjectAnswer(`${sub}x`, [honest[0] as string])];
    expect(judge({ notes: others, receipts: [] })).toEqual([]);
  });
});

describe('different sizes', () => {
  test('another leaf at an index is proof', () => {
    const evidence: Evidence = { notes: [], receipts: [] };
    add(evidence, one, 6, [4], [at(0, 10)], honest);
    add(evidence, two, 9, [4], [at(0, 20)], other);
    expect(judge(evidence).map(({ code, sizes }) => [code, sizes])).toEqual([
      ['log.rollback', expect.arrayContaining(['6', '9'])],
      ['witness.equivocation', expect.arrayContaining(['6', '9'])],
    ]);
  });

  test('so is another complete subtree beside the paths', () => {
    // Leaf 0 is the same in both; its siblings over 0–7 are not.
    const evidence: Evidence = { notes: [], receipts: [] };
    add(evidence, one, 8, [0], [], honest);
    add(evidence, two, 9, [0], [], other);
    expect(judge(evidence).map(({ code }) => code)).toEqual(['log.rollback']);
  });

  test('two roots alone are not', () => {
    expect(judge({ notes: [one.checkpoint([], 6), two.checkpoint([], 9)], receipts: [] })).toEqual([]);
  });

  test('a receipt that does not verify is not', () => {
    const evidence: Evidence = { notes: [], receipts: [] };
    add(evidence, one, 6, [4], [], honest);
    add(evidence, one, 9, [4], [], honest);
    const [first] = evidence.receipts as [Receipt];
    evidence.receipts[0] = { ...first, id: idOf('invented') };
    expect(judge(evidence)).toEqual([]);
  });
});

describe('nobody is named without proof', () => {
  test('a smaller tree cosigned later: a clock put right looks the same', () => {
    const evidence: Evidence = { notes: [], receipts: [] };
    add(evidence, one, 9, [0, 8], [at(0, 100)], honest);
    add(evidence, one, 5, [0, 4], [at(0, 200)], honest);
    expect(judge(evidence)).toEqual([]);
  });

  test('two keys of one origin that each signed one tree', () => {
    const next = { ...testSigner('next'), name: LOG.name };
    const policy = parseLogPolicy(`log ${logVerifierKey(LOG)}\nlog ${logVerifierKey(next)}\nquorum none\n`);
    const notes = [one.checkpoint([], 7), buildLog(next, other).checkpoint([], 7)];
    expect(judge({ notes, receipts: [] }, policy)).toEqual([]);
  });

  test('logs of two origins', () => {
    const second = testSigner('second.example');
    const policy = parseLogPolicy(`log ${logVerifierKey(LOG)}\nlog ${logVerifierKey(second)}\nquorum none\n`);
    const notes = [one.checkpoint([], 7), buildLog(second, other).checkpoint([], 7)];
    expect(judge({ notes, receipts: [] }, policy)).toEqual([]);
  });

  test('a log this verifier does not know', () => {
    const policy = parseLogPolicy('quorum none\n');
    expect(judge({ notes: [one.checkpoint([], 7), two.checkpoint([], 7)], receipts: [] }, policy)).toEqual(
      [],
    );
  });

  test('a stranger signs in the name of the log', () => {
    const impostor = buildLog({ ...testSigner('impostor'), name: LOG.name }, other);
    expect(judge({ notes: [one.checkpoint([], 7), impostor.checkpoint([], 7)], receipts: [] })).toEqual([]);
  });

  test('over any honest growth, with receipts of any size, and any times', () => {
    const entries = ids(40);
    const grown = buildLog(LOG, entries);
    const view = fc.record({
      size: fc.integer({ min: 1, max: 40 }),
      picks: fc.array(fc.nat({ max: 39 }), { maxLength: 4 }),
      times: fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 0, maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(view, { maxLength: 6 }), (views) => {
        const evidence: Evidence = { notes: [], receipts: [] };
        for (const { size, picks, times } of views) {
          const within = picks.map((pick) => pick % size);
          add(
            evidence,
            grown,
            size,
            within,
            times.map((time, index) => at(index, time)),
            entries,
          );
        }
        expect(judge(evidence)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('receipts that say nothing', () => {
  test('one whose note is not there, and one that names an answer', () => {
    const sub = 'urn:uuid:00000000-0000-0000-0000-000000000001';
    const evidence: Evidence = { notes: [], receipts: [] };
    add(evidence, one, 7, [3], [], honest);
    add(evidence, two, 9, [3], [], other);
    evidence.notes.shift();
    const answer = one.subjectAnswer(sub, []);
    evidence.notes.push(answer);
    evidence.receipts.push({ ...(evidence.receipts[0] as Receipt), note: sha256Hex(answer) });
    expect(judge(evidence)).toEqual([]);
  });

  test('a note that cannot be read says nothing either', () => {
    expect(judge({ notes: [new Uint8Array(3), one.checkpoint([], 7)], receipts: [] })).toEqual([]);
  });
});

describe('of many proofs one is named', () => {
  const smallest = (...groups: Uint8Array[][]): string[] => {
    const pairs = groups.flatMap((notes) =>
      notes.flatMap((a) => notes.map((b) => [sha256Hex(a), sha256Hex(b)].sort())),
    );
    return pairs.filter(([a, b]) => a !== b).sort((a, b) => (a.join() < b.join() ? -1 : 1))[0] as string[];
  };

  test('of several notes over one tree the one with the smallest hash, in whatever order they come', () => {
    const same = [10, 20, 30, 40].map((time) => one.checkpoint([at(0, time)], 7));
    const forked = two.checkpoint([], 7);
    const first = same.map((note) => sha256Hex(note)).sort()[0] as string;
    const notes = [first, sha256Hex(forked)].sort();
    for (const given of [
      [...same, forked],
      [forked, ...same.toReversed()],
    ]) {
      expect(judge({ notes: given, receipts: [] })).toEqual([
        { code: 'log.split-view', key: LOG_KEY, notes, sizes: ['7', '7'] },
      ]);
    }
  });

  test('of several pairs the one with the smallest hashes', () => {
    const sizes = [4, 5, 6, 7, 8];
    const pairs = sizes.map((size) => [one.checkpoint([], size), two.checkpoint([], size)]);
    for (const given of [pairs, pairs.toReversed()]) {
      expect(judge({ notes: given.flat(), receipts: [] }).map(({ code, notes }) => [code, notes])).toEqual([
        ['log.split-view', smallest(...pairs)],
      ]);
    }
  });

  test('keys come in the order of code and key, not of the lines', () => {
    const keys = [0, 1, 2].map((index) => publicKeyOf(WITNESSES[index] as never)).sort();
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
    ]) {
      const cosigned = order.map((index) => at(index, 10));
      const notes = [one.checkpoint(cosigned, 7), two.checkpoint(cosigned, 7)];
      expect(judge({ notes, receipts: [] }).map(({ code, key }) => [code, key])).toEqual([
        ['log.split-view', LOG_KEY],
        ...keys.map((key) => ['witness.equivocation', key]),
      ]);
    }
  });
});

test('every rewrite of the past that two receipts of one index show is found', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 20 }),
      fc.nat({ max: 19 }),
      (sizeA, sizeB, pick) => {
        const index = pick % Math.min(sizeA, sizeB);
        const entriesA = ids(20);
        const entriesB = entriesA.map((id, position) =>
          position >= index ? idOf(`rewritten ${position}`) : id,
        );
        const evidence: Evidence = { notes: [], receipts: [] };
        add(evidence, buildLog(LOG, entriesA), sizeA, [index], [], entriesA);
        add(evidence, buildLog(LOG, entriesB), sizeB, [index], [], entriesB);
        const expected = sizeA === sizeB ? 'log.split-view' : 'log.rollback';
        expect(judge(evidence).map(({ code, key }) => [code, key])).toEqual([[expected, LOG_KEY]]);
      },
    ),
    { numRuns: 100 },
  );
});

describe('who is caught counts no longer', () => {
  test('a log: its notes prove nothing', () => {
    const inputs = [one.checkpoint([at(0, 10)], 7), two.checkpoint([at(1, 10)], 7)].map((bytes) => ({
      bytes,
    }));
    const { notes } = evaluateNotes(inputs, [], POLICY);
    expect(notes.map(({ status, time }) => [status, time])).toEqual([
      ['untrusted', null],
      ['untrusted', null],
    ]);
  });

  test('a witness: the others still make a quorum, elsewhere too', () => {
    const next = { ...testSigner('next'), name: LOG.name };
    const third = testSigner('third.example');
    const vkeys = [LOG, next, third].map((log) => `log ${logVerifierKey(log)}`).join('\n');
    const policy = {
      ...parseLogPolicy(`${vkeys}\nquorum none\n`),
      witnesses: POLICY.witnesses,
      quorum: POLICY.quorum,
    };
    const inputs = [
      one.checkpoint([at(0, 10), at(1, 50)], 7),
      buildLog(next, other).checkpoint([at(0, 20)], 7),
      buildLog(third, honest).checkpoint([at(0, 30), at(2, 40)]),
    ].map((bytes) => ({ bytes }));
    const { notes, contradictions } = evaluateNotes(inputs, [], policy);
    expect(contradictions.map(({ code, publicKey }) => [code, publicKey])).toEqual([
      ['witness.equivocation', publicKeyOf(WITNESSES[0] as never)],
    ]);
    expect(
      notes.map(({ status, time, diagnostics }) => [status, time, diagnostics.map(({ code }) => code)]),
    ).toEqual([
      ['ok', { lower: 50, upper: 50 }, []],
      ['ok', null, ['note.quorum']],
      ['ok', { lower: 40, upper: 40 }, []],
    ]);
  });
});
