import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, toHex, utf8Bytes } from '../../src/codec/hex.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import type { SubjectAnswer } from '../../src/log/subject-answer.js';
import { merkleRoot } from '../../src/merkle/tree.js';
import { findChains, findGaps } from '../../src/passport/chains.js';
import { EvidenceGraph } from '../../src/passport/graph.js';
import { knownBefore } from '../../src/passport/known-before.js';
import type { ManifestStatement, WithheldRecord } from '../../src/passport/manifest.js';
import { checkManifests, explainGaps, type ManifestContext } from '../../src/passport/manifest-checks.js';
import { CONTAINER, ITEM } from './hand.js';
import { idOf, type Sketch, sketch } from './synthetic.js';

interface ManifestSketch extends Sketch {
  readonly ids?: readonly string[];
  readonly withheld?: readonly WithheldRecord[];
  readonly part?: readonly [number, number];
  readonly continues?: string;
  readonly asOf?: string;
  readonly after?: string;
  readonly root?: string;
}

interface Scene {
  readonly graph: EvidenceGraph;
  readonly manifests: readonly ManifestStatement[];
}

/** A graph with manifests in it; the names of the records they list become ids. */
function scene(records: readonly Sketch[], manifests: readonly ManifestSketch[]): Scene {
  const graph = new EvidenceGraph(
    [...records, ...manifests.map((one) => ({ ...one, named: one.ids ?? [], type: 'manifest' }))].map(sketch),
  );
  const statements = manifests
    .map((one): ManifestStatement => {
      const record = graph.recordOf(idOf(one.name))!;
      return {
        statement: graph.statementOfId(record.id),
        id: record.id,
        kid: record.kid,
        sub: record.sub,
        seq: record.link!.seq,
        root: one.root ?? '',
        ids: record.named,
        withheld: one.withheld ?? [],
        asOf: one.asOf ?? null,
        part: one.part ?? [1, 1],
        continues: one.continues === undefined ? null : idOf(one.continues),
        after: one.after ?? null,
      };
    })
    .sort((a, b) => a.statement - b.statement);
  return { graph, manifests: statements };
}

function check({ graph, manifests }: Scene, context: Partial<ManifestContext> = {}): unknown[] {
  return checkManifests(graph, findChains(graph), manifests, {
    item: ITEM,
    notes: new Set(),
    credentials: new Set(),
    trustedParty: () => null,
    trustedAnswer: () => null,
    loggedBefore: () => new Set(),
    ...context,
  }).map(({ code, record, detail }) => ({ code, record, detail }));
}

const withheld = (name: string, reason: WithheldRecord['reason'] = 'privacy', seq = 0): WithheldRecord => ({
  id: idOf(name),
  reason,
  at: reason === 'not-held' ? null : { kid: 'other', subject: sha256Hex(utf8Bytes(ITEM)), seq },
});

const omission = (manifest: string, names: string[], key = 'key'): object => ({
  code: 'manifest.silent-omission',
  record: idOf(manifest),
  detail: { key, ids: names.map(idOf).sort() },
});

