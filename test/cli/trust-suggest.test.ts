import { expect, test } from 'vitest';
import { testKeySeed } from '../../src/capture/test-key.js';
import { addCommand } from '../../src/cli/trust-draft.js';
import { suggestTrust } from '../../src/cli/trust-suggestion.js';
import { parseInstant } from '../../src/codec/instant.js';
import { ed25519Signer } from '../../src/crypto/signer.js';
import { MEMBER } from '../../src/passport/element.js';
import { mergePassports } from '../../src/passport/merge.js';
import { parsePassport } from '../../src/passport/passport.js';
import { signRecord } from '../../src/record/sign-record.js';
import { columns } from '../../src/report/columns.js';
import { at, CARRIER, CHAMBER, FROM, ITEM, SELLER, Story, UNTIL } from './story.js';
import { type Json, NOW, Workplace } from './workplace.js';

const SAID = { occurredAt: '2026-09-09T12:00:00+08:00', about: { item: ITEM }, text: 'one plate is broken' };

async function begin(): Promise<Story> {
  const story = await Story.begin();
  await story.commission();
  await story.handover();
  await story.sign('buyer', 'statement', SAID, 3);
  return story;
}

test('one authority above two signers, and a person for whom nobody vouches', async () => {
  const story = await begin();
  const suggested = await story.place.must(['trust', 'suggest', 'set.passport']);
  expect(suggested).toEqual({
    schemaVersion: 1,
    item: ITEM,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    records: 3,
    authorities: [
      {
        kid: await story.kid('chamber'),
        entry: {
          party: `urn:goodorder:key:${await story.kid('chamber')}`,
          key: await story.publicKey('chamber'),
          roles: ['carrier', 'seller'],
          mayDelegate: 1,
          from: FROM,
          until: UNTIL,
        },
        why: 'issuer',
        partyFrom: 'none',
        vouchesFor: expect.arrayContaining([
          { party: SELLER, kid: await story.kid('seller'), roles: ['seller'] },
          { party: CARRIER, kid: await story.kid('carrier'), roles: ['carrier'] },
        ]),
        wouldTrust: 2,
        testKey: null,
      },
    ],
    further: 0,
    selfBound: [await story.kid('buyer')],
    logs: [],
    tokens: 0,
  });
  expect(CHAMBER).not.toBe(suggested.authorities[0].entry.party);
});

test('the command that it prints makes the passport pass, and nothing less does', async () => {
  const story = await begin();
  const { place } = story;
  const before = await place.run(['trust', 'suggest', 'set.passport', '-o', 'mine.trust.json']);
  expect(before.exit).toBe(0);
  // The draft is no trust file: nobody is believed by saving it.
  const refused = await place.run(['verify', 'set.passport', '--trust', 'mine.trust.json']);
  expect(refused).toMatchObject({ exit: 3, out: '' });
  expect(refused.err).toContain('json.syntax');
  expect((await place.run(['verify', 'set.passport'])).exit).toBe(11);

  const parsed = parsePassport(await place.read('set.passport'));
  if (!parsed.ok) throw new Error('no passport');
  const suggestion = await suggestTrust(parsed.passport, await place.read('set.passport'), NOW);
  const line = addCommand(suggestion.authorities[0]!);
  expect(await place.readText('mine.trust.json')).toContain(line);
  await place.must(line.split(' ').slice(1));
  expect((await place.run(['verify', 'set.passport', '--trust', 'my.trust.json'])).exit).toBe(0);
});

test('the draft explains every key and puts none in force; its lines without slashes are the entry', async () => {
  const story = await begin();
  const { place } = story;
  await place.must(['trust', 'suggest', 'set.passport', '-o', 'court.trust.draft']);
  const draft = await place.readText('court.trust.draft');
  expect(draft.split('\n')[0]).toMatch(/^\/\/ Draft of a trust file/);
  const bare = draft.replaceAll(/^ *\/\/.*\n/gm, '');
  expect(JSON.parse(bare)).toMatchObject({ format: 1, sequence: 1, authorities: [] });
  const entry = /\/\/ \{\n[\s\S]*?\/\/ \},\n/.exec(draft)?.[0].replaceAll('//', '').replace(/,\n$/, '') ?? '';
  const { authorities } = await place.must(['trust', 'suggest', 'set.passport']);
  expect(JSON.parse(entry)).toEqual(authorities[0].entry);
  const again = await place.run(['trust', 'suggest', 'set.passport', '-o', 'court.trust.draft']);
  expect(again.exit).toBe(3);
  expect(again.err).toContain('--force');
});

