import { expect, test } from 'vitest';
import { at, HANDOVER, ITEM, Story } from './story.js';
import type { Json } from './workplace.js';

const LIMIT = 50_000;
const said = (index: number) => ({
  occurredAt: '2026-09-09T12:00:00+08:00',
  about: { item: ITEM },
  text: `${index} `.padEnd(3_900, 'x'),
});

/** A history that takes several volumes of `LIMIT`: two signers in turn. */
async function longStory(): Promise<Story> {
  const story = await Story.begin();
  await story.commission();
  await story.sign('carrier', 'handover', HANDOVER, 1);
  for (let index = 0; index < 12; index += 1)
    await story.sign(index % 3 === 0 ? 'carrier' : 'seller', 'statement', said(index), 2 + index);
  return story;
}

const trusting = ['--trust', 'court.trust.json', '--format', 'json', '--at', at(100)];
const severities = (report: Json, severity: string): string[] => [
  ...new Set<string>(
    report.findings.filter((one: Json) => one.severity === severity).map(({ code }: Json) => code),
  ),
];

test('a history that is too long is refused, cut into volumes, and whole again', async () => {
  const story = await longStory();
  const { place } = story;
  const refused = await place.run(
    ['export', '../set.passport', '-o', '../court.passport', '--limit', String(LIMIT)],
    { in: 'seller' },
  );
  expect({ exit: refused.exit, out: refused.out }).toEqual({ exit: 3, out: '' });
  expect(refused.err).toMatch(/^goodorder: passport\.too-large: .*--volumes cuts it/);
  const merged = await place.run(['merge', 'set.passport', '-o', 'all.passport', '--limit', String(LIMIT)]);
  expect({ exit: merged.exit, out: merged.out }).toEqual({ exit: 3, out: '' });
  expect(merged.err).toContain('passport.too-large');

  const words = [
    'export',
    '../set.passport',
    '-o',
    '../court.passport',
    '--volumes',
    '--limit',
    String(LIMIT),
  ];
  const exported = await place.must(words, { in: 'seller' });
  const { length } = exported.volumes;
  expect(length).toBeGreaterThan(2);
  expect(exported).toMatchObject({ item: ITEM, reused: false, withheld: [], leftOut: [] });
  expect(exported.manifests).toHaveLength(length);
  // The refused export had signed nothing: the chain goes on without a gap.
  const names = exported.volumes.map(({ written }: Json) => written.slice('../'.length));
  expect(names).toEqual(Array.from({ length }, (_, index) => `court-${index + 1}-of-${length}.passport`));

  // Each alone holds its own rules, and says that something is missing.
  for (const [index, name] of names.entries()) {
    const bytes = await place.read(name);
    expect(bytes.length).toBeLessThanOrEqual(LIMIT);
    expect(exported.volumes[index].bytes).toBe(bytes.length);
    const alone = await place.run(['verify', name, ...trusting]);
    expect(alone.exit, name).toBe(11);
    expect(severities(alone.json(), 'failure')).toEqual([]);
    expect(severities(alone.json(), 'indeterminate')).toContain('manifest.part-absent');
    expect(severities(alone.json(), 'indeterminate').includes('manifest.volume-absent')).toBe(index > 0);
  }

  // Together they are complete.
  const together = await place.run(['verify', ...names, '--volumes', ...trusting]);
  expect(severities(together.json(), 'indeterminate')).toEqual([]);
  expect(together.exit).toBe(0);
  expect(together.json()).toMatchObject({ verdict: 'TOTAL-PASSED', elements: { records: 14 + length } });
  const shuffled = await place.run(['verify', ...names.toReversed(), '--volumes', ...trusting]);
  expect(shuffled.json().sha256).toBe(together.json().sha256);
  // And they are what a merge makes of them.
  await place.must(['merge', ...names, '-o', 'whole.passport']);
  const whole = await place.run(['verify', 'whole.passport', ...trusting]);
  expect(whole.json().sha256).toBe(together.json().sha256);

  // One is missing, one is damaged.
  const without = await place.run(['verify', ...names.slice(0, -1), '--volumes', ...trusting]);
  expect(without.exit).toBe(11);
  const middle = await place.run(['verify', names[0], ...names.slice(2), '--volumes', ...trusting]);
  expect(severities(middle.json(), 'indeterminate')).toContain('manifest.volume-absent');
  const damaged = await place.read(names[1]);
  damaged[400] = (damaged[400] as number) ^ 1;
  await place.write(names[1], damaged);
  expect((await place.run(['verify', ...names, '--volumes', ...trusting])).exit).toBe(10);
  damaged[3] = 0;
  await place.write(names[1], damaged);
  const noPassport = await place.run(['verify', ...names, '--volumes', ...trusting]);
  expect(noPassport.exit).toBe(10);
  expect(noPassport.json()).toMatchObject({ file: names[1], counts: { 'passport.magic': 1 } });
});