describe('silent omission', () => {
  const a: Sketch = { name: 'a', kid: 'other' };

  test.each<[string, Sketch[], ManifestSketch]>([
    ['seen of the manifest', [a], { name: 'm', seen: ['a'] }],
    ['seen of the manifest, though the record is gone', [], { name: 'm', seen: ['a'] }],
    [
      'seen of an earlier record',
      [a, { name: 'b', seen: ['a'] }],
      { name: 'm', seq: 1, prev: 'b', lane: 'b', ids: ['b'] },
    ],
    [
      'an acknowledgement',
      [{ name: 'b', named: ['a'] }],
      { name: 'm', seq: 1, prev: 'b', lane: 'b', ids: ['b'] },
    ],
    [
      'an own record about another subject that it lists',
      [a, { name: 'b', sub: CONTAINER, seen: ['a'] }],
      { name: 'm', lane: 'b', ids: ['b'] },
    ],
    ['its own prev', [{ name: 'a' }], { name: 'm', seq: 1, prev: 'a', lane: 'a' }],
    [
      'the prev of an earlier record',
      [{ name: 'a' }, { name: 'b', seq: 1, prev: 'a', lane: 'a' }],
      { name: 'm', seq: 2, prev: 'b', lane: 'b', ids: ['b'] },
    ],
    [
      'the prev of an own record that it lists',
      [
        { name: 'a', sub: CONTAINER },
        { name: 'b', sub: CONTAINER, seq: 1, prev: 'a', lane: 'a' },
      ],
      { name: 'm', lane: 'b', ids: ['b'] },
    ],
  ])('its maker knew the id from %s', (_, records, manifest) => {
    expect(check(scene(records, [manifest]))).toContainEqual(omission('m', ['a']));
    const listed = { ...manifest, ids: [...(manifest.ids ?? []), 'a'] };
    const codes = (found: unknown[]): unknown[] => found.map((one) => (one as { code: string }).code);
    expect(codes(check(scene(records, [listed])))).not.toContain('manifest.silent-omission');
    const declared = { ...manifest, withheld: [withheld('a')] };
    expect(codes(check(scene(records, [declared])))).not.toContain('manifest.silent-omission');
  });

  test('ids of an earlier manifest are known: listed or withheld there', () => {
    const first: ManifestSketch = { name: 'm1', seen: ['a'], ids: ['a'], withheld: [withheld('w')] };
    const second: ManifestSketch = { name: 'm2', seq: 1, prev: 'm1', lane: 'm1', ids: ['m1'] };
    expect(check(scene([a], [first, second]))).toContainEqual(omission('m2', ['a', 'w']));
  });

  test.each<[string, Sketch[], ManifestSketch]>([
    ['records it cannot have seen', [a, { name: 'c', kid: 'third', seen: ['a'] }], { name: 'm', ids: ['c'] }],
    [
      'what its key learnt afterwards',
      [a, { name: 'b', seq: 1, prev: 'm', lane: 'm', seen: ['a'] }],
      { name: 'm' },
    ],
    [
      'the twin of what it lists',
      [a, { name: 'a2', kid: 'other', twinOf: 'a' }],
      { name: 'm', seen: ['a2'], ids: ['a'] },
    ],
    [
      'what a record of its key says that nobody can check',
      [a, { name: 'b', seen: ['a'], verified: false }],
      { name: 'm', seq: 1, prev: 'b', lane: 'b', ids: ['b'] },
    ],
    [
      'a prev that may be the twin of an id it declares',
      [{ name: 'x' }],
      { name: 'm', seq: 1, prev: 'x', lane: 'x', ids: ['gone'] },
    ],
  ])('does not charge %s', (_, records, manifest) => {
    const codes = check(scene(records, [manifest])).map((one) => (one as { code: string }).code);
    expect(codes).not.toContain('manifest.silent-omission');
  });

  test('a credential at hand is no record', () => {
    const found = check(scene([], [{ name: 'm', seen: ['credential'] }]), {
      credentials: new Set([idOf('credential')]),
    });
    expect(found).toEqual([]);
  });

  test('a series is judged as one, and not at all while a part is missing', () => {
    const parts: ManifestSketch[] = [
      { name: 'm1', seen: ['a', 'b'], ids: ['a'], part: [1, 2] },
      { name: 'm2', seq: 1, prev: 'm1', lane: 'm1', ids: ['b'], part: [2, 2], continues: 'm1' },
    ];
    const records = [a, { name: 'b', kid: 'third' }];
    expect(check(scene(records, parts))).toEqual([]);
    expect(check(scene(records, parts.slice(0, 1)))).toEqual([
      { code: 'manifest.part-absent', record: idOf('m1'), detail: { key: 'key', parts: 2, present: 1 } },
    ]);
    const short = [parts[0]!, { ...parts[1]!, ids: [] }];
    expect(check(scene(records, short))).toEqual([omission('m1', ['b']), omission('m2', ['b'])]);
  });

  test('a stranger cannot continue a series', () => {
    const records = [a];
    const foreign: ManifestSketch[] = [
      { name: 'm1', seen: ['a'], part: [1, 2] },
      { name: 'm2', kid: 'other key', ids: ['a'], part: [2, 2], continues: 'm1' },
    ];
    expect(check(scene(records, foreign)).map((one) => (one as { code: string }).code)).toEqual([
      'manifest.part-absent',
      'manifest.part-absent',
    ]);
  });

  test('another key of the same party is a warning, by trusted paths only and by pins only', () => {
    const records: Sketch[] = [a, { name: 'b', kid: 'key 2', seen: ['a'] }];
    const manifest: ManifestSketch = { name: 'm', seen: ['b'], ids: ['b'] };
    const party = (known: readonly string[]) => (record: string) => (known.includes(record) ? 'party' : null);
    const both = [idOf('b'), idOf('m')];
    expect(check(scene(records, [manifest]), { trustedParty: party(both) })).toEqual([
      {
        code: 'manifest.omission-other-key',
        record: idOf('m'),
        detail: { key: 'key', otherKey: 'key 2', knownBy: idOf('b'), ids: [idOf('a')] },
      },
    ]);
    expect(check(scene(records, [manifest]), { trustedParty: party([idOf('m')]) })).toEqual([]);
    expect(
      check(scene(records, [{ ...manifest, seen: [], ids: [] }]), { trustedParty: party(both) }),
    ).toEqual([]);
  });
});

