import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/finding/canonical-json.js';
import type { Argument, IssueDecision } from '../../src/finding/decisions.js';
import { evaluateCondition } from '../../src/finding/evaluate-condition.js';
import type { Assessment } from '../../src/finding/finding.js';
import type { Pack } from '../../src/rules/pack.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import { readSentence } from '../../src/rules/sentences.js';
import {
  BUYER,
  CARRIER_A,
  CARRIER_B,
  countersign,
  delivery,
  LAB,
  observation,
  type RecordDraft,
  SELLER,
  statement,
} from '../facts/case-builder.js';
import { load, rule, smallPack } from '../rules/built-packs.js';
import { cases, holds, logOf, observationOf } from './generated-cases.js';
import { judge, scenario9 } from './scenario-records.js';

const EVIDENCE = BUILT_IN_PACKS.get('evidence.cn')!;
type Side = 'pro' | 'con';

/** Every issue decided in a case, by edge, name and leg. */
function issuesOf({ decisions }: Assessment): ReadonlyMap<string, IssueDecision> {
  return new Map(
    decisions.edges.flatMap((edge) =>
      decisions
        .issuesOf(edge)
        .map((one) => [canonicalJson([edge.id, one.issue.name, one.leg]), one] as const),
    ),
  );
}

/** Not raised reads as not found. */
function reads({ status }: IssueDecision): string {
  return status === 'not-raised' ? 'not-found' : status;
}

function byName(given: readonly Argument[], side: Side): ReadonlyMap<string, number> {
  return new Map(
    given.flatMap((one) =>
      one.side === side
        ? [[canonicalJson([one.by, one.source, one.how, one.rests.map(({ fact }) => fact)]), one.grade]]
        : [],
    ),
  );
}

/** The one side that has more to say than before, all else on the issue being equal; null where more than that differs. */
function strengthened(before: IssueDecision, after: IssueDecision): Side | null {
  const rules = ({ burden, forks, presumptions, rules: readings, standard }: IssueDecision): string =>
    canonicalJson([
      burden,
      standard,
      presumptions,
      forks.map(({ leg, rule: id }) => [leg, id]),
      readings.map(({ leg, rule: { id }, value }) => [id, leg, value]),
    ]);
  if (rules(before) !== rules(after)) return null;
  const stronger = (['pro', 'con'] as const).filter((side) => {
    const [old, now] = [byName(before.arguments, side), byName(after.arguments, side)];
    return canonicalJson([...old].sort()) !== canonicalJson([...now].sort());
  });
  const [side, other] = stronger;
  if (side === undefined || other !== undefined) return null;
  const now = byName(after.arguments, side);
  return [...byName(before.arguments, side)].every(([name, grade]) => (now.get(name) ?? -1) >= grade)
    ? side
    : null;
}

interface Seen {
  compared: number;
  moved: number;
}

/** Fails where an issue of which one side became stronger moved away from that side. */
function neverAway(before: Assessment, after: Assessment, seen: Seen): void {
  const now = issuesOf(after);
  for (const [key, old] of issuesOf(before)) {
    const one = now.get(key);
    const side = one === undefined ? null : strengthened(old, one);
    if (one === undefined || side === null) continue;
    const [from, to] = [reads(old), reads(one)];
    const won = side === 'pro' ? 'found' : 'not-found';
    if (from === won) expect(to, key).toBe(won);
    if (from === 'undetermined') expect([won, 'undetermined'], key).toContain(to);
    seen.compared += 1;
    if (from !== to) seen.moved += 1;
  }
}

describe('an argument never moves an issue from the side it argues for (P1)', () => {
  test('be it what a record says', () => {
    const seen = { compared: 0, moved: 0 };
    holds(
      fc.property(cases, fc.oneof(observationOf('more'), logOf('more')), (records, more) => {
        neverAway(judge(records), judge([...records, more]), seen);
      }),
      80,
    );
    expect(seen.compared).toBeGreaterThan(60);
    expect(seen.moved).toBeGreaterThan(5);
  });

  test('or what a party pleads', () => {
    const pleading = fc.record({
      party: fc.constantFrom(SELLER, BUYER, CARRIER_A, CARRIER_B),
      issue: fc.constantFrom('defective', 'bad-at-delivery', 'good-at-start', 'packing-caused'),
      position: fc.constantFrom('admit', 'deny'),
    });
    const seen = { compared: 0, moved: 0 };
    holds(
      fc.property(cases, fc.array(pleading, { maxLength: 2 }), pleading, (records, others, more) => {
        const before = judge(records, { pleadings: others });
        neverAway(before, judge(records, { pleadings: [...others, more] }), seen);
      }),
      120,
    );
    expect(seen.compared).toBeGreaterThan(30);
    expect(seen.moved).toBeGreaterThan(5);
  });
});

