import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/codec/hex.js';
import { ed25519PublicKey } from '../../src/crypto/ed25519.js';
import { GoodOrderError } from '../../src/errors.js';
import { logVerifierKey, witnessVerifierKey } from '../../src/log/build-log.js';
import { NO_LOGS, parseLogPolicy } from '../../src/log/log-policy.js';
import { type Quorum, quorumTime } from '../../src/log/quorum.js';
import { formatVerifierKey, NOTE_ML_DSA_COSIGNATURE, verifierKey } from '../../src/log/verifier-key.js';

function seed(index: number): Uint8Array {
  return new Uint8Array(32).fill(index);
}

function publicKey(index: number): string {
  return toHex(ed25519PublicKey(seed(index)));
}

const log = (index: number): string => logVerifierKey({ name: `log${index}.example`, seed: seed(index) });
const witness = (index: number): string =>
  witnessVerifierKey({ name: `w${index}.example`, seed: seed(index) });

describe('the example of tlog-policy', () => {
  const text = `
log ${log(0)}

witness X1 ${witness(1)}
witness X2 ${witness(2)} https://x2.example/
witness X3 ${witness(3)}
group X-witnesses 2 X1 X2 X3

witness Y1 ${witness(4)}
witness Y2 ${witness(5)}
  witness\tY3 \t${witness(6)}\t
 # a comment
group Y-witnesses any Y1 Y2 Y3

group X-and-Y all X-witnesses Y-witnesses
quorum X-and-Y
`;
  const one = (index: number): Quorum => ({ kind: 'witness', publicKey: publicKey(index) });

  test('reads', () => {
    const policy = parseLogPolicy(text);
    expect(policy.logs.map(({ name }) => name)).toEqual(['log0.example']);
    expect(policy.witnesses.map(({ name }) => name)).toEqual(['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3']);
    expect(policy.quorum).toEqual({
      kind: 'group',
      threshold: 2,
      members: [
        { kind: 'group', threshold: 2, members: [one(1), one(2), one(3)] },
        { kind: 'group', threshold: 1, members: [one(4), one(5), one(6)] },
      ],
    });
  });

  test('two X and a Y, whenever the last of them came', () => {
    const { quorum } = parseLogPolicy(text);
    const times = (...entries: [number, number][]): Map<string, number> =>
      new Map(entries.map(([index, time]) => [publicKey(index), time]));
    expect(quorumTime(quorum, times([1, 10], [2, 20]))).toBeNull();
    expect(quorumTime(quorum, times([1, 10], [4, 20], [5, 30]))).toBeNull();
    expect(quorumTime(quorum, times([1, 10], [2, 20], [4, 5]))).toEqual({ upper: 20, lower: 5 });
    expect(quorumTime(quorum, times([1, 10], [2, 20], [3, 30], [4, 5], [5, 99]))).toEqual({
      upper: 20,
      lower: 20,
    });
  });
});

