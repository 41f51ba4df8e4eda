import * as cborg from 'cborg';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CborValue, decodeCbor, encodeCbor } from '../../src/codec/cbor.js';
import { encodeByteString, encodeHead } from '../../src/codec/cbor-head.js';
import { compareBytes, concatBytes, equalBytes, fromHex, toHex, utf8Bytes } from '../../src/codec/hex.js';
import { sha256, sha256Hex } from '../../src/crypto/hash.js';
import { buildLog } from '../../src/log/build-log.js';
import { isTextFault, parseCheckpoint } from '../../src/log/checkpoint.js';
import { cosign } from '../../src/log/cosignature.js';
import {
  encodeReceipt,
  isReceiptFault,
  type Receipt,
  readReceipt,
  verifyReceipt,
} from '../../src/log/receipt.js';
import { signNote } from '../../src/log/signed-note.js';
import { consistencyPath, verifyConsistency } from '../../src/merkle/consistency.js';
import { inclusionProof, verifyInclusion } from '../../src/merkle/inclusion.js';
import { MerkleTree } from '../../src/merkle/merkle-tree.js';
import { leafHash, merkleRoot, nodeHash } from '../../src/merkle/tree.js';
import { readOpening } from '../../src/record/private-fields.js';
import { readRecord } from '../../src/record/read-record.js';
import {
  type Actor,
  DAY,
  hashOf,
  idOf,
  LOG,
  manifestFields,
  type Story,
  T0,
  WITNESSES,
} from '../verify/story.js';
import { headerMap, partsOf, sealed, sellerStory, statementMap } from './forge.js';
import { found, troubles, verdictOn } from './verdict.js';

const entriesOf = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, index) => fromHex(hashOf(`entry ${index}`)));

/** The seller's record, logged among eight; the receipt may be changed, and the note must stay as it is. */
async function logged(
  change: (receipt: Receipt) => Receipt | Uint8Array,
): Promise<{ story: Story; actor: Actor }> {
  const { story, actor } = await sellerStory();
  const entries = [...Array.from({ length: 4 }, (_, index) => hashOf(`before ${index}`)), story.ids[0]!];
  story.log([story.ids[0]!], T0 + DAY, { entries: [...entries, hashOf('after 0'), hashOf('after 1')] });
  const receipt = readReceipt(story.receipts[0]!);
  if (isReceiptFault(receipt)) throw new Error(receipt.reason);
  const changed = change(receipt);
  story.receipts[0] = changed instanceof Uint8Array ? changed : encodeReceipt(changed);
  return { story, actor };
}

async function answer(story: Story): Promise<[string, string[]]> {
  const passport = await verdictOn(story);
  return [passport.verdict, troubles(passport)];
}

const REFUSED: [string, string[]] = ['TOTAL-FAILED', ['passport.unreferenced', 'receipt.proof-invalid']];
// A receipt that is none justifies no note.
const MALFORMED: [string, string[]] = ['TOTAL-FAILED', ['passport.unreferenced', 'receipt.malformed']];

/** The receipt's five parts as CBOR, to be put together wrongly. */
function parts(receipt: Receipt): CborValue[] {
  return [
    fromHex(receipt.id),
    receipt.index,
    receipt.path,
    fromHex(receipt.note),
    receipt.tokens.map(fromHex),
  ];
}

