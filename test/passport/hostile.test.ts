import { describe, expect, test } from 'vitest';
import { encodeHead } from '../../src/codec/cbor-head.js';
import { concatBytes, utf8Bytes } from '../../src/codec/hex.js';
import { Ancestry } from '../../src/passport/ancestry.js';
import { assessPassport } from '../../src/passport/assess.js';
import {
  findChains,
  findForks,
  findGaps,
  forkDiagnostics,
  forkedStatements,
} from '../../src/passport/chains.js';
import { KEPT_PER_CODE } from '../../src/passport/diagnostic-list.js';
import { displayOrder } from '../../src/passport/display-order.js';
import { PASSPORT_LIMIT, PASSPORT_MAGIC } from '../../src/passport/file.js';
import { EvidenceGraph } from '../../src/passport/graph.js';
import { checkLinks } from '../../src/passport/link-checks.js';
import { parsePassport } from '../../src/passport/passport.js';
import { ITEM } from './hand.js';
import { idOf, type Sketch, sketch } from './synthetic.js';

const START = concatBytes(
  PASSPORT_MAGIC,
  encodeHead(5, 2),
  encodeHead(0, 0),
  encodeHead(3, ITEM.length),
  utf8Bytes(ITEM),
);

/** A file as long as files may be, filled with one byte behind the head of a member. */
function filled(member: number, byte: number, count: number): Uint8Array {
  const file = new Uint8Array(PASSPORT_LIMIT).fill(byte);
  file.set(concatBytes(START, encodeHead(0, member), encodeHead(4, count)));
  return file;
}

/** So many elements of 62 bytes that are nothing, in order. */
function junk(member: number, count: number): Uint8Array {
  const start = concatBytes(START, encodeHead(0, member), encodeHead(4, count));
  const file = new Uint8Array(start.length + count * 64);
  file.set(start);
  for (let index = 0; index < count; index += 1) {
    const at = start.length + index * 64;
    file.set([0x58, 62, 0xd2, 0x84, index >> 16, (index >> 8) & 255, index & 255], at);
  }
  return file;
}

/** Heap taken while the work is done, bytes. */
async function heapOf(work: () => Promise<void> | void): Promise<number> {
  const before = process.memoryUsage().heapUsed;
  await work();
  return process.memoryUsage().heapUsed - before;
}

describe('64 MiB of', () => {
  const REST = PASSPORT_LIMIT - START.length - 6;

  test.each<[string, Uint8Array, string]>([
    ['empty strings', filled(1, 0x40, REST), 'passport.too-large'],
    ['empty maps', filled(1, 0xa0, REST), 'passport.too-large'],
    ['integers', filled(8, 0x00, 1_000_000), 'passport.member'],
    ['nested lists', filled(1, 0x81, 1), 'passport.member'],
    ['a count that nothing follows', filled(1, 0x40, 2 ** 32), 'cbor.truncated'],
    ['nested tags', filled(1, 0xc1, 1), 'passport.member'],
  ])('%s are refused at once', async (_, file, code) => {
    let found: unknown;
    const heap = await heapOf(() => {
      const parsed = parsePassport(file);
      found = parsed.ok ? null : parsed.fault.code;
    });
    expect(found).toBe(code);
    expect(heap).toBeLessThan(64 * 1024 * 1024);
  });
});

describe('a hundred thousand elements that are nothing', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'in member %i are counted, and few of them described',
    async (member) => {
      const count = 100_000;
      const parsed = parsePassport(junk(member, count));
      if (!parsed.ok) throw new Error(parsed.fault.code);
      const assessed = await assessPassport(parsed.passport);
      const { kept, counts } = assessed.diagnostics;
      expect(assessed.leftOut).toHaveLength(count);
      expect([...counts.values()].reduce((sum, one) => sum + one, 0)).toBe(count);
      expect(kept.length).toBeLessThanOrEqual(counts.size * KEPT_PER_CODE);
      for (const [code, all] of counts) {
        expect(kept.filter((found) => found.code === code)).toHaveLength(Math.min(all, KEPT_PER_CODE));
      }
    },
  );
});

describe('graphs made to be slow', () => {
  const graphOf = (sketches: Sketch[]): EvidenceGraph => new EvidenceGraph(sketches.map(sketch));

  test('many keys that see each other', () => {
    const count = 10_000;
    const sketches = Array.from({ length: count }, (_, index) => ({
      name: `n${index}`,
      kid: `k${index}`,
      seen: Array.from(
        { length: Math.min(index, 32) },
        (_each, back) => `n${index - 1 - back * Math.floor(index / 32 || 1)}`,
      ),
    }));
    const graph = graphOf(
      sketches.map((one) => ({
        ...one,
        seen: [...new Set(one.seen)].filter((name) => !name.startsWith('n-')),
      })),
    );
    expect(displayOrder(graph)).toHaveLength(count);
    expect(checkLinks(graph, findChains(graph), new Set())).toEqual([]);
    const ancestry = new Ancestry(graph);
    expect([
      ancestry.precedes(idOf('n0'), idOf('n9999')),
      ancestry.precedes(idOf('n9999'), idOf('n0')),
    ]).toEqual([true, false]);
  });

  test('one key that forks at every number', () => {
    const count = 20_000;
    const sketches = Array.from({ length: count }, (_, index) => ({
      name: `n${index}`,
      seq: index < count / 2 ? 5 : 6,
      prev: 'gone',
      lane: 'gone too',
    }));
    const graph = graphOf(sketches);
    const chains = findChains(graph);
    const forks = findForks(graph);
    expect(forkDiagnostics(graph, forks).map(({ detail }) => [detail?.['records'], detail?.['by']])).toEqual(
      expect.arrayContaining([
        [count, ['lane']],
        [count / 2, ['seq']],
      ]),
    );
    expect(forkedStatements(graph, forks).every((mark) => mark === 1)).toBe(true);
    expect(findGaps(graph, chains, ITEM)).toHaveLength(1);
    const links = checkLinks(graph, chains, new Set());
    expect(links).toHaveLength(count / 2);
    expect(links.every(({ code }) => code === 'chain.prev-other')).toBe(true);
  });

  test('a chain of ten thousand gaps', () => {
    const count = 10_000;
    const sketches = Array.from({ length: count }, (_, index) => ({
      name: `n${index}`,
      seq: 2 * index + 1,
      prev: `gone ${index}`,
      lane: `gone ${index}`,
    }));
    const graph = graphOf(sketches);
    expect(findGaps(graph, findChains(graph), ITEM)).toHaveLength(count);
  });
});