describe('refusals name line and column', () => {
  const W = `witness W ${witness(1)}`;
  test.each<[string, string, string, number, number]>([
    ['no quorum', `log ${log(0)}\n`, 'a log policy has one `quorum` line', 2, 1],
    ['two quorums', 'quorum none\nquorum none\n', 'a second `quorum` line', 2, 1],
    ['unknown quorum', 'quorum W\n', '`W` is not defined on a line before', 1, 8],
    ['quorum of a later witness', `quorum W\n${W}\n`, '`W` is not defined on a line before', 1, 8],
    ['unknown keyword', 'witnesses\nquorum none\n', 'unknown keyword `witnesses`', 1, 1],
    ['upper case keyword', 'Quorum none\n', 'unknown keyword `Quorum`', 1, 1],
    ['a carriage return', 'quorum none\r\n', 'a control character other than tab and newline', 1, 12],
    ['a no-break space is no space', 'quorum\u00a0none\n', 'unknown keyword `quorum\u00a0none`', 1, 1],
    [
      'threshold 0',
      `${W}\ngroup g 0 W\nquorum g\n`,
      'threshold `0` is not `all`, `any` or a number from 1 to 1',
      2,
      9,
    ],
    [
      'threshold above',
      `${W}\ngroup g 2 W\nquorum g\n`,
      'threshold `2` is not `all`, `any` or a number from 1 to 1',
      2,
      9,
    ],
    [
      'threshold 01',
      `${W}\ngroup g 01 W\nquorum g\n`,
      'threshold `01` is not `all`, `any` or a number from 1 to 1',
      2,
      9,
    ],
    [
      'no member',
      `${W}\ngroup g any\nquorum g\n`,
      'a group line is `group <name> <all|any|k> <name>...`',
      2,
      1,
    ],
    ['none as member', `${W}\ngroup g any none\nquorum g\n`, '`none` is not defined on a line before', 2, 13],
    ['none defined', `witness none ${witness(1)}\nquorum none\n`, '`none` is predefined', 1, 9],
    ['itself as member', `${W}\ngroup g any g\nquorum g\n`, '`g` is not defined on a line before', 2, 13],
    ['twice in one group', `${W}\ngroup g any W W\nquorum g\n`, '`W` is a member twice', 2, 15],
    ['in two groups', `${W}\ngroup g any W\ngroup h any W\nquorum g\n`, '`W` is a member twice', 3, 13],
    ['name twice', `${W}\nwitness W ${witness(2)}\nquorum none\n`, '`W` is defined twice', 2, 9],
    ['group under a witness name', `${W}\ngroup W any W\nquorum W\n`, '`W` is defined twice', 2, 7],
    [
      'key twice',
      `${W}\nwitness V ${witnessVerifierKey({ name: 'other', seed: seed(1) })}\nquorum none\n`,
      'the public key of `other` is listed twice',
      2,
      11,
    ],
    [
      'log key as witness',
      `log ${log(1)}\n${W}\nquorum none\n`,
      'the public key of `w1.example` is listed twice',
      2,
      11,
    ],
    [
      'log twice',
      `log ${log(0)}\nlog ${log(0)}\nquorum none\n`,
      'the public key of `log0.example` is listed twice',
      2,
      5,
    ],
    [
      'witness key for a log',
      `log ${witness(1)}\nquorum none\n`,
      'a log signs with signature type 1, not 4',
      1,
      5,
    ],
    [
      'log key for a witness',
      `witness W ${log(1)}\nquorum none\n`,
      'a witness signs with signature type 4 or 6, not 1',
      1,
      11,
    ],
    ['log without key', 'log\nquorum none\n', 'a log line is `log <vkey> [<url>]`', 1, 1],
    [
      'too many words',
      `log ${log(0)} https://a b\nquorum none\n`,
      'a log line is `log <vkey> [<url>]`',
      1,
      log(0).length + 16,
    ],
    [
      'a control character at the very start',
      '\u0001quorum none\n',
      'a control character other than tab and newline',
      1,
      1,
    ],
    ['a delete character', 'quorum none\u007f\n', 'a control character other than tab and newline', 1, 12],
    ['a hash sign at the end of a keyword', 'quorum# none\n', 'unknown keyword `quorum#`', 1, 1],
    ['witness alone', 'witness\nquorum none\n', 'a witness line is `witness <name> <vkey> [<url>]`', 1, 1],
    [
      'witness without key',
      ' witness W\nquorum none\n',
      'a witness line is `witness <name> <vkey> [<url>]`',
      1,
      2,
    ],
    [
      'witness with too many words',
      `witness W ${witness(1)} https://a b\nquorum none\n`,
      'a witness line is `witness <name> <vkey> [<url>]`',
      1,
      witness(1).length + 22,
    ],
    ['group alone', 'group\n', 'a group line is `group <name> <all|any|k> <name>...`', 1, 1],
    ['group with a name alone', 'group g\n', 'a group line is `group <name> <all|any|k> <name>...`', 1, 1],
    ['quorum alone', 'quorum\n', 'a quorum line is `quorum <name>`', 1, 1],
    ['quorum of two', 'quorum none none\n', 'a quorum line is `quorum <name>`', 1, 13],
    [
      'threshold 1x',
      `${W}\ngroup g 1x W\nquorum g\n`,
      'threshold `1x` is not `all`, `any` or a number from 1 to 1',
      2,
      9,
    ],
    ['no vkey', 'log abc\nquorum none\n', 'a verifier key has the form name+id+key', 1, 5],
  ])('%s', (_, text, reason, line, column) => {
    let thrown: unknown;
    try {
      parseLogPolicy(text);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(GoodOrderError);
    const { code, message, place } = thrown as GoodOrderError;
    expect({ code, message, place }).toEqual({
      code: 'trust.malformed',
      message: `log policy: ${reason}`,
      place: { line, column },
    });
  });

  test('a type 6 witness is carried', () => {
    const key = verifierKey('pq.example', NOTE_ML_DSA_COSIGNATURE, new Uint8Array(1312).fill(9));
    const policy = parseLogPolicy(`witness P ${formatVerifierKey(key)}\nquorum P\n`);
    expect(policy.witnesses.map(({ key: { type } }) => type)).toEqual([6]);
  });

  test('a chain of 256 groups is read, one more is refused, none exhausts the stack', () => {
    const chain = (length: number): string => {
      const groups = Array.from(
        { length },
        (_, index) => `group g${index + 1} any ${index === 0 ? 'W' : `g${index}`}`,
      );
      return `${W}\n${groups.join('\n')}\nquorum g${length}\n`;
    };
    const { quorum } = parseLogPolicy(chain(256));
    expect(quorumTime(quorum, new Map([[publicKey(1), 7]]))).toEqual({ upper: 7, lower: 7 });
    expect(() => parseLogPolicy(chain(257))).toThrow('more than 256 groups');
  });
});

describe('the limits', () => {
  function reasonOf(text: string): string | null {
    try {
      parseLogPolicy(text);
      return null;
    } catch (error) {
      const { message, place } = error as GoodOrderError;
      return `${place.line}:${place.column} ${message}`;
    }
  }

  test('a million characters are read and one more is not', () => {
    const text = (length: number): string => `quorum none\n#${'x'.repeat(length - 13)}`;
    expect(parseLogPolicy(text(1_000_000)).quorum).toEqual({ kind: 'none' });
    expect(reasonOf(text(1_000_001))).toBe('1:1 log policy: a log policy has at most 1000000 characters');
  });

  test('256 logs and 256 witnesses are read, one more of either is not', () => {
    const seeds = Array.from({ length: 257 }, (_, index) =>
      Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? index : at === 1 ? index >> 8 : 9)),
    );
    const logs = seeds.map((own, index) => `log ${logVerifierKey({ name: `l${index}`, seed: own })}`);
    const witnesses = seeds.map(
      (own, index) => `witness W${index} ${witnessVerifierKey({ name: `w${index}`, seed: own })}`,
    );
    const text = (lines: readonly string[], count: number): string =>
      [...lines.slice(0, count), 'quorum none'].join('\n');
    expect(parseLogPolicy(text(logs, 256)).logs).toHaveLength(256);
    expect(reasonOf(text(logs, 257))).toBe('257:1 log policy: more than 256 logs');
    expect(parseLogPolicy(text(witnesses, 256)).witnesses).toHaveLength(256);
    expect(reasonOf(text(witnesses, 257))).toBe('257:1 log policy: more than 256 witnesses');
  });

  test('ten of ten are a threshold', () => {
    const names = Array.from({ length: 10 }, (_, index) => `W${index}`);
    const lines = names.map((name, index) => `witness ${name} ${witness(index + 1)}`);
    const policy = parseLogPolicy(
      [...lines, `group g 10 ${names.join(' ')}`, '#no space', 'quorum g'].join('\n'),
    );
    expect(policy.quorum).toMatchObject({ kind: 'group', threshold: 10 });
  });

  test('two keys whose ids clash under one name, found by search, are refused', () => {
    const clashing = [117_411, 132_345].map((number) => {
      const bytes = new Uint8Array(1312);
      new DataView(bytes.buffer).setUint32(0, number);
      return verifierKey('pq.example', NOTE_ML_DSA_COSIGNATURE, bytes);
    });
    expect(clashing.map(({ keyId }) => keyId)).toEqual(['18cacab3', '18cacab3']);
    const lines = clashing.map((key, index) => `witness W${index} ${formatVerifierKey(key)}`);
    expect(reasonOf([...lines, 'quorum none'].join('\n'))).toBe(
      '2:12 log policy: two keys share the name and id `pq.example+18cacab3`',
    );
  });

  test('where no log is known there is none, no witness and no quorum', () => {
    expect(NO_LOGS).toEqual({ logs: [], witnesses: [], quorum: { kind: 'none' } });
  });
});