describe('trees', () => {
  test('merkle-odd-leaf-duplication: a leaf that is repeated makes another root', async () => {
    for (let count = 1; count <= 33; count += 1) {
      const leaves = entriesOf(count);
      const twice = [...leaves, leaves.at(-1)!];
      expect(equalBytes(merkleRoot(leaves), merkleRoot(twice))).toBe(false);
      expect(equalBytes(merkleRoot(leaves), merkleRoot([...leaves, ...leaves]))).toBe(false);
    }
    // A manifest is over a set: an id that stands twice is refused, whatever root is stated for it.
    const { story, actor } = await sellerStory();
    const { prev, seq, lane } = actor.position('https://id.gs1.org/01/09521234543213/21/SN0007');
    const link: CborValue = [1, seq, fromHex(prev!), [], fromHex(lane!), []];
    const ids = [...entriesOf(2), fromHex(story.ids[0]!)].sort(compareBytes);
    const signed = async (
      listed: readonly Uint8Array[],
      count: number,
      root: Uint8Array,
    ): Promise<string[]> => {
      const fields = { ...manifestFields([]), ids: [...listed], count, root };
      const id = await story.signRaw(actor, { type: 'manifest', fields, link });
      const passport = await verdictOn(story);
      const codes = passport.diagnostics
        .filter(({ record, severity }) => record === id && severity === 'failure')
        .map(({ code }) => code);
      story.records.pop();
      return [...new Set(codes)];
    };
    const twice = [...ids, ids[2]!];
    expect(await signed(ids, 3, merkleRoot(ids))).toEqual([]);
    expect(await signed(twice, 4, merkleRoot(ids))).toEqual(['manifest.shape', 'manifest.root']);
    expect(await signed(twice, 4, merkleRoot(twice))).toEqual(['manifest.shape']);
    expect(await signed(twice, 3, merkleRoot(ids))).toEqual(['manifest.shape', 'manifest.root']);
    expect(await signed(ids, 3, merkleRoot(twice))).toEqual(['manifest.root']);
    expect(await signed([...ids].reverse(), 3, merkleRoot([...ids].reverse()))).toEqual(['manifest.shape']);
  });

  test('merkle-second-preimage: no inner node is a leaf, and no record an inner node', async () => {
    const leaves = entriesOf(4);
    const hashes = leaves.map(leafHash);
    const left = nodeHash(hashes[0]!, hashes[1]!);
    const right = nodeHash(hashes[2]!, hashes[3]!);
    const root = merkleRoot(leaves);
    expect(toHex(nodeHash(left, right))).toBe(toHex(root));
    // Two nodes as a list of two leaves, and the 64 bytes below a node as one entry.
    expect(toHex(merkleRoot([left, right]))).not.toBe(toHex(root));
    expect(toHex(leafHash(concatBytes(hashes[0]!, hashes[1]!)))).not.toBe(toHex(left));
    // An id is 32 bytes: a receipt for two hashes at once is none.
    const { note, index, path } = (await receiptOf(leaves, 0)).receipt;
    const both = concatBytes(hashes[0]!, hashes[1]!);
    expect(readReceipt(encodeCbor([both, index, path.slice(1), fromHex(note), []]))).toMatchObject({
      code: 'receipt.malformed',
    });
    // A node given as an id is hashed as a leaf and proves nothing.
    for (const [id, at, shorter] of [
      [left, 0, [right]],
      [right, 1, [left]],
      [root, 0, []],
    ] as const) {
      for (const size of [1, 2, 4]) {
        const proof = { index: at, size, leafHash: leafHash(id), path: [...shorter], root };
        expect(verifyInclusion(proof)).toBe(false);
      }
    }
    // Records begin d2, inner nodes 01; and a log's entry is the record's hash, never the record.
    const { story } = await sellerStory();
    expect(story.records.map((record) => record[0])).toEqual([0xd2]);
    const { story: honest } = await logged((receipt) => receipt);
    expect(await answer(honest)).toEqual(['TOTAL-PASSED', []]);
    const { story: whole } = await logged((receipt) => ({
      ...receipt,
      id: toHex(leafHash(fromHex(receipt.id))),
    }));
    expect(await answer(whole)).toEqual(REFUSED);
  });

  test('leaf-hash-of-parsed-object: an id is of the bytes as they came, and no other spelling is taken', async () => {
    const { story, actor } = await sellerStory();
    const record = story.records[0]!;
    const read = readRecord(record);
    expect(read.ok && read.record.id).toBe(sha256Hex(record));
    const log = buildLog(LOG, [sha256Hex(record)]);
    const note = log.checkpoint();
    const [, , rootLine] = new TextDecoder().decode(note).split('\n') as [string, string, string];
    expect(rootLine).toBe(Buffer.from(sha256(Uint8Array.of(0), sha256(record))).toString('base64'));
    const { protected: header, payload, signature } = partsOf(record);
    const bytes = (contents: Uint8Array, ...head: number[]): Uint8Array =>
      head.length === 0 ? encodeByteString(contents) : concatBytes(Uint8Array.of(...head), contents);
    const long = (contents: Uint8Array): Uint8Array =>
      bytes(contents, 0x5a, 0, 0, contents.length >> 8, contents.length & 255);
    const start = fromHex('d284');
    const empty = fromHex('a0');
    const spellings: Uint8Array[] = [
      concatBytes(fromHex('84'), bytes(header), empty, bytes(payload), bytes(signature)),
      concatBytes(fromHex('d81284'), bytes(header), empty, bytes(payload), bytes(signature)),
      concatBytes(fromHex('d29804'), bytes(header), empty, bytes(payload), bytes(signature)),
      concatBytes(fromHex('d29f'), bytes(header), empty, bytes(payload), bytes(signature), fromHex('ff')),
      concatBytes(start, long(header), empty, bytes(payload), bytes(signature)),
      concatBytes(start, bytes(header), fromHex('b800'), bytes(payload), bytes(signature)),
      concatBytes(start, bytes(header), fromHex('bfff'), bytes(payload), bytes(signature)),
      concatBytes(start, bytes(header), empty, long(payload), bytes(signature)),
      concatBytes(start, bytes(header), empty, bytes(payload), long(signature)),
      concatBytes(
        start,
        bytes(header),
        empty,
        fromHex('5f'),
        bytes(payload),
        fromHex('ff'),
        bytes(signature),
      ),
      concatBytes(record, Uint8Array.of(0xf6)),
      concatBytes(fromHex('d9d9f7'), record),
    ];
    // Others read several of these as the same message.
    const lenient = spellings.filter((one) => {
      try {
        const tags: cborg.TagDecoder[] = [];
        tags[18] = (inner) => inner();
        return equalBytes((cborg.decode(one, { tags }) as Uint8Array[])[3]!, signature);
      } catch {
        return false;
      }
    });
    expect(lenient.length).toBeGreaterThan(4);
    for (const one of spellings) {
      expect(readRecord(one).ok).toBe(false);
      const passport = await verdictOn(story, { bytes: story.file({ records: [record, one] }) });
      expect([passport.verdict, passport.records.map(({ id }) => id)]).toEqual([
        'TOTAL-FAILED',
        [idOf(record)],
      ]);
    }
    // The same header and payload in another order, really signed: the payload's bytes are another, and refused.
    const reordered = concatBytes(fromHex('a2'), fromHex('617801'), fromHex('0001'));
    expect(readRecord(await sealed(actor.signer, headerMap(actor), reordered)).diagnostics).toMatchObject([
      { code: 'cbor.key-order' },
    ]);
    expect(equalBytes(encodeCbor(decodeCbor(payload)), payload)).toBe(true);
    expect(statementMap().size).toBeGreaterThan(2);
  });
});

