import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  beyondGaps,
  findChains,
  findForks,
  findGaps,
  forkDiagnostics,
  forkedStatements,
} from '../../src/passport/chains.js';
import { EvidenceGraph, type GraphRecord } from '../../src/passport/graph.js';
import { checkLinks } from '../../src/passport/link-checks.js';
import { CONTAINER, ITEM } from './hand.js';
import { idOf, type Sketch, sketch } from './synthetic.js';

// Every rule on chains once more, record by record and without any of the shortcuts, over histories of careless keys.

const step = fc.record({
  kid: fc.constantFrom('k1', 'k2'),
  sub: fc.constantFrom(ITEM, CONTAINER),
  seq: fc.nat({ max: 3 }),
  prev: fc.option(fc.nat({ max: 9 }), { nil: null }),
  lane: fc.option(fc.nat({ max: 9 }), { nil: null }),
  seen: fc.array(fc.nat({ max: 9 }), { maxLength: 3 }),
  references: fc.array(fc.nat({ max: 9 }), { maxLength: 2 }),
  iat: fc.nat({ max: 3 }),
  twin: fc.boolean(),
  known: fc.constantFrom('verified', 'verified', 'verified', 'unchecked', 'no link'),
});

/** Links go to earlier records, or to ones that are absent; hashes allow no others. */
const history = fc.array(step, { minLength: 1, maxLength: 9 }).map((steps) => {
  const records = steps.flatMap((drawn, index): GraphRecord[] => {
    const nameOf = (back: number): string => (back < index ? `r${back}` : `absent ${back}`);
    const one: Sketch = {
      name: `r${index}`,
      kid: drawn.kid,
      sub: drawn.sub,
      seq: drawn.seq,
      iat: drawn.iat,
      verified: drawn.known !== 'unchecked',
      prev: drawn.prev === null ? null : nameOf(drawn.prev),
      lane: drawn.lane === null ? null : nameOf(drawn.lane),
      seen: drawn.seen.map(nameOf),
      references: drawn.references.map(nameOf),
    };
    const made = drawn.twin ? [one, { ...one, name: `r${index}'`, twinOf: `r${index}` }] : [one];
    return made.map((given) => {
      const record = sketch(given);
      return drawn.known === 'no link' ? { ...record, link: null } : record;
    });
  });
  return new EvidenceGraph(records);
});

const statementsOf = (graph: EvidenceGraph): number[] =>
  Array.from({ length: graph.statementCount }, (_, statement) => statement);
const judged = (graph: EvidenceGraph): number[] =>
  statementsOf(graph).filter((one) => graph.lead(one).verified && graph.lead(one).link !== null);

function groups(graph: EvidenceGraph, nameOf: (record: GraphRecord) => string): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (const statement of judged(graph)) {
    const name = nameOf(graph.lead(statement));
    found.set(name, [...(found.get(name) ?? []), statement]);
  }
  return found;
}

const holds = (check: (graph: EvidenceGraph) => void): void =>
  fc.assert(fc.property(history, check), { numRuns: 200 });