describe('what a key knows before its next manifest', () => {
  test('its own chain about the item, and what that and its listed records name', () => {
    const records: Sketch[] = [
      { name: 'a', sub: CONTAINER },
      { name: 'a2', sub: CONTAINER, twinOf: 'a' },
      { name: 'b', sub: CONTAINER, seq: 1, prev: 'a', lane: 'a', seen: ['s1'] },
      { name: 'c', lane: 'b', seen: ['s2'], named: ['s3'] },
      { name: 'd', kid: 'other', seen: ['s4'] },
      { name: 'e', seq: 9, prev: 'x', lane: 'x', seen: ['s5'], verified: false },
    ];
    const manifest: ManifestSketch = {
      name: 'm',
      seq: 1,
      prev: 'c',
      lane: 'c',
      ids: ['c'],
      withheld: [withheld('w')],
    };
    const { graph, manifests } = scene(records, [manifest]);
    const known = (listed: string[]): string[] =>
      [...knownBefore(graph, 'key', ITEM, new Set(listed.map(idOf)), manifests)].sort();
    const chain = ['c', 'm', 's2', 's3', 'w'];
    expect(known([])).toEqual(chain.map(idOf).sort());
    expect(known(['b'])).toEqual([...chain, 'a', 'a2', 's1'].map(idOf).sort());
  });
});

describe('what a manifest names and is not here', () => {
  test('each has its code and its place', () => {
    const manifest: ManifestSketch = {
      name: 'm',
      ids: ['gone', 'credential'],
      asOf: 'note',
      after: 'root',
      withheld: [withheld('ghost')],
    };
    const found = check(scene([], [manifest]), { credentials: new Set([idOf('credential')]) });
    expect(found).toEqual([
      { code: 'manifest.record-missing', record: idOf('m'), detail: { ids: [idOf('gone')], records: 1 } },
      { code: 'manifest.asof-absent', record: idOf('m'), detail: { note: 'note' } },
      { code: 'manifest.volume-absent', record: idOf('m'), detail: { root: 'root' } },
      { code: 'manifest.withheld-unproven', record: idOf('m'), detail: { ids: [idOf('ghost')], records: 1 } },
    ]);
    const whole: ManifestSketch[] = [
      { name: 'm', asOf: 'note', after: 'root', withheld: [withheld('ghost')], ids: [] },
      { name: 'v', kid: 'other', root: 'root', ids: [] },
    ];
    const seen: Sketch = { name: 's', kid: 'third', seen: ['ghost'] };
    expect(check(scene([seen], whole), { notes: new Set(['note']) })).toEqual([]);
  });

  test('a maker’s own manifests do not prove each other’s ghosts', () => {
    const ghosts: ManifestSketch[] = [
      { name: 'm1', withheld: [withheld('ghost')] },
      { name: 'm2', seq: 1, prev: 'm1', lane: 'm1', ids: ['m1'], withheld: [withheld('ghost')] },
    ];
    const codes = (found: unknown[]): unknown[] => found.map((one) => (one as { code: string }).code);
    expect(codes(check(scene([], ghosts)))).toEqual(Array(2).fill('manifest.withheld-unproven'));
    const other: ManifestSketch = { name: 'm3', kid: 'other', withheld: [withheld('ghost')] };
    expect(codes(check(scene([], [...ghosts, other])))).toEqual([]);
  });

  test('nobody states completeness of the item', () => {
    const none = { code: 'manifest.none', record: undefined, detail: undefined };
    expect(check(scene([{ name: 'a' }], []))).toEqual([none]);
    expect(check(scene([], [{ name: 'm', sub: CONTAINER }]))).toEqual([none]);
  });
});

