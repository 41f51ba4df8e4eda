import { describe, expect, test } from 'vitest';
import { fromHex, toHex, utf8Bytes } from '../../src/codec/hex.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import type { SubjectAnswer } from '../../src/log/subject-answer.js';
import { merkleRoot } from '../../src/merkle/tree.js';
import { EvidenceGraph } from '../../src/passport/graph.js';
import { findLoggedOmissions, type LoggedContext } from '../../src/passport/logged-omission.js';
import type { ManifestStatement } from '../../src/passport/manifest.js';
import { seriesOf } from '../../src/passport/manifest-series.js';
import { CONTAINER, ITEM } from './hand.js';
import { idOf, type Sketch, sketch } from './synthetic.js';

interface Made extends Sketch {
  readonly ids?: readonly string[];
  readonly withheld?: readonly string[];
  readonly asOf?: string | null;
  readonly part?: readonly [number, number];
  readonly continues?: string;
}

const answer = (names: readonly string[], sub = ITEM): SubjectAnswer => ({
  origin: 'log',
  size: 9,
  subject: sha256Hex(utf8Bytes(sub)),
  count: names.length,
  root: toHex(merkleRoot(names.map(idOf).sort().map(fromHex))),
});

/** What is found where a trusted log answers so in the note `note`; `logged`: what receipts prove. */
function omissions(
  records: readonly Sketch[],
  made: readonly Made[],
  given: SubjectAnswer | Readonly<Record<string, SubjectAnswer>>,
  {
    logged = [],
    strangers = [],
    maxHashed,
  }: { logged?: readonly string[]; strangers?: readonly string[]; maxHashed?: number } = {},
): unknown[] {
  const graph = new EvidenceGraph(
    [...records, ...made.map((one) => ({ ...one, named: one.ids ?? [], type: 'manifest' }))].map(sketch),
  );
  const manifests = made.map((one): ManifestStatement => {
    const { id, kid, sub, named, link } = graph.recordOf(idOf(one.name))!;
    return {
      ...{ statement: graph.statementOfId(id), id, kid, sub, seq: link!.seq, root: '', ids: named },
      withheld: (one.withheld ?? []).map((name) => ({ id: idOf(name), reason: 'not-held', at: null })),
      asOf: one.asOf === undefined ? 'note' : one.asOf,
      part: one.part ?? [1, 1],
      continues: one.continues === undefined ? null : idOf(one.continues),
      after: null,
    };
  });
  const answers = 'origin' in given ? { note: given as SubjectAnswer } : given;
  const context: LoggedContext = {
    trustedAnswer: (note) => (answers as Record<string, SubjectAnswer>)[note] ?? null,
    loggedBefore: (origin, size) => new Set(origin === 'log' && size === 9 ? logged.map(idOf) : []),
    trustedParty: (id) => (strangers.map(idOf).includes(id) ? null : 'party'),
  };
  return findLoggedOmissions(graph, seriesOf(graph, manifests), context, maxHashed).map(
    ({ code, record, detail }) => [code, record, detail],
  );
}

const charged = (manifest: string, names: readonly string[], records = names.length): unknown => [
  'manifest.logged-omission',
  idOf(manifest),
  { key: 'key', ids: names.map(idOf).sort().slice(0, 16), records, origin: 'log' },
];
const say = (name: string, sub = ITEM): Sketch => ({ name, kid: name, sub });
const m: Made = { name: 'm', ids: ['a'] };

