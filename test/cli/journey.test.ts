import { expect, test } from 'vitest';
import { readPassportFile } from '../../src/passport/file.js';
import { at, HANDOVER, ITEM, Story } from './story.js';
import type { Json } from './workplace.js';

const typesOf = (report: Json): string[] => report.records.map((record: Json) => record.claimed.type);
const statesOf = (report: Json): string[] => report.records.map((record: Json) => record.state);

test('from empty folders to a passport that passes, as a new user would', async () => {
  const story = await Story.begin();
  const { place } = story;

  const commission = await story.commission();
  expect(commission).toMatchObject({ type: 'commission', seq: 0, seen: [], written: ['../set.passport'] });
  const handover = await story.handover();
  expect(handover).toMatchObject({
    type: 'handover',
    seq: 0,
    seen: [commission.id],
    openings: 1,
    missing: [],
  });

  // The credentials and the chamber's own key travel without anybody's doing.
  const first = await story.verify('set.passport', '--format', 'json');
  expect(first.exit).toBe(0);
  expect(first.json()).toMatchObject({
    verdict: 'TOTAL-PASSED',
    elements: { records: 2, keys: 3, credentials: 2, openings: 1 },
    trust: { name: 'court', sequence: 1 },
  });
  expect(statesOf(first.json())).toEqual(['trusted', 'trusted']);

  // The seller agrees to what the carrier wrote, the buyer says what arrived, each in the same file.
  const agreed = await place.must(
    [
      'countersign',
      '../set.passport',
      '2',
      '--stance',
      'agree',
      '--remark',
      'clean',
      '--scope',
      'packaging-outer',
      'labelling',
      '--at',
      at(2),
    ],
    { in: 'seller' },
  );
  expect(agreed).toMatchObject({ type: 'countersign', seq: 1, seen: [handover.id] });
  await story.sign(
    'buyer',
    'statement',
    { occurredAt: '2026-09-09T12:00:00+08:00', about: { item: ITEM }, text: 'one plate is broken' },
    3,
  );

  const exported = await place.must(['export', '../set.passport', '-o', '../court.passport'], {
    in: 'seller',
  });
  expect(exported).toMatchObject({ item: ITEM, reused: false, withheld: [], leftOut: [] });
  expect(exported.manifests).toHaveLength(1);

  const report = (await story.verify('court.passport', '--format', 'json')).json();
  expect(report.verdict).toBe('TOTAL-PASSED');
  expect(typesOf(report)).toEqual(['commission', 'handover', 'countersign', 'statement', 'manifest']);
  expect(statesOf(report)).toEqual(['trusted', 'trusted', 'trusted', 'valid', 'trusted']);
  expect(report.answers.completeness.answer).toBe('passed');
  expect(report.records[3].verified.binding).toBe('self');
});

test('what leaves with an export does not tear a hole into the next file', async () => {
  const story = await Story.begin();
  const { place } = story;
  await story.commission();
  await place.must(['export', '../set.passport', '-o', '../first.passport'], { in: 'seller' });
  // The manifest took the seller's number 2 and is not in set.passport: the next signature brings it along.
  const next = await story.sign(
    'seller',
    'statement',
    { occurredAt: '2026-09-09T12:00:00+08:00', about: { item: ITEM }, text: 'packed' },
    30,
  );
  expect(next).toMatchObject({ seq: 2, missing: [] });
  await place.must(['export', '../set.passport', '-o', '../second.passport'], { in: 'seller' });
  for (const file of ['set.passport', 'second.passport']) {
    const { exit, json } = await story.verify(file, '--format', 'json', '--at', at(100));
    expect({ file, exit }).toEqual({ file, exit: 0 });
    expect(json().counts['chain.gap']).toBeUndefined();
  }
  // Nothing changed since: the same bytes again, and no further manifest.
  const again = await place.must(['export', '../set.passport', '-o', '../third.passport'], { in: 'seller' });
  expect(again).toMatchObject({ reused: true });
  expect(await place.read('third.passport')).toEqual(await place.read('second.passport'));
});

