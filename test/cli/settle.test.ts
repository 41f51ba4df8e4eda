import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Json, Workplace } from './workplace.js';

const EXAMPLES = new URL('../../docs/examples/', import.meta.url);
const TRUST = ['--trust', 'demo/demo.trust.json'];

async function workplace(): Promise<Workplace> {
  const place = await Workplace.make();
  await place.run(['demo', 'demo']);
  await place.write('desk.yaml', readFileSync(new URL('settlement-policy.yaml', EXAMPLES)));
  await place.write('cover.yaml', readFileSync(new URL('payout-table.yaml', EXAMPLES)));
  return place;
}

const disputed = [
  'settle',
  'demo/dinner-set.passport',
  '--dispute',
  'demo/dinner-set.dispute.json',
  ...TRUST,
];

test('one line of ndjson an instruction, as in the JSON', async () => {
  const place = await workplace();
  const whole = await place.must([...disputed, '--policy', 'desk.yaml']);
  const { out } = await place.run([...disputed, '--policy', 'desk.yaml', '--format', 'ndjson']);
  expect(
    out
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line)),
  ).toEqual(whole.instructions);
  expect(whole.instructions.map(({ order }: Json) => order)).toEqual([1, 2, 2]);
  const { finding } = await place.must(['find', ...disputed.slice(1), '--no-what-if']);
  expect(whole.finding).toBe(finding.digest);
});

test('in words: who pays whom, after what, and why a person has to look', async () => {
  const { out } = await (await workplace()).run([...disputed, '--policy', 'desk.yaml']);
  expect(out).toMatch(/1\. Seller pays Consumer {2}1,280\.00 CNY/);
  expect(out).toContain('it is not below the limit (500.00 CNY)');
  expect(out).toContain('only after instruction 1');
  expect(out).toContain('the same debt as instruction 3: paid once');
  expect(out).toContain('only when the goods are back; no record shows them back');
  expect(out).toContain('instructions, not payments: nothing is carried out here');
});

test('a confirmation of delivery has no word of debts, a trigger none of fault', async () => {
  const place = await workplace();
  const delivered = await place.must(['settle', 'demo/dinner-set.passport', '--delivery', ...TRUST]);
  expect(delivered.deliveries).toHaveLength(1);
  expect(Object.keys(delivered).sort()).toEqual(
    ['deliveries', 'evidence', 'idempotencyKey', 'item', 'kind', 'schemaVersion'].sort(),
  );
  const { events } = await place.must([
    'settle',
    'demo/dinner-set.passport',
    '--triggers',
    'cover.yaml',
    ...TRUST,
  ]);
  expect(events.map(({ amountMinor, trigger }: Json) => [trigger, amountMinor])).toEqual([
    ['hard-knock', 10_000],
    ['hard-knock', 30_000],
    ['arrived', 500],
  ]);
  // Without whom to believe, nobody's word triggers anything.
  expect(
    (await place.must(['settle', 'demo/dinner-set.passport', '--triggers', 'cover.yaml'])).events,
  ).toEqual([]);
});

test('one product at a time, and a policy only for instructions', async () => {
  const place = await workplace();
  for (const more of [
    [],
    ['--delivery', '--triggers', 'cover.yaml'],
    ['--delivery', '--dispute', 'demo/dinner-set.dispute.json'],
    ['--delivery', '--policy', 'desk.yaml'],
  ]) {
    const ran = await place.run(['settle', 'demo/dinner-set.passport', ...TRUST, ...more]);
    expect(ran.exit, more.join(' ')).toBe(2);
    expect(ran.out).toBe('');
  }
});

test('a policy that is wrong is refused with its line', async () => {
  const place = await workplace();
  await place.write('desk.yaml', 'schemaVersion: 1\nid: x\nchallengeDays: -1\n');
  const ran = await place.run([...disputed, '--policy', 'desk.yaml']);
  expect(ran.err).toMatch(/settlement\.malformed: `challengeDays` .*desk\.yaml:3:16/);
  expect(ran.exit).toBe(3);
});
