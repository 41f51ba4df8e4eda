import { expect, test } from 'vitest';
import { testKeySeed } from '../../src/capture/test-key.js';
import { parseInstant } from '../../src/codec/instant.js';
import { ed25519Signer } from '../../src/crypto/signer.js';
import { MEMBER } from '../../src/passport/element.js';
import { mergePassports } from '../../src/passport/merge.js';
import { signRecord } from '../../src/record/sign-record.js';
import { keyUri } from '../../src/subject/subject.js';
import { at, ITEM, Story } from './story.js';
import { NOW } from './workplace.js';

const STRANGERS = 80;
const SAID = { occurredAt: '2026-09-09T12:00:00+08:00', about: { item: ITEM }, text: 'packed' };

/** A passport in which many people have said something, none knowing of the others. */
async function crowd(story: Story): Promise<string[]> {
  const ids: string[] = [];
  const elements = [];
  for (let index = 0; index < STRANGERS; index += 1) {
    const signer = ed25519Signer(testKeySeed(`crowd ${index}`));
    const { record, id } = await signRecord({
      signer,
      iss: keyUri(signer.kid),
      sub: ITEM,
      type: 'statement',
      payload: { ...SAID, occurredAt: parseInstant(SAID.occurredAt), text: `seen by ${index}` },
      iat: NOW - 80_000 + index,
      seen: [],
      state: { seq: 0, prev: null, lane: null },
      salt: () => new Uint8Array(16),
    });
    ids.push(id);
    elements.push(record, { member: MEMBER.keys, bytes: signer.coseKey });
  }
  const { bytes } = await mergePassports([await story.place.read('set.passport'), ...elements]);
  await story.place.write('set.passport', bytes);
  return ids;
}

test('without being asked it signs what it can, and says what it could not pin', async () => {
  const story = await Story.begin();
  const { place } = story;
  await story.commission();
  await crowd(story);
  await place.writeJson('seller/s.json', { schemaVersion: 1, type: 'statement', sub: ITEM, payload: SAID });
  const told = await place.run(['sign', 's.json', '--into', '../set.passport', '--at', at(22)], {
    in: 'seller',
  });
  expect(told.exit).toBe(0);
  expect(told.err.replaceAll(/\s+/g, ' ')).toContain(
    `${STRANGERS - 64} records could not be pinned: --acknowledge signs an acknowledgement of them first.`,
  );
});

test('sign and countersign: the acknowledgement holds the rest, and verify knows the order', async () => {
  const story = await Story.begin();
  const { place } = story;
  await story.commission();
  await story.handover();
  const ids = await crowd(story);
  await place.writeJson('carrier/s.json', { schemaVersion: 1, type: 'statement', sub: ITEM, payload: SAID });
  const signed = await place.must(
    ['sign', 's.json', '--into', '../set.passport', '--acknowledge', '--at', at(23)],
    { in: 'carrier' },
  );
  expect(signed.acknowledged).toHaveLength(1);
  expect(signed.seen).toHaveLength(64);
  expect(signed).toMatchObject({ seq: 2, missing: [] });
  const { claimed } = await place.must([
    ...['show', 'set.passport', signed.acknowledged[0], '--trust', 'court.trust.json'],
  ]);
  expect(claimed.type).toBe('acknowledgement');
  const received = claimed.payload.received.map((one: string) => one.replace('hex:', ''));
  // Between them they pin the whole crowd, each record once.
  expect([...received, ...signed.seen].filter((id: string) => ids.includes(id)).sort()).toEqual(
    [...ids].sort(),
  );

  const answered = await place.must(
    [
      ...['countersign', '../set.passport', signed.id.slice(0, 12)],
      ...['--stance', 'agree', '--acknowledge', '--at', at(23)],
    ],
    { in: 'seller' },
  );
  expect(answered.acknowledged).toBeUndefined();
  expect(answered.seen).toEqual([signed.id]);
  const report = (await story.verify('set.passport', '--format', 'json')).json();
  expect(report.verdict).toBe('TOTAL-PASSED');
});

test('countersign acknowledges as well', async () => {
  const story = await Story.begin();
  const { place } = story;
  await story.commission();
  const { id } = await story.handover();
  await crowd(story);
  const answered = await place.must(
    [
      ...['countersign', '../set.passport', id.slice(0, 12), '--stance', 'agree'],
      ...['--acknowledge', '--at', at(23)],
    ],
    { in: 'seller' },
  );
  expect(answered.acknowledged).toHaveLength(1);
  expect(answered.seen).toHaveLength(64);
  expect(answered.seen).toContain(id);
  expect((await story.verify('set.passport')).exit).toBe(0);
});