describe('a higher grade for a side never hurts it on the issue (P5)', () => {
  /** Ways to make a record worth more. */
  const BETTER: Readonly<Record<string, (draft: RecordDraft) => readonly RecordDraft[]>> = {
    'pinned from outside': (draft) => [{ ...draft, over: { ...draft.over, pinnedBy: ['log'] } }],
    'proven at once': (draft) => [{ ...draft, upper: Math.min(draft.upper ?? 10_000, 21) }],
    trusted: (draft) => [{ ...draft, over: { ...draft.over, state: 'trusted', binding: 'path' } }],
    'of full standing': (draft) => [{ ...draft, over: { ...draft.over, standing: 'full' } }],
    ...Object.fromEntries(
      [SELLER, BUYER, CARRIER_A, CARRIER_B].map((by) => [
        `counter-signed by ${by}`,
        (draft: RecordDraft) => [
          draft,
          countersign('later answer', {
            by,
            of: draft.name,
            h: 20.4,
            upper: 21,
            payload: { inspectedScope: [{ aspect: 'fracture' }] },
          }),
        ],
      ]),
    ),
  };

  test('however a record comes to be worth more', () => {
    const seen = { compared: 0, moved: 0 };
    holds(
      fc.property(cases, fc.nat(), fc.constantFrom(...Object.keys(BETTER)), (records, index, way) => {
        const speaking = records.filter(
          ({ payload, type }) => 'observations' in payload || type === 'sensor-batch',
        );
        const chosen = speaking[index % speaking.length];
        const better = records.flatMap((one) => (one === chosen ? BETTER[way]!(one) : [one]));
        neverAway(judge(records), judge(better), seen);
      }),
      200,
    );
    expect(seen.compared).toBeGreaterThan(15);
    expect(seen.moved).toBeGreaterThan(1);
  });
});

describe('a wider time makes nothing sure that was sure otherwise (P8)', () => {
  const SENTENCES = [
    'event.discovered within 1 h of event.delivered',
    'event.discovered within 3 h of event.delivered',
    'event.delivered before event.discovered',
    'event.delivered before event.notified',
    'event.notified within 2 h of event.delivered',
    'event.delivered overlaps event.discovered',
    'event.delivered during leg',
    'event.sold before event.delivered',
  ];
  type Tree = string | { readonly [op in 'all' | 'any']?: readonly Tree[] } | { readonly not: Tree };
  const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...SENTENCES),
      fc.record({ all: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('tree') }),
    ),
  }));

  test('whatever is made of sentences by all, any and not', () => {
    const plain = judge(scenario9());
    // Whoever received it tells of the same passage and names another hour: the passage lies between the two.
    const widened = [0.1, 0.3, 2, 5].flatMap((by) =>
      [by, -by].map((h) =>
        judge([
          ...scenario9(),
          delivery('told again', { from: CARRIER_B, to: BUYER, by: BUYER, h: 20 + h, upper: 26 }),
        ]),
      ),
    );
    const ask = (from: Assessment, given: Tree) => {
      const edge = from.decisions.edges.find(
        ({ debtor, template }) => template.name === 'shipper-carrier' && debtor === CARRIER_B,
      )!;
      const leg = [...edge.damage.legs.values()].at(-1)!;
      const condition = (one: Tree): Parameters<typeof evaluateCondition>[0] => {
        if (typeof one === 'string') {
          const reading = readSentence(one);
          if (!reading.ok) throw new Error(reading.message);
          return reading.condition;
        }
        if ('not' in one) return { op: 'not', of: condition(one.not) } as never;
        const [op, list] = Object.entries(one)[0] as ['all' | 'any', readonly Tree[]];
        return { op, of: list.map(condition) } as never;
      };
      return evaluateCondition(condition(given), { edge, leg }, from.decisions).value;
    };
    let unknown = 0;
    let same = 0;
    holds(
      fc.property(tree, fc.constantFrom(...widened), (given, wide) => {
        const [sharp, blurred] = [ask(plain, given), ask(wide, given)];
        if (blurred === null) unknown += sharp === null ? 0 : 1;
        else if (sharp !== null) {
          expect(blurred).toBe(sharp);
          same += 1;
        }
      }),
      600,
    );
    expect(unknown).toBeGreaterThan(30);
    expect(same).toBeGreaterThan(100);
  });
});

