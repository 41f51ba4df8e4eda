import { describe, expect, test } from 'vitest';
import { at, FROM, ITEM, SELLER, Story, UNTIL } from './story.js';
import type { Json } from './workplace.js';

const SAID = { occurredAt: '2026-09-09T12:00:00+08:00', about: { item: ITEM }, text: 'packed' };

async function begin(): Promise<Story> {
  const story = await Story.begin();
  await story.commission();
  await story.handover();
  return story;
}

const report = async (story: Story, file = 'set.passport'): Promise<Json> =>
  (await story.verify(file, '--format', 'json')).json();

/** Type and state of every record, and what of it is more than an information: sorted, for ids are drawn by lot. */
const records = (verified: Json): string[] =>
  verified.records
    .map(({ state, claimed, findings }: Json) =>
      [
        claimed.type,
        state,
        ...findings
          .map((index: number) => verified.findings[index])
          .filter(({ severity }: Json) => severity !== 'info')
          .map(({ code }: Json) => code),
      ].join(' '),
    )
    .sort();

describe('rotate', () => {
  test('the next key signs on under a credential of its own, and nothing is in doubt', async () => {
    const story = await begin();
    const { place } = story;
    await place.must(['key', 'new', 'bench-2'], { in: 'seller' });
    const { kid, coseKey } = await place.must(['key', 'show', 'bench-2'], { in: 'seller' });
    const rotated = await place.must(
      ['key', 'rotate', 'bench', '--next', 'bench-2', '--into', '../set.passport', '--at', at(2)],
      { in: 'seller' },
    );
    expect(rotated).toMatchObject({
      type: 'key-event',
      sub: `urn:goodorder:key:${await story.kid('seller')}`,
      seq: 0,
      written: ['../set.passport'],
    });
    await place.must(
      [
        ...['credential', 'issue', '--party', SELLER, '--public-key', coseKey, '--roles', 'seller'],
        ...['--from', FROM, '--until', UNTIL, '-o', '../second.credential.json'],
      ],
      { in: 'chamber' },
    );
    await place.must(['credential', 'add', '../second.credential.json'], { in: 'seller' });
    await story.sign('seller', 'statement', SAID, 3, { args: ['--key', 'bench-2'] });
    const verified = await report(story);
    expect(verified.verdict).toBe('TOTAL-PASSED');
    expect(records(verified)).toEqual([
      'commission trusted',
      'handover trusted',
      'key-event trusted',
      'statement trusted',
    ]);
    const { claimed } = await place.must(['show', 'set.passport', '3', '--trust', 'court.trust.json']);
    expect(claimed.payload).toEqual({
      action: 'rotate',
      key: `hex:${await story.kid('seller')}`,
      nextKey: `hex:${kid}`,
    });
  });

  test('the next key that was committed to may revoke the lost one', async () => {
    const story = await begin();
    const { place } = story;
    await place.must(['key', 'new', 'bench-2'], { in: 'carrier' });
    await place.must(['key', 'rotate', 'bench', '--next', 'bench-2'], { in: 'carrier' });
    // Kept in the signing folder, the rotation comes along with the next signature.
    await place.must(
      [
        ...['key', 'revoke', await story.kid('carrier'), '--by', 'bench-2', '--suspect-from', at(0)],
        ...['--reason', 'laptop stolen', '--into', '../set.passport'],
      ],
      { in: 'carrier' },
    );
    const verified = await report(story);
    expect(verified.verdict).toBe('INDETERMINATE');
    expect(records(verified)).toEqual([
      'commission trusted',
      'handover trusted key.self-disputed',
      'key-event trusted',
      'key-event valid trust.no-path',
    ]);
  });

  test('a key cannot follow itself, nor be followed by what is no key', async () => {
    const { place } = await begin();
    for (const [words, exit, message] of [
      [['rotate', 'bench', '--next', 'bench'], 2, 'a key does not follow itself'],
      [['rotate', 'bench', '--next', 'nonsense'], 3, '`nonsense` is no name of a key'],
      [['rotate', 'none', '--next', 'bench'], 3, 'there is no such file'],
      [['revoke', 'bench'], 2, '--suspect-from'],
      [['revoke', 'bench', '--suspect-from', 'yesterday'], 2, 'expected a time'],
      [['revoke', 'bench', '--suspect-from', at(0), '--last-good', 'abcd'], 2, 'the whole id'],
      [['revoke', 'nonsense', '--suspect-from', at(0)], 3, '`nonsense` is no name of a key'],
    ] as const) {
      const ran = await place.run(['key', ...words], { in: 'seller' });
      expect({ exit: ran.exit, out: ran.out }, words.join(' ')).toEqual({ exit, out: '' });
      expect(ran.err).toContain(message);
    }
    expect(await place.must(['key', 'release', 'bench'], { in: 'seller' })).toMatchObject({ released: [] });
  });
});