describe('logged omission', () => {
  const records: Sketch[] = ['a', 'b', 'c'].map((name) => ({ name, kid: name }));
  const answerFor = (names: string[], sub = ITEM): SubjectAnswer => ({
    origin: 'log',
    size: 9,
    subject: sha256Hex(utf8Bytes(sub)),
    count: names.length,
    root: toHex(merkleRoot(names.map(idOf).sort().map(fromHex))),
  });
  const checkLogged = (answer: SubjectAnswer, manifest: Partial<ManifestSketch>, trusted = true): unknown[] =>
    check(scene(records, [{ name: 'm', asOf: 'note', ids: ['a'], ...manifest }]), {
      notes: new Set(['note']),
      trustedAnswer: (note) => (note === 'note' ? answer : null),
      trustedParty: (record) => (trusted && record !== idOf('m') ? 'party' : null),
      loggedBefore: (origin, size) => new Set(origin === 'log' && size === 9 ? [idOf('a'), idOf('b')] : []),
    });

  test('an id of the answer that is neither listed nor withheld, by a trusted signer', () => {
    const charged = {
      code: 'manifest.logged-omission',
      record: idOf('m'),
      detail: { key: 'key', ids: [idOf('b')], records: 1, origin: 'log' },
    };
    expect(checkLogged(answerFor(['a', 'b']), {})).toEqual([charged]);
    expect(checkLogged(answerFor(['a', 'b']), { ids: ['a', 'b'] })).toEqual([]);
    expect(checkLogged(answerFor(['a', 'b']), {}, false)).toEqual([]);
    expect(checkLogged(answerFor(['a', 'b'], CONTAINER), {})).toEqual([]);
    expect(checkLogged(answerFor(['a', 'nobody knows']), {})).toEqual([]);
  });

  test('the set may be completed by what is withheld or absent', () => {
    const answer = answerFor(['a', 'b', 'w', 'gone']);
    const found = checkLogged(answer, { ids: ['a', 'gone'], withheld: [withheld('w')] });
    expect(found.filter((one) => (one as { code: string }).code === 'manifest.logged-omission')).toHaveLength(
      1,
    );
  });
});

describe('gaps', () => {
  const gapScene = (list: readonly WithheldRecord[]): Scene =>
    scene(
      [
        { name: 'r0', kid: 'other' },
        { name: 'r3', kid: 'other', seq: 3, prev: 'x', lane: 'x' },
      ],
      [{ name: 'm', withheld: list }],
    );
  const explain = ({ graph, manifests }: Scene, trusted: boolean): unknown => {
    const found = explainGaps(graph, findGaps(graph, findChains(graph), ITEM), manifests, () => trusted);
    return {
      codes: found.diagnostics.map(({ code, record, detail }) => ({ code, record, detail })),
      unexplained: found.unexplained.length,
    };
  };
  const detail = { key: 'other', sub: ITEM, from: 1, to: 2 };

  test('are explained where a trusted manifest withholds every missing number', () => {
    const all = gapScene([withheld('x', 'privacy', 1), withheld('y', 'secret', 2)]);
    expect(explain(all, true)).toEqual({
      codes: [{ code: 'chain.withheld', record: idOf('r3'), detail }],
      unexplained: 0,
    });
    const gap = { codes: [{ code: 'chain.gap', record: idOf('r3'), detail }], unexplained: 1 };
    expect(explain(all, false)).toEqual(gap);
    expect(explain(gapScene([withheld('x', 'privacy', 1)]), true)).toEqual(gap);
    expect(explain(gapScene([withheld('x', 'not-held'), withheld('y', 'secret', 2)]), true)).toEqual(gap);
  });
});