describe('swapping the sides with their burden negates (P10)', () => {
  const issue = (name: string, pro: string, burden: string, shown: string): string =>
    `  ${name}: { asks: { en: "?", zh: "？" }, pro: ${pro}, burden: ${burden}, standard: STANDARD, about: [damage], shown: [${shown}] }`;
  /** `was-bad` is for the buyer to show, `was-good` the same question from the seller's side. */
  const packs = new Map(
    ['prima-facie', 'preponderance', 'high', 'beyond-doubt'].flatMap((standard) =>
      (['pro', 'con'] as const).map((burden) => {
        const opposite = burden === 'pro' ? 'con' : 'pro';
        const issues = [
          issue('was-bad', 'buyer', burden, 'state bad at delivery'),
          issue('was-good', 'seller', opposite, 'state good at delivery'),
        ]
          .join('\n')
          .replaceAll('STANDARD', standard);
        const bar = (id: string, name: string): string =>
          rule({ id, if: `[issue ${name} is found]`, effect: '{ bar: consumer-seller }' });
        const text = smallPack({ issues, rules: [bar('R-1', 'was-bad'), bar('R-2', 'was-good')].join('\n') });
        return [`${standard} ${burden}`, [load(text, [EVIDENCE]), EVIDENCE] as readonly Pack[]] as const;
      }),
    ),
  );

  test('on real evidence, under every standard', () => {
    const statuses = new Map<string, number>();
    holds(
      fc.property(cases, fc.constantFrom(...packs.keys()), (records, key) => {
        const { decisions } = judge(
          records,
          { claims: [], packs: [{ id: 'small' }, { id: 'evidence.cn' }] },
          packs.get(key)!,
        );
        const edge = decisions.edges.find(({ template }) => template.name === 'consumer-seller');
        if (edge === undefined) return;
        decisions.edge(edge);
        const [bad, good] = ['was-bad', 'was-good'].map((name) => reads(decisions.issue(edge, name, null)));
        expect(bad).toBe(good === 'found' ? 'not-found' : 'found');
        statuses.set(bad!, (statuses.get(bad!) ?? 0) + 1);
      }),
      120,
    );
    expect(Math.min(statuses.get('found') ?? 0, statuses.get('not-found') ?? 0)).toBeGreaterThan(20);
  });
});

describe('what is worth nothing to anybody (P12)', () => {
  test('changes nothing that is decided, and stays disclosed', () => {
    const words = (one: Assessment): string =>
      canonicalJson([
        one.finding.edges,
        one.finding.debts,
        [...issuesOf(one)].map(([key, { arguments: _, ...rest }]) => [
          key,
          rest.status,
          rest.by,
          rest.pro,
          rest.con,
        ]),
      ]);
    const worthless = fc
      .record({
        by: fc.constantFrom(LAB, 'a stranger'),
        value: fc.constantFrom('good', 'bad'),
        h: fc.nat(60),
      })
      .map(({ by, value, h }) =>
        statement('worthless', {
          by: by === LAB ? LAB : 'https://id.gs1.org/417/9506000134420',
          h,
          upper: h + 1,
          payload: { observations: [observation('fracture', value)] },
          over: { standing: 'adverse-only' },
        }),
      );
    holds(
      fc.property(cases, worthless, (records, extra) => {
        const [without, withIt] = [judge(records), judge([...records, extra])];
        expect(words(withIt)).toBe(words(without));
        expect(withIt.facts.byId.size).toBeGreaterThan(without.facts.byId.size);
      }),
      60,
    );
  });
});