test('a signer for a party without any credential is suggested itself, with no roles', async () => {
  const place = await Workplace.make();
  await place.must(['init', '--party', SELLER], { in: 'seller' });
  const payload = SAID;
  await place.writeJson('seller/s.json', { schemaVersion: 1, type: 'statement', sub: ITEM, payload });
  await place.must(['sign', 's.json', '--into', '../lone.passport', '--at', at(2)], { in: 'seller' });
  const { authorities } = await place.must(['trust', 'suggest', 'lone.passport']);
  expect(authorities).toMatchObject([
    {
      why: 'signer',
      partyFrom: 'record',
      entry: { party: SELLER, roles: [], mayDelegate: 0 },
      vouchesFor: [],
      wouldTrust: 1,
    },
  ]);
  await place.must(['trust', 'suggest', 'lone.passport', '-o', 'lone.draft']);
  expect(await place.readText('lone.draft')).toContain(' --roles ROLE --from ');
});

test('test keys are named and never drafted; logs and witnesses are told', async () => {
  const place = await Workplace.make();
  await place.run(['demo']);
  const file = 'goodorder-demo/dinner-set.passport';
  const suggested = await place.must(['trust', 'suggest', file, '-o', 'demo.draft']);
  expect(suggested.authorities.map(({ testKey }: Json) => testKey)).toEqual(['registry']);
  expect(suggested.logs.map(({ name, notes }: Json) => [name, notes])).toEqual([
    ['log.test.goodorder.example', 6],
    ['witness-one.test.goodorder.example', 6],
    ['witness-two.test.goodorder.example', 6],
  ]);
  const draft = await place.readText('demo.draft');
  expect(draft).toContain('published test key registry');
  expect(draft).not.toContain('"key"');
  expect(draft).not.toContain('goodorder trust add');
});

test.each(['en', 'zh'])(
  '%s: in 80 columns, with and without colour, the warning before any key',
  async (lang) => {
    const { place } = await begin();
    for (const options of [{}, { tty: 80 }]) {
      const { out, exit } = await place.run(['trust', 'suggest', 'set.passport', '--lang', lang], options);
      expect(exit).toBe(0);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: what colours a terminal
      const lines = out.replaceAll(/\u001b\[\d+m/g, '').split('\n');
      for (const line of lines) expect(columns(line), line).toBeLessThanOrEqual(80);
      expect(lines[1]).toMatch(/Whoever made the passport|制作者/);
    }
  },
);

test('of hundreds of keys some are looked at, and the number of the others is told', async () => {
  const elements = [];
  for (let index = 0; index < 40; index += 1) {
    const signer = ed25519Signer(testKeySeed(`many ${index}`));
    const { record } = await signRecord({
      signer,
      iss: SELLER,
      sub: ITEM,
      type: 'statement',
      payload: { ...SAID, occurredAt: parseInstant(SAID.occurredAt) },
      iat: NOW,
      seen: [],
      state: { seq: 0, prev: null, lane: null },
      salt: () => new Uint8Array(16),
    });
    elements.push(record, { member: MEMBER.keys, bytes: signer.coseKey });
  }
  const { bytes } = await mergePassports(elements, { item: ITEM });
  const place = await Workplace.make();
  await place.write('many.passport', bytes);
  const { authorities, further } = await place.must(['trust', 'suggest', 'many.passport']);
  expect([authorities.length, further]).toEqual([32, 8]);
  expect((await place.run(['trust', 'suggest', 'many.passport'])).out).toContain('\n  and 8 more\n');
});

test('nobody to believe', async () => {
  const place = await Workplace.make();
  await place.must(['init'], { in: 'buyer' });
  await place.writeJson('buyer/s.json', { schemaVersion: 1, type: 'statement', sub: ITEM, payload: SAID });
  await place.must(['sign', 's.json', '--into', '../own.passport'], { in: 'buyer' });
  const { out, exit } = await place.run(['trust', 'suggest', 'own.passport']);
  expect({ exit, first: out.split('\n')[0] }).toEqual({
    exit: 0,
    first: '! nobody to believe: 1 record, and no key that signs for a party or vouches for',
  });
  await place.write('letter.txt', 'hello');
  expect((await place.run(['trust', 'suggest', 'letter.txt'])).exit).toBe(3);
});