describe('the log answers with a set of ids, and the manifest leaves out one of them', () => {
  test('which receipts prove to be the set', () => {
    const records = ['a', 'b', 'c'].map((name) => say(name));
    expect(omissions(records, [m], answer(['a', 'b']), { logged: ['a', 'b'] })).toEqual([
      charged('m', ['b']),
    ]);
    // Of another set nothing is known.
    expect(omissions(records, [m], answer(['a', 'c']), { logged: ['a', 'b'] })).toEqual([]);
  });

  test('which is all that is here about the subject, the manifest itself included', () => {
    const records = [say('a'), say('b'), say('box', CONTAINER)];
    expect(omissions(records, [m], answer(['a', 'b', 'm']))).toEqual([charged('m', ['b'])]);
    expect(omissions(records, [{ ...m, ids: ['a', 'b'] }], answer(['a', 'b', 'm']))).toEqual([]);
  });

  test('which is what is here with what is withheld, or absent too', () => {
    const records = [say('a'), say('b')];
    const withheld = ['w', 'v'];
    expect(omissions(records, [{ ...m, withheld }], answer(['a', 'b', 'm', 'w', 'v']))).toEqual([
      charged('m', ['b']),
    ]);
    const absent: Made = { ...m, ids: ['a', 'gone'], withheld };
    expect(omissions(records, [absent], answer(['a', 'b', 'm', 'w', 'v', 'gone']))).toEqual([
      charged('m', ['b']),
    ]);
    // Not with absent ids alone, nor with one of the withheld.
    expect(omissions(records, [absent], answer(['a', 'b', 'm', 'gone']))).toEqual([]);
    expect(omissions(records, [absent], answer(['a', 'b', 'm', 'w']))).toEqual([]);
    // What is withheld and here too is one id.
    expect(
      omissions(records, [{ ...m, ids: [], withheld: ['a', 'w'] }], answer(['a', 'b', 'm', 'w'])),
    ).toEqual([charged('m', ['b'])]);
  });

  test('whatever the first manifest of the graph is about', () => {
    // Every id of a small graph is the first of it in one of these.
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const made: Made = { ...m, name: 'm', ids: [name] };
      const records = [say(name), say('z')];
      expect(omissions(records, [made], answer([name, 'z', 'm']))).toEqual([charged('m', ['z'])]);
    }
  });

  test('unless its signer has no path in the trust file', () => {
    const records = [say('a'), say('b'), say('c')];
    expect(omissions(records, [m], answer(['a', 'b', 'c', 'm']), { strangers: ['b'] })).toEqual([
      charged('m', ['c']),
    ]);
    expect(omissions(records, [m], answer(['a', 'b', 'c', 'm']), { strangers: ['b', 'c'] })).toEqual([]);
  });

  test('unless it is a twin of one that is listed', () => {
    const records = [say('a'), { ...say('b'), twinOf: 'a' }, say('c')];
    expect(omissions(records, [m], answer(['a', 'b', 'c', 'm']))).toEqual([charged('m', ['c'])]);
    expect(omissions(records, [{ ...m, ids: ['b', 'c'] }], answer(['a', 'b', 'c', 'm']))).toEqual([]);
    expect(omissions(records, [{ ...m, ids: ['c'], withheld: ['b'] }], answer(['a', 'b', 'c', 'm']))).toEqual(
      [],
    );
  });

  test('and of very many the first sixteen by id are named', () => {
    const names = Array.from({ length: 20 }, (_, index) => `r${index}`);
    const found = omissions(
      names.map((name) => say(name)),
      [{ ...m, ids: [] }],
      answer([...names, 'm']),
    );
    expect(found).toEqual([charged('m', names)]);
  });

  test('once for each note that a series names, and of no part alone', () => {
    const records = [say('a'), say('b')];
    const first: Made = { name: 'm1', ids: ['a'], part: [1, 2], asOf: 'one' };
    const second: Made = {
      name: 'm2',
      seq: 1,
      prev: 'm1',
      lane: 'm1',
      part: [2, 2],
      continues: 'm1',
      asOf: 'two',
    };
    const answers = { one: answer(['a', 'b', 'm1', 'm2']), two: answer(['a', 'b', 'm1', 'm2']) };
    expect(omissions(records, [first, second], answers)).toEqual([
      charged('m1', ['b']),
      charged('m1', ['b']),
    ]);
    expect(omissions(records, [first, { ...second, asOf: null }], answers)).toEqual([charged('m1', ['b'])]);
    expect(omissions(records, [first, { ...second, asOf: 'one' }], answers)).toEqual([charged('m1', ['b'])]);
    expect(omissions(records, [first], { one: answer(['a', 'b', 'm1']) })).toEqual([]);
    expect(omissions(records, [{ ...m, asOf: null }], answer(['a', 'b', 'm']))).toEqual([]);
    expect(omissions(records, [m], answer(['a', 'b', 'm'], CONTAINER))).toEqual([]);
  });

  test('and one that is neither here nor declared cannot be in a set that is made up of what is', () => {
    expect(omissions([say('a')], [m], answer(['a', 'm', 'nobody knows']))).toEqual([]);
    expect(omissions([say('a')], [m], answer([]))).toEqual([]);
  });

  test('the manifest’s absent ids are those that are not here, the first of the graph included', () => {
    // One of the two stands first in the graph.
    for (const [one, other] of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      for (const name of ['m', 'n', 'o', 'p']) {
        const made: Made = { name, ids: [one, 'gone'] };
        const given = answer([one, other, name, 'gone']);
        expect(omissions([say(one), say(other)], [made], given)).toEqual([
          [
            'manifest.logged-omission',
            idOf(name),
            { key: 'key', ids: [idOf(other)], records: 1, origin: 'log' },
          ],
        ]);
      }
    }
  });

  test('only sets that can have the count are tried, and no more ids than the bound are hashed', () => {
    const records = [say('a'), say('b'), say('c')];
    // Here are four ids; receipts prove two, and two more are withheld: of five sets, two can have six ids.
    const made: Made = { name: 'm', ids: ['a'], withheld: ['w', 'v'] };
    const given = answer(['a', 'b', 'c', 'm', 'w', 'v']);
    const tried = (maxHashed: number): number =>
      omissions(records, [made], given, { logged: ['a'], maxHashed }).length;
    expect([tried(5), tried(6)]).toEqual([0, 1]);
    // Where receipts prove more than the answer counts, that set is not it.
    const few = answer(['a', 'b']);
    const prove = (maxHashed: number, logged: string[]): number =>
      omissions(records, [{ name: 'm', ids: ['a'] }], few, { logged, maxHashed }).length;
    expect([prove(1, ['a', 'b']), prove(2, ['a', 'b'])]).toEqual([0, 1]);
    expect(prove(2, ['a', 'b', 'c'])).toBe(0);
    // The bound is of all manifests together.
    const second: Made = { name: 'm2', seq: 1, prev: 'm', lane: 'm', ids: ['a', 'm'], withheld: ['w', 'v'] };
    const both = answer(['a', 'b', 'c', 'm', 'm2', 'w', 'v']);
    const all = (maxHashed: number): number => omissions(records, [made, second], both, { maxHashed }).length;
    expect([all(6), all(7), all(13), all(14)]).toEqual([0, 1, 1, 2]);
  });
});
