import { describe, expect, test } from 'vitest';
import { readRecord } from '../../src/record/read-record.js';
import { DOCTOR_WORDS } from '../../src/report/labels/doctor-words.js';
import { Workplace } from './workplace.js';

interface Step {
  readonly kind: string;
  readonly says: { readonly en: string; readonly zh: string };
  readonly result: { readonly en: string; readonly zh: string };
  readonly records: readonly string[];
  readonly facts: readonly string[];
  readonly steps: readonly Step[];
}

const PASSPORT = 'goodorder-demo/dinner-set.passport';
const CASE = [
  '--dispute',
  'goodorder-demo/dinner-set.dispute.json',
  '--trust',
  'goodorder-demo/demo.trust.json',
];

async function demo(): Promise<Workplace> {
  const place = await Workplace.make();
  await place.run(['demo', '--quiet']);
  return place;
}

function flat(steps: readonly Step[]): readonly Step[] {
  return steps.flatMap((step) => [step, ...flat(step.steps)]);
}

describe('a finding explained', () => {
  test('every edge from rule to record, the same steps as find gives', async () => {
    const place = await demo();
    const told = await place.must(['explain', PASSPORT, ...CASE]);
    const found = await place.must(['find', PASSPORT, ...CASE, '--no-what-if']);
    expect(told.finding).toBe(found.finding.digest);
    expect(told.part).toBe(null);
    expect(told.steps.map(({ steps }: Step) => steps)).toEqual(
      found.explanations.map(({ steps }: { steps: Step[] }) => steps),
    );
    const kinds = new Set(flat(told.steps).map(({ kind }) => kind));
    for (const kind of ['edge', 'rule', 'condition', 'issue', 'argument', 'fact'])
      expect(kinds).toContain(kind);
  });

  test('down to the bytes of each record it stands on', async () => {
    const place = await demo();
    const { records, steps } = await place.must(['explain', PASSPORT, 'e1', ...CASE]);
    const bytes = await place.read(PASSPORT);
    const named = new Set(flat(steps).flatMap((step) => step.records));
    expect(records.map(({ id }: { id: string }) => id).sort()).toEqual([...named].sort());
    expect(records.length).toBeGreaterThan(2);
    for (const { file, id, length, offset } of records) {
      expect(file).toBe(PASSPORT);
      const read = readRecord(bytes.slice(offset, offset + length));
      expect(read.ok && read.record.id).toBe(id);
    }
    const { out } = await place.run(['explain', PASSPORT, 'e1', ...CASE]);
    const [first] = records;
    expect(out).toContain(`bytes ${first.offset} to ${first.offset + first.length - 1} of ${PASSPORT}`);
  });

  test('by issue, by fact and by record', async () => {
    const place = await demo();
    const issue = await place.must(['explain', PASSPORT, 'bad-at-delivery', ...CASE]);
    expect(issue.steps.length).toBeGreaterThan(0);
    expect(flat(issue.steps).some(({ says }) => says.en === 'was it bad when it was delivered?')).toBe(true);
    const record = await place.must(['explain', PASSPORT, '16', ...CASE]);
    const fact = record.steps.find(({ steps }: Step) => steps.length > 0).facts[0];
    const one = await place.must(['explain', PASSPORT, fact, ...CASE]);
    expect(one.steps).toHaveLength(1);
    const argued = flat(one.steps).filter(({ kind }) => kind === 'argument');
    expect(argued.length).toBeGreaterThan(0);
    for (const { facts } of argued) expect(facts).toContain(fact);
    const short = `${fact.slice(0, 12)}#${fact.split('#')[1]}`;
    expect((await place.must(['explain', PASSPORT, short, ...CASE])).steps).toEqual(one.steps);
  });

  test('as a person would read it, in both languages', async () => {
    const place = await demo();
    const { out } = await place.run(['explain', PASSPORT, 'e1', ...CASE]);
    const read = out.replaceAll(/\s+/g, ' ');
    expect(read).toContain('nothing against it; Consumer had to show');
    expect(read).toContain('raised: one shot, item and parcel in frame');
    expect(out).not.toMatch(/\d : \d|undefined|\{\d\}/);
    const chinese = (await place.run(['explain', PASSPORT, 'e1', ...CASE, '--lang', 'zh'])).out;
    expect(chinese.replaceAll(/\s+/g, '')).toContain('由Consumer证明该事项');
    expect(chinese).not.toMatch(/undefined|\{\d\}| had to | must /);
    for (const line of [...out.split('\n'), ...chinese.split('\n')])
      expect(line.length).toBeLessThanOrEqual(80);
  });

  test('refuses what is not there', async () => {
    const place = await demo();
    for (const [part, hint] of [
      ['e99', 'there are e1 to e'],
      ['no-such-issue', 'issues decided here: '],
      ['abcd1234#0', '0 facts are named so'],
      ['999', 'the passport has no record'],
      ['__proto__', 'issues decided here: '],
    ] as const) {
      const { err, exit } = await place.run(['explain', PASSPORT, part, ...CASE]);
      expect(exit).toBe(3);
      expect(err).toContain(hint);
    }
  });
});

test('what doctor finds is explained too', async () => {
  const place = await Workplace.make();
  for (const code of Object.keys(DOCTOR_WORDS)) {
    for (const lang of ['en', 'zh']) {
      const { exit, out } = await place.run(['explain', code, '--lang', lang]);
      expect([exit, out.split('\n')[0]]).toEqual([0, code]);
      expect(out).not.toMatch(/[{}]|undefined/);
      expect(out).toContain(lang === 'en' ? 'what to do: ' : '处理办法：');
    }
  }
});