describe('no honest party is accused', () => {
  /** Parties sign about the item and a container, see what they hold, export, hand copies on and lose some. */
  const steps = fc.array(
    fc.record({
      who: fc.nat({ max: 2 }),
      what: fc.constantFrom('say', 'say', 'drop-off', 'acknowledge', 'hand-over', 'export'),
      to: fc.nat({ max: 2 }),
      pick: fc.array(fc.nat({ max: 50 }), { maxLength: 3 }),
    }),
    { minLength: 5, maxLength: 40 },
  );

  test('by silent omission, whatever of an honest history is left', () => {
    fc.assert(
      fc.property(steps, fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), (history, kept) => {
        const simulation = new Simulation();
        for (const step of history) simulation.take(step);
        const everything = simulation.scene(() => true);
        const part = simulation.scene((index) => kept[index % kept.length]!);
        for (const one of [everything, part]) {
          const codes = check(one).map((found) => (found as { code: string }).code);
          expect(codes).not.toContain('manifest.silent-omission');
        }
      }),
      { numRuns: 300 },
    );
  });
});

interface Step {
  readonly who: number;
  readonly what: string;
  readonly to: number;
  readonly pick: readonly number[];
}

/** Honest parties: each holds all it signed, and what it was given. */
class Simulation {
  readonly #records: ManifestSketch[] = [];
  readonly #held = [0, 1, 2].map(() => new Set<string>());
  readonly #heads = new Map<string, { seq: number; name: string }>();
  readonly #lanes: (string | null)[] = [null, null, null];

  take({ who, what, to, pick }: Step): void {
    const others = [...this.#held[who]!].filter((name) => this.#record(name).kid !== `k${who}`);
    const seen = [...new Set(pick.flatMap((index) => others[index % Math.max(1, others.length)] ?? []))];
    if (what === 'hand-over') for (const name of this.#held[who]!) this.#held[to]!.add(name);
    else if (what === 'export') this.#export(who);
    else if (what === 'acknowledge') this.#sign(who, ITEM, { named: seen });
    else this.#sign(who, what === 'say' ? ITEM : CONTAINER, { seen });
  }

  /** Container records are left out of an export: nothing has opened a child. */
  #export(who: number): void {
    const held = [...this.#held[who]!].map((name) => this.#record(name));
    const graph = scene(
      held.filter(({ type }) => type !== 'manifest'),
      held.filter(({ type }) => type === 'manifest'),
    );
    const going = held.filter(({ sub }) => sub === ITEM).map(({ name }) => name);
    const listed = new Set(going.map(idOf));
    const known = knownBefore(graph.graph, `k${who}`, ITEM, listed, graph.manifests);
    const left = [...known]
      .filter((id) => !listed.has(id))
      .map((id): WithheldRecord => ({ id, reason: 'not-held', at: null }));
    this.#sign(who, ITEM, { ids: going, withheld: left, type: 'manifest' });
  }

  #sign(who: number, sub: string, content: Partial<ManifestSketch>): void {
    const name = `r${this.#records.length}`;
    const kid = `k${who}`;
    const head = this.#heads.get(`${kid} ${sub}`);
    const seq = head === undefined ? 0 : head.seq + 1;
    const lane = this.#lanes[who] ?? null;
    this.#records.push({ name, kid, sub, seq, prev: head?.name ?? null, lane, ...content });
    this.#heads.set(`${kid} ${sub}`, { seq, name });
    this.#lanes[who] = name;
    this.#held[who]!.add(name);
  }

  #record(name: string): ManifestSketch {
    return this.#records.find((record) => record.name === name)!;
  }

  scene(keep: (index: number) => boolean): Scene {
    const left = this.#records.filter((_, index) => keep(index));
    return scene(
      left.filter(({ type }) => type !== 'manifest'),
      left.filter(({ type }) => type === 'manifest'),
    );
  }
}