test('volumes of unchanged evidence are the same again; what fits into one file is one file', async () => {
  const story = await longStory();
  const { place } = story;
  const words = ['export', '../set.passport', '--volumes', '--limit', String(LIMIT), '-o'];
  const first = await place.must([...words, '../a.passport'], { in: 'seller' });
  const again = await place.must([...words, '../b.passport'], { in: 'seller' });
  expect(again).toMatchObject({ reused: true, manifests: first.manifests });
  expect(again.volumes.map(({ sha256 }: Json) => sha256)).toEqual(
    first.volumes.map(({ sha256 }: Json) => sha256),
  );
  // Something new: a new series, and the old one goes along as the records it is.
  await story.sign('seller', 'statement', said(99), 40);
  const later = await place.must([...words, '../c.passport'], { in: 'seller' });
  expect(later.reused).toBe(false);
  const names = later.volumes.map(({ written }: Json) => written.slice('../'.length));
  const together = await place.run(['verify', ...names, '--volumes', ...trusting]);
  expect(severities(together.json(), 'indeterminate')).toEqual([]);
  expect(together.exit).toBe(0);

  const one = await place.must(['export', '../set.passport', '--volumes', '-o', '../one.passport'], {
    in: 'carrier',
  });
  expect(one).toMatchObject({ written: '../one.passport', reused: false });
  expect(one.volumes).toBeUndefined();
});

test('refused: volumes without manifests, of two items, or with a record that fits into none', async () => {
  const story = await longStory();
  const { place } = story;
  const run = (...words: string[]) => place.run(['export', '../set.passport', ...words], { in: 'seller' });
  expect(await run('-o', '../x.passport', '--volumes', '--no-manifest')).toMatchObject({ exit: 2, out: '' });
  const tight = await run('-o', '../x.passport', '--volumes', '--limit', '28000');
  expect(tight.exit).toBe(3);
  expect(tight.err).toContain('does not fit into a volume of 28000 bytes');
  await story.sign('buyer', 'statement', { ...said(1), about: { item: `${ITEM}9` } }, 3, {
    into: '../other.passport',
    sub: `${ITEM}9`,
  });
  const two = await place.run(['verify', 'set.passport', 'other.passport', '--volumes', ...trusting]);
  expect(two.exit).toBe(3);
  expect(two.json().error.code).toBe('merge.item');
});

test('withheld records stay withheld, and are declared once', async () => {
  const story = await longStory();
  const { place } = story;
  const exported = await place.must(
    [
      ...['export', '../set.passport', '--volumes', '--limit', String(LIMIT), '-o', '../w.passport'],
      ...['--withhold', '5:secret'],
    ],
    { in: 'seller' },
  );
  expect(exported.withheld).toMatchObject([{ reason: 'secret' }]);
  const names = exported.volumes.map(({ written }: Json) => written.slice('../'.length));
  const report = (await place.run(['verify', ...names, '--volumes', ...trusting])).json();
  expect(report.verdict).toBe('TOTAL-PASSED');
  expect(report.counts).toMatchObject({ 'chain.withheld': 1 });
  expect(report.records.map(({ id }: Json) => id)).not.toContain(exported.withheld[0].id);
});