describe('by definition', () => {
  test('chains: the statements of one key about one subject, by seq, then id', () => {
    holds((graph) => {
      const expected = [...groups(graph, ({ kid, sub }) => `${kid} ${sub}`)]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, statements]) => ({
          kid: name.split(' ')[0],
          sub: name.split(' ')[1],
          statements: statements.sort((a, b) => graph.lead(a).link!.seq - graph.lead(b).link!.seq || a - b),
        }));
      expect(findChains(graph)).toEqual(expected);
    });
  });

  test('gaps: runs of numbers that no statement has, and what lies beyond them', () => {
    holds((graph) => {
      const chains = findChains(graph);
      const seqOf = (statement: number): number => graph.lead(statement).link!.seq;
      const expected = chains.flatMap((chain) => {
        const present = chain.statements.map(seqOf);
        const missing: number[] = [];
        for (let seq = chain.sub === ITEM ? 0 : Math.min(...present); seq < Math.max(...present); seq += 1) {
          if (!present.includes(seq)) missing.push(seq);
        }
        const starts = missing.filter((seq) => !missing.includes(seq - 1));
        return starts.map((from) => {
          let to = from;
          while (missing.includes(to + 1)) to += 1;
          return { chain, from, to, after: chain.statements.find((one) => seqOf(one) === to + 1)! };
        });
      });
      const gaps = findGaps(graph, chains, ITEM);
      expect(gaps).toEqual(expected);
      const beyond = statementsOf(graph).map((statement) =>
        gaps.some(({ chain, to }) => chain.statements.includes(statement) && seqOf(statement) > to) ? 1 : 0,
      );
      expect([...beyondGaps(graph, gaps)]).toEqual(beyond);
      expect([...beyondGaps(graph, [...gaps].reverse())]).toEqual(beyond);
    });
  });

  test('forks: two statements of one lane, or of one number about one subject', () => {
    holds((graph) => {
      const lanes = groups(graph, ({ kid, link }) => `${kid} ${link!.lane}`);
      const numbers = groups(graph, ({ kid, sub, link }) => `${kid} ${sub} ${link!.seq}`);
      const expected = new Map<string, { kid: string; by: string[]; statements: number[] }>();
      for (const [by, found] of [
        ['lane', lanes],
        ['seq', numbers],
      ] as const) {
        for (const statements of found.values()) {
          if (statements.length < 2) continue;
          const { kid } = graph.lead(statements[0]!);
          const fork = expected.get(statements.join()) ?? { kid, by: [], statements };
          expected.set(statements.join(), { ...fork, by: [...fork.by, by] });
        }
      }
      const sorted = [...expected.values()].sort(({ statements: a }, { statements: b }) => {
        const differing = a.findIndex((one, index) => one !== b[index]);
        if (differing < 0) return a.length - b.length;
        return differing >= b.length ? 1 : a[differing]! - b[differing]!;
      });
      expect(findForks(graph)).toEqual(sorted);
    });
  });

  test('both sides of a fork: what forks, and what the same key put on top of it by prev or lane', () => {
    holds((graph) => {
      const forks = findForks(graph);
      const marked = new Set(forks.flatMap(({ statements }) => statements));
      for (let size = -1; size < marked.size; ) {
        size = marked.size;
        for (const statement of statementsOf(graph)) {
          const { kid, link } = graph.lead(statement);
          const below = [link?.prev, link?.lane].map((hash) =>
            hash == null ? -1 : graph.statementOfHash(hash),
          );
          if (below.some((one) => marked.has(one) && graph.lead(one).kid === kid)) marked.add(statement);
        }
      }
      const marks = forkedStatements(graph, forks);
      expect(statementsOf(graph).filter((one) => marks[one] === 1)).toEqual(
        [...marked].sort((a, b) => a - b),
      );
    });
  });

  test('links: what each record says of another one that is here', () => {
    holds((graph) => {
      const credentials = new Set([idOf('absent 9')]);
      const found: string[] = [];
      for (const record of graph.records) {
        const { id, kid, sub, iat, link } = record;
        const statement = graph.statementOfId(id);
        if (!graph.lead(statement).verified) continue;
        const say = (code: string, detail: object, path?: string): void => {
          found.push(JSON.stringify([code, id, path, detail]));
        };
        const at = (hash: string | null | undefined): GraphRecord | null => {
          const target = hash == null ? -1 : graph.statementOfHash(hash);
          return target < 0 ? null : graph.lead(target);
        };
        const twins = graph.membersOf(statement).map((position) => graph.records[position]!.id);
        if (twins.length > 1) say('record.twin', { ids: twins, records: twins.length });
        const [before, last] = [at(link?.prev), at(link?.lane)];
        const isMine = (other: GraphRecord): boolean => other.kid === kid && other.sub === sub;
        if (before !== null && !(isMine(before) && (before.link?.seq ?? -1) === link!.seq - 1)) {
          say('link.prev-mismatch', { prev: before.id });
        }
        if (last !== null && last.kid !== kid) say('link.lane-foreign', { lane: last.id });
        if (last !== null && last.kid === kid && iat < last.iat) {
          say('time.iat-regress', { lane: last.id, seconds: last.iat - iat });
        }
        const seen = link?.seen ?? [];
        const own = seen.filter((one) => graph.recordOf(one) && isMine(graph.recordOf(one)!));
        const absent = seen.filter((one) => !graph.recordOf(one) && !credentials.has(one));
        if (own.length > 0) say('link.seen-own', { ids: own });
        if (absent.length > 0) say('link.absent', { ids: absent });
        for (const { path, id: named } of record.references) {
          const target = graph.recordOf(named);
          const isSeen = seen.some(
            (one) => one === named || (target && graph.statementOfId(one) === graph.statementOfId(named)),
          );
          if (isSeen) continue;
          if (target === undefined) say('link.ref-unproven', { id: named }, path);
          else if (!isMine(target) || (target.link?.seq ?? -1) >= (link?.seq ?? 0)) {
            say('link.ref-not-seen', { id: named }, path);
          }
        }
        if (link === null) continue;
        const present = judged(graph).filter((one) => {
          const other = graph.lead(one);
          return isMine(other) && other.link!.seq === link.seq - 1;
        });
        if (present.length > 0 && !present.some((one) => graph.lead(one).statementHash === link.prev)) {
          say('chain.prev-other', { present: present.map((one) => graph.lead(one).id) });
        }
      }
      const told = checkLinks(graph, findChains(graph), credentials);
      const said = told.map(({ code, record, path, detail }) => JSON.stringify([code, record, path, detail]));
      expect(said.sort()).toEqual(found.sort());
    });
  });
});

describe('of very many', () => {
  test('twins, forks and predecessors the first sixteen are named, and all are counted', () => {
    const names = Array.from({ length: 20 }, (_, index) => `r${index}`);
    const forked = new EvidenceGraph(names.map((name) => sketch({ name, lane: name, prev: null })));
    const ids = names.map(idOf).sort();
    expect(forkDiagnostics(forked, findForks(forked))).toEqual([
      {
        code: 'chain.fork',
        axis: 'completeness',
        severity: 'failure',
        record: ids[0],
        detail: { key: 'key', ids: ids.slice(0, 16), records: 20, by: ['seq'] },
      },
    ]);
    const twins = new EvidenceGraph(names.map((name) => sketch({ name, twinOf: 'r0' })));
    const told = checkLinks(twins, findChains(twins), new Set());
    expect(told.map(({ code, record, detail }) => [code, record, detail])).toEqual(
      ids.map((id) => ['record.twin', id, { ids: ids.slice(0, 16), records: 20 }]),
    );
    const after = sketch({ name: 'after', seq: 1, prev: 'swapped', lane: 'swapped' });
    const graph = new EvidenceGraph([...names.map((name) => sketch({ name, lane: name })), after]);
    const [other] = checkLinks(graph, findChains(graph), new Set());
    expect([other!.code, other!.record, other!.detail]).toEqual([
      'chain.prev-other',
      idOf('after'),
      { present: ids.slice(0, 16) },
    ]);
  });
});