test('private values travel as openings until an export keeps them back', async () => {
  const story = await Story.begin();
  const { place } = story;
  await story.commission();
  await story.handover();
  const shown = async (file: string) =>
    (await place.must(['show', file, '2', '--trust', 'court.trust.json'])).claimed.payload.persons;
  expect(await shown('set.passport')).toEqual([{ capacity: 'driver', name: 'Li Wei' }]);
  await place.must(['export', '../set.passport', '-o', '../closed.passport', '--hide', 'persons[].name'], {
    in: 'seller',
  });
  expect(await shown('closed.passport')).toEqual([{ capacity: 'driver', name: { hidden: true } }]);
  expect(Buffer.from(await place.read('closed.passport')).includes('Li Wei')).toBe(false);
  await place.must(
    ['export', '../set.passport', '-o', '../all-closed.passport', '--hide', 'all', '--no-manifest'],
    { in: 'seller' },
  );
  expect(await shown('all-closed.passport')).toEqual([{ capacity: 'driver', name: { hidden: true } }]);
});

test('a record is withheld in the open', async () => {
  const story = await Story.begin();
  const { place } = story;
  await story.commission();
  const told = await story.sign(
    'seller',
    'statement',
    { occurredAt: '2026-09-09T12:00:00+08:00', about: { item: ITEM }, text: 'our own business' },
    2,
  );
  const exported = await place.must(
    ['export', '../set.passport', '-o', '../court.passport', '--withhold', `${told.id.slice(0, 8)}:secret`],
    { in: 'seller' },
  );
  expect(exported.withheld).toMatchObject([{ id: told.id, reason: 'secret' }]);
  const report = await story.verify('court.passport', '--format', 'json');
  expect(report.exit).toBe(0);
  expect(report.json().counts).toMatchObject({ 'chain.withheld': 1 });
  expect(typesOf(report.json())).toEqual(['commission', 'manifest']);

  for (const [args, exit, message] of [
    [['--withhold', `${told.id}:whim`], 2, 'privacy or secret'],
    [['--withhold', 'abcd0123:secret'], 3, 'no record `abcd0123`'],
    [['--withhold', `${told.id}:secret`, '--no-manifest'], 2, 'only a manifest'],
  ] as const) {
    const refused = await place.run(['export', '../set.passport', '-o', '../no.passport', ...args], {
      in: 'seller',
    });
    expect(refused, message).toMatchObject({ exit, out: '' });
    expect(refused.err).toContain(message);
  }
});

test('records travel alone too, and come together in any order', async () => {
  const story = await Story.begin();
  const { place } = story;
  await story.commission();
  const alone = await story.sign('carrier', 'handover', HANDOVER, 1, { args: ['-o', '../pickup.record'] });
  expect(alone).toMatchObject({ written: ['../pickup.record'], openings: 1, seen: [] });
  const merged = await place.must([
    'merge',
    'pickup.record',
    'pickup.record.1.opening',
    'set.passport',
    '-o',
    'both.passport',
  ]);
  // Without the carrier's key the record cannot be checked, so it stays out, and is named.
  expect(merged.leftOut).toMatchObject([
    { code: 'key.absent', element: 'record', sha256: alone.id, from: 'pickup.record' },
    { code: 'passport.unreferenced', element: 'opening', from: 'pickup.record.1.opening' },
  ]);
  const key = Buffer.from(await story.publicKey('carrier'), 'base64url');
  await place.write('carrier.key', key);
  const parts = ['pickup.record', 'pickup.record.1.opening', 'carrier.key', 'set.passport'];
  const whole = await place.must(['merge', ...parts, '-o', 'whole.passport']);
  const other = await place.must(['merge', ...parts.toReversed(), '-o', 'other.passport']);
  expect(whole).toMatchObject({ leftOut: [], sha256: other.sha256 });
  expect(await place.run(['diff', 'whole.passport', 'other.passport'])).toMatchObject({ exit: 0 });
  const differing = await place.run(['diff', 'set.passport', 'whole.passport', '--format', 'json']);
  expect(differing.exit).toBe(12);
  expect(differing.json().differences.map((one: Json) => [one.member, one.only])).toEqual([
    ['record', 'second'],
    ['key', 'second'],
    ['opening', 'second'],
  ]);
});

test('parties that hold different halves merge them', async () => {
  const story = await Story.begin();
  const { place } = story;
  await story.commission();
  await place.write('carrier.passport', await place.read('set.passport'));
  await story.sign(
    'seller',
    'statement',
    { occurredAt: '2026-09-09T12:00:00+08:00', about: { item: ITEM }, text: 'packed' },
    2,
  );
  await story.sign('carrier', 'handover', HANDOVER, 1, { into: '../carrier.passport' });
  await place.must(['merge', 'set.passport', 'carrier.passport', '-o', 'set.passport', '--force']);
  const read = readPassportFile(await place.read('set.passport'));
  expect(read.ok && read.file.members[1].length).toBe(3);
  expect((await story.verify('set.passport')).exit).toBe(0);
});