async function receiptOf(
  leaves: readonly Uint8Array[],
  index: number,
): Promise<{ receipt: Receipt; note: Uint8Array }> {
  const log = buildLog(LOG, leaves.map(toHex));
  const note = log.checkpoint();
  const receipt = readReceipt(log.receipt(toHex(leaves[index]!), note));
  if (isReceiptFault(receipt)) throw new Error(receipt.reason);
  return { receipt, note };
}

describe('inclusion', () => {
  test('inclusion-index-ambiguity: under the signed size a path belongs to one index', async () => {
    for (let size = 1; size <= 24; size += 1) {
      const hashes = entriesOf(size).map(leafHash);
      const root = merkleRoot(entriesOf(size));
      for (let index = 0; index < size; index += 1) {
        const path = inclusionProof(hashes, index);
        const holds = (at: number, of: number): boolean =>
          verifyInclusion({ index: at, size: of, leafHash: hashes[index]!, path, root });
        const indexes = Array.from({ length: size + 8 }, (_, at) => at).filter((at) => holds(at, size));
        expect([size, index, indexes]).toEqual([size, index, [index]]);
      }
    }
    for (const index of [0, 1, 2, 3, 4, 6, 7, 8, 13, 2 ** 32 + 5, Number.MAX_SAFE_INTEGER]) {
      const { story } = await logged((receipt) => ({ ...receipt, index }));
      expect([index, await answer(story)]).toEqual([index, REFUSED]);
    }
    // The same path under a checkpoint of another size that the log signed as well.
    const { story } = await logged((receipt) => receipt);
    const entries = [
      hashOf('genesis'),
      ...Array.from({ length: 4 }, (_, index) => hashOf(`before ${index}`)),
    ];
    const smaller = buildLog(LOG, [...entries, story.ids[0]!]).checkpoint(
      WITNESSES.map((witness) => ({ ...witness, time: T0 + DAY })),
    );
    const receipt = readReceipt(story.receipts[0]!) as Receipt;
    story.notes[0] = smaller;
    story.receipts[0] = encodeReceipt({ ...receipt, note: idOf(smaller) });
    expect(await answer(story)).toEqual(REFUSED);
  });

  test('inclusion-path-length: a path has as many nodes as index and size make it, of 32 bytes each', async () => {
    const node = sha256();
    const changes: ((path: readonly Uint8Array[]) => readonly Uint8Array[])[] = [
      (path) => [...path, node],
      (path) => [node, ...path],
      (path) => path.slice(1),
      (path) => path.slice(0, -1),
      () => [],
      (path) => [...path].reverse(),
      (path) => [...path, ...Array.from({ length: 53 - path.length }, () => node)],
    ];
    for (const change of changes) {
      const { story } = await logged((receipt) => ({ ...receipt, path: change(receipt.path) }));
      expect(await answer(story)).toEqual(REFUSED);
    }
    const odd: ((path: readonly Uint8Array[]) => readonly Uint8Array[])[] = [
      (path) => [...path, ...Array.from({ length: 54 - path.length }, () => node)],
      (path) => Array.from({ length: 1_900 }, () => path[0]!),
      (path) => path.map((one) => one.slice(1)),
      (path) => path.map((one) => concatBytes(one, Uint8Array.of(0))),
      (path) => [concatBytes(...path)],
      (path) => [...path, new Uint8Array()],
    ];
    for (const change of odd) {
      const { story } = await logged((receipt) => {
        const [id, index, , note, tokens] = parts(receipt);
        return encodeCbor([id!, index!, [...change(receipt.path)], note!, tokens!]);
      });
      expect(await answer(story)).toEqual(MALFORMED);
    }
    // A million nodes are too long for one element, and are refused by length alone.
    const { story } = await logged((receipt) => {
      const [id, index, , note, tokens] = parts(receipt).map((part) => encodeCbor(part));
      const nodes = new Uint8Array(1_000_000 * 34).fill(0x58);
      return concatBytes(Uint8Array.of(0x85), id!, index!, encodeHead(4, 1_000_000), nodes, note!, tokens!);
    });
    const passport = await verdictOn(story);
    expect([
      passport.verdict,
      found(passport, 'receipt.malformed').map(({ detail }) => detail?.['reason']),
    ]).toEqual(['TOTAL-FAILED', ['cbor.too-long']]);
    for (const bad of [31, 33, 0, 64]) {
      const proof = { index: 0, size: 2, leafHash: node, path: [new Uint8Array(bad)], root: node };
      expect(verifyInclusion(proof)).toBe(false);
      expect(verifyInclusion({ ...proof, leafHash: new Uint8Array(bad), path: [node] })).toBe(false);
    }
  });

  test('merkle-multiproof-forgery: a receipt proves one id, and there is no form that proves more', async () => {
    const forms: ((receipt: Receipt) => CborValue)[] = [
      // Flags beside the path, several ids, several indexes, paths within a path.
      (receipt) => [...parts(receipt), [true, false, true]],
      (receipt) => [[fromHex(receipt.id), sha256()], ...parts(receipt).slice(1)],
      (receipt) => [fromHex(receipt.id), [receipt.index, 0], ...parts(receipt).slice(2)],
      (receipt) => [fromHex(receipt.id), receipt.index, [[...receipt.path]], ...parts(receipt).slice(3)],
      (receipt) => [fromHex(receipt.id), receipt.index, [...receipt.path, true], ...parts(receipt).slice(3)],
    ];
    for (const form of forms) {
      const { story } = await logged((receipt) => encodeCbor(form(receipt)));
      expect(await answer(story)).toEqual(MALFORMED);
    }
  });

  test('merkle-range-proof-forgery: every field of a proof is hashed or compared, and none may be added', async () => {
    const forms: ((receipt: Receipt) => CborValue)[] = [
      (receipt) => [...parts(receipt), null],
      (receipt) => [...parts(receipt), new Uint8Array()],
      (receipt) => parts(receipt).slice(0, 4),
      (receipt) => new Map([[0, parts(receipt)]]),
      (receipt) => new Map(parts(receipt).map((part, index) => [index, part])),
      // A node with a left and a right, as IAVL had; a node with a prefix.
      (receipt) => [
        ...parts(receipt).slice(0, 2),
        receipt.path.map((node) => [node, node]),
        ...parts(receipt).slice(3),
      ],
      (receipt) => [
        ...parts(receipt).slice(0, 2),
        receipt.path.map((node) => [1, node]),
        ...parts(receipt).slice(3),
      ],
      (receipt) => [...parts(receipt).slice(0, 4), [fromHex(receipt.note), fromHex(receipt.note)]],
      (receipt) => [...parts(receipt).slice(0, 4), null],
    ];
    for (const form of forms) {
      const { story } = await logged((receipt) => encodeCbor(form(receipt)));
      expect(await answer(story)).toEqual(MALFORMED);
    }
    // Each bit of a good one, and each token it might name, counts.
    const { story } = await logged((receipt) => receipt);
    const good = story.receipts[0]!;
    for (let bit = 0; bit < good.length * 8; bit += 11) {
      const bytes = good.slice();
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      const passport = await verdictOn(story, { bytes: story.file({ receipts: [bytes] }) });
      expect([bit, passport.verdict]).toEqual([bit, 'TOTAL-FAILED']);
    }
    const { story: named } = await logged((receipt) => ({ ...receipt, tokens: [hashOf('no such token')] }));
    expect(await answer(named)).toEqual(['TOTAL-FAILED', ['passport.unreferenced', 'receipt.dangling']]);
    expect(readOpening(encodeCbor([sha256(), ['text'], new Uint8Array(16), 1, 2])).ok).toBe(false);
  });
});