describe('quorum arithmetic against brute force', () => {
  const memberOf = (depth: number): fc.Arbitrary<Quorum> =>
    depth === 0
      ? fc.nat({ max: 11 }).map((index): Quorum => ({ kind: 'witness', publicKey: `w${index}` }))
      : fc.oneof(
          fc.nat({ max: 11 }).map((index): Quorum => ({ kind: 'witness', publicKey: `w${index}` })),
          fc
            .array(memberOf(depth - 1), { minLength: 1, maxLength: 4 })
            .chain((members) =>
              fc
                .integer({ min: 1, max: members.length })
                .map((threshold): Quorum => ({ kind: 'group', threshold, members })),
            ),
        );
  const timesArb = fc
    .array(fc.tuple(fc.nat({ max: 11 }), fc.integer({ min: 1, max: 40 })), { maxLength: 12 })
    .map((entries) => new Map(entries.map(([index, time]) => [`w${index}`, time])));

  function met(quorum: Quorum, present: ReadonlySet<string>): boolean {
    if (quorum.kind === 'none') return true;
    if (quorum.kind === 'witness') return present.has(quorum.publicKey);
    return quorum.members.filter((member) => met(member, present)).length >= quorum.threshold;
  }

  test('upper is the first instant at which a quorum was complete, lower the last from which it still was', () => {
    fc.assert(
      fc.property(memberOf(3), timesArb, (quorum, times) => {
        const until = (limit: number): Set<string> =>
          new Set([...times].filter(([, time]) => time <= limit).map(([key]) => key));
        const since = (limit: number): Set<string> =>
          new Set([...times].filter(([, time]) => time >= limit).map(([key]) => key));
        const instants = Array.from({ length: 42 }, (_, instant) => instant);
        const upper = instants.find((limit) => met(quorum, until(limit)));
        const lower = instants.findLast((limit) => met(quorum, since(limit)));
        expect(quorumTime(quorum, times)).toEqual(upper === undefined ? null : { upper, lower });
      }),
      { numRuns: 2000 },
    );
  });

  test('of k among n it is the k-th smallest and the k-th largest', () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 9 }), fc.nat(), (list, pick) => {
        const threshold = (pick % list.length) + 1;
        const members = list.map((_, index): Quorum => ({ kind: 'witness', publicKey: `w${index}` }));
        const times = new Map(list.map((time, index) => [`w${index}`, time]));
        const sorted = [...list].sort((a, b) => a - b);
        expect(quorumTime({ kind: 'group', threshold, members }, times)).toEqual({
          upper: sorted[threshold - 1],
          lower: sorted[sorted.length - threshold],
        });
      }),
    );
  });

  test('an absent line proves no more than a present one', () => {
    fc.assert(
      fc.property(memberOf(3), timesArb, fc.nat({ max: 11 }), (quorum, times, dropped) => {
        const fewer = new Map([...times].filter(([key]) => key !== `w${dropped}`));
        const all = quorumTime(quorum, times);
        const some = quorumTime(quorum, fewer);
        if (some !== null) {
          expect(all).not.toBeNull();
          expect(all?.upper).toBeLessThanOrEqual(some.upper);
          expect(all?.lower).toBeGreaterThanOrEqual(some.lower);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('a policy without quorum proves no time', () => {
    expect(quorumTime({ kind: 'none' }, new Map([['w0', 5]]))).toBeNull();
  });
});