describe('revoke', () => {
  test('by the key itself: what it signed is in doubt, but what the last good record vouches for', async () => {
    const story = await begin();
    const { place } = story;
    await story.sign('carrier', 'statement', SAID, 3);
    await place.must(
      [
        ...['key', 'revoke', 'bench', '--suspect-from', at(0), '--last-good', '2'],
        ...['--into', '../set.passport'],
      ],
      { in: 'carrier' },
    );
    const verified = await report(story);
    expect(verified.verdict).toBe('INDETERMINATE');
    expect(records(verified)).toEqual([
      'commission trusted',
      'handover trusted',
      'key-event trusted',
      'statement trusted key.self-disputed',
    ]);
  });

  test('by its issuer, in another signing folder, as a record that is merged in', async () => {
    const story = await begin();
    const { place } = story;
    const revoked = await place.must(
      [
        ...['key', 'revoke', await story.publicKey('carrier'), '--suspect-from', at(0)],
        ...['-o', '../revoked.record'],
      ],
      { in: 'chamber' },
    );
    expect(revoked.written).toEqual(['../revoked.record']);
    await place.must(['merge', 'set.passport', 'revoked.record', '-o', 'set.passport', '--force']);
    const verified = await report(story);
    expect(verified.verdict).toBe('INDETERMINATE');
    expect(records(verified)).toEqual([
      'commission trusted',
      'handover trusted key.disputed',
      'key-event trusted',
    ]);
    // The carrier's own later word does not soften it.
    await place.must([...['key', 'revoke', 'bench', '--suspect-from', at(20), '--into', '../set.passport']], {
      in: 'carrier',
    });
    expect(records(await report(story))).toContain('handover trusted key.disputed');
  });

  test('by anybody else it has no effect', async () => {
    const story = await begin();
    const { place } = story;
    await place.must(
      [...['key', 'revoke', await story.kid('carrier'), '--suspect-from', at(0), '-o', '../slander.record']],
      { in: 'seller' },
    );
    await place.must(['merge', 'set.passport', 'slander.record', '-o', 'set.passport', '--force']);
    const verified = await report(story);
    expect(verified.verdict).toBe('TOTAL-PASSED');
    expect(verified.counts).toMatchObject({ 'keyevent.not-entitled': 1 });
    expect(verified.counts['key.disputed']).toBeUndefined();
  });

  test('it travels with every later export of the folder, and is told to nobody whom it does not concern', async () => {
    const story = await begin();
    const { place } = story;
    await place.must(['key', 'new', 'old'], { in: 'carrier' });
    await place.must(['key', 'revoke', 'old', '--suspect-from', at(0)], { in: 'carrier' });
    await place.must(['key', 'revoke', 'bench', '--suspect-from', at(20)], { in: 'carrier' });
    const exported = await place.must(
      ['export', '../set.passport', '-o', '../out.passport', '--key', 'bench'],
      { in: 'carrier' },
    );
    expect(exported.leftOut).toEqual([]);
    const verified = await report(story, 'out.passport');
    expect(verified.records.map(({ claimed }: Json) => `${claimed.type} ${claimed.sub.slice(-8)}`)).toEqual(
      expect.arrayContaining([`key-event ${(await story.kid('carrier')).slice(-8)}`]),
    );
    expect(verified.records.filter(({ claimed }: Json) => claimed.type === 'key-event')).toHaveLength(1);
  });

  test('in words', async () => {
    const story = await begin();
    const ran = await story.place.run(['key', 'revoke', 'bench', '--suspect-from', at(0)], { in: 'seller' });
    expect(ran.exit).toBe(0);
    expect(ran.out.split('\n')[0]).toBe('+ signed key-event, number 1 of this key about this key');
    expect(ran.out).toContain('in the signing folder; it travels with what is signed here');
    expect(ran.err).toContain('Next: hand it to everybody');
  });
});