describe('consistency and size', () => {
  test('consistency-trivial-accept: nothing is consistent by default', () => {
    const whole = MerkleTree.ofHashes(entriesOf(20).map(leafHash));
    const roots = Array.from({ length: 21 }, (_, size) => merkleRoot(entriesOf(size)));
    const other = sha256();
    const check = (oldSize: number, newSize: number, path: readonly Uint8Array[], more = {}): boolean =>
      verifyConsistency({
        oldSize,
        newSize,
        oldRoot: roots[oldSize] ?? other,
        newRoot: roots[newSize] ?? other,
        path,
        ...more,
      });
    for (let newSize = 0; newSize <= 20; newSize += 1) {
      // From nothing: no evidence, whatever is brought.
      expect([check(0, newSize, []), check(0, newSize, [other])]).toEqual([false, false]);
      if (newSize === 0) continue;
      // From itself: equal roots and an empty proof, nothing else.
      expect(check(newSize, newSize, [])).toBe(true);
      expect(check(newSize, newSize, [], { oldRoot: other })).toBe(false);
      expect(check(newSize, newSize, [roots[newSize]!])).toBe(false);
      for (let oldSize = 1; oldSize < newSize; oldSize += 1) {
        const path = consistencyPath(whole, oldSize, newSize);
        expect(check(oldSize, newSize, path)).toBe(true);
        expect(check(oldSize, newSize, [])).toBe(false);
        expect(check(newSize, oldSize, path)).toBe(false);
        expect(check(oldSize, newSize, path.slice(1))).toBe(false);
        expect(check(oldSize, newSize, [...path, other])).toBe(false);
        expect(check(oldSize, newSize, path, { oldRoot: other })).toBe(false);
        expect(check(oldSize, newSize, path, { newRoot: other })).toBe(false);
        expect(
          check(
            oldSize,
            newSize,
            path.map((node) => node.slice(1)),
          ),
        ).toBe(false);
      }
    }
    for (const size of [-1, 0.5, Number.NaN, Infinity, 2 ** 53]) {
      expect([check(size, 20, []), check(5, size, [])]).toEqual([false, false]);
    }
  });

  test('merkle-size-2-53-plus: a size beyond 2^53 − 1 is refused, and the arithmetic below it is exact', async () => {
    const root = Buffer.from(sha256()).toString('base64');
    const text = (size: string): string => `${LOG.name}\n${size}\n${root}\n`;
    const sizes = ['9007199254740992', '9007199254740993', '9223372036854775808', '18446744073709551615'];
    sizes.push(
      '18446744073709551616',
      '1e3',
      '0x10',
      '-1',
      '+1',
      '01',
      '00',
      '',
      ' 1',
      '1 ',
      '1.0',
      '١',
      'Infinity',
    );
    for (const size of sizes) {
      const parsed = parseCheckpoint(text(size));
      expect([size, isTextFault(parsed) && parsed.line]).toEqual([size, 2]);
      // In a passport, signed by the log and both witnesses.
      const { story, actor } = await sellerStory();
      let note = signNote(text(size), LOG);
      for (const witness of WITNESSES) note = cosign(note, { ...witness, time: T0 + DAY });
      story.notes.push(note);
      await story.say(actor, 'second', { anchors: [idOf(note)], iat: T0 + 2 * DAY });
      expect([size, await answer(story)]).toEqual([size, ['TOTAL-FAILED', ['note.malformed']]]);
    }
    expect(isTextFault(parseCheckpoint(text('9007199254740991')))).toBe(false);
    expect(isTextFault(parseCheckpoint(text('0')))).toBe(false);
    // An index that is a bigint is none; the largest that a number holds is only not proven.
    expect(readReceipt(encodeCbor([sha256(), 2n ** 53n, [], sha256(), []]))).toMatchObject({
      code: 'receipt.malformed',
    });
    expect(readReceipt(encodeCbor([sha256(), 2 ** 53 - 1, [], sha256(), []]))).toMatchObject({
      index: 2 ** 53 - 1,
    });
    // Around powers of two the path has the length that bigints give, and never another.
    const edge = fc
      .tuple(fc.integer({ min: 1, max: 53 }), fc.integer({ min: -3, max: 3 }))
      .map(([power, step]) => 2 ** power + step)
      .filter((size) => size >= 1 && Number.isSafeInteger(size));
    fc.assert(
      fc.property(
        edge,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: -2, max: 2 }),
        (size, at, off) => {
          const index = Math.min(size - 1, Math.floor(at * size));
          const length = pathLength(BigInt(index), BigInt(size));
          const path = Array.from({ length: Math.max(0, length + off) }, (_, node) =>
            sha256(Uint8Array.of(node)),
          );
          const leaf = sha256(utf8Bytes('leaf'));
          const made = rootOf(BigInt(index), BigInt(size), leaf, path);
          const holds = verifyInclusion({ index, size, leafHash: leaf, path, root: made ?? leaf });
          expect(holds).toBe(made !== null);
        },
      ),
      { numRuns: 300 },
    );
    expect(
      verifyReceipt(
        { id: hashOf('x'), index: 0, path: [], note: hashOf('n'), tokens: [] },
        {
          origin: 'x',
          size: Number.MAX_SAFE_INTEGER,
          root: hashOf('r'),
          extensions: [],
        },
      ),
    ).toBe(false);
  });
});

/** How long an inclusion path is, by RFC 9162 §2.1.3.1 in bigints. */
function pathLength(index: bigint, size: bigint): number {
  let start = 0n;
  let end = size;
  let steps = 0;
  while (end - start > 1n) {
    let half = 1n;
    while (half * 2n < end - start) half *= 2n;
    if (index < start + half) end = start + half;
    else start += half;
    steps += 1;
  }
  return steps;
}

/** The root that this path makes, or null where it has another length. */
function rootOf(
  index: bigint,
  size: bigint,
  leaf: Uint8Array,
  path: readonly Uint8Array[],
): Uint8Array | null {
  if (pathLength(index, size) !== path.length) return null;
  const lefts: boolean[] = [];
  let start = 0n;
  let end = size;
  while (end - start > 1n) {
    let half = 1n;
    while (half * 2n < end - start) half *= 2n;
    const left = index < start + half;
    lefts.push(left);
    if (left) end = start + half;
    else start += half;
  }
  let hash = leaf;
  for (const [step, left] of lefts.reverse().entries()) {
    hash = left ? nodeHash(hash, path[step]!) : nodeHash(path[step]!, hash);
  }
  return hash;
}
