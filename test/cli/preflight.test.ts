import { expect, test } from 'vitest';
import { packDigest } from '../../src/rules/pack-digest.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import { packedPassport, Workplace } from './workplace.js';

const AT = ['--at', '2026-08-28T02:00:00Z'];

async function workplace(): Promise<Workplace> {
  const place = await Workplace.make();
  await place.run(['demo', 'demo']);
  await place.write('packed.passport', await packedPassport());
  return place;
}

const asked = ['preflight', 'packed.passport', '--trust', 'demo/demo.trust.json', ...AT];

test('says per kind who would bear it and what to record, side by side where sides differ', async () => {
  const { out } = await (await workplace()).run(asked);
  const block = out.slice(out.indexOf('  Broken on arrival'), out.indexOf('  Does not work'));
  expect(block).toContain('The front, right, top and bottom sides: the seller would bear it');
  expect(block).toContain('The back and left sides: the seller would bear it');
  expect(block.replace(/\s+/g, ' ')).toContain(
    'The carrier to the seller: not liable, not shown, CN-19; not shown: was it good when this carrier took it?',
  );
  expect(block.replace(/\s+/g, ' ')).toContain(
    'The seller: film the back and left sides at pickup in one uncut take, parcel and serial in frame, and log it that day the contracting carrier and the carrier bear it',
  );
  expect(out).toContain('Too warm on arrival  not asked: nothing says at which temperatures');
  expect(out.replace(/\s+/g, ' ')).toContain(
    'Taken to be so, because nothing says it: the buyer is a consumer;',
  );
});

test('the same in Chinese', async () => {
  const { out } = await (await workplace()).run([...asked, '--lang', 'zh']);
  expect(out).toContain('背面、左面：将由卖方承担');
  expect(out).toContain('送达时破损');
  expect(out.replace(/\s+/g, '')).toContain(
    '卖方：在揽收时一镜到底拍摄背面、左面，序列号与包裹入镜，并当日入日志',
  );
});

test('is the same whenever it is asked of the same moment, and other at another', async () => {
  const place = await workplace();
  const first = await place.must(asked);
  expect(await place.must(asked)).toEqual(first);
  expect(first).toMatchObject({ hypothetical: true, at: Date.UTC(2026, 7, 28, 2) / 1000 });
  const other = await place.must([...asked.slice(0, -1), '2026-08-28T03:00:00Z']);
  expect(other.digest).not.toBe(first.digest);
});

test('names and goods come from a file of parties, or a whole dispute', async () => {
  const place = await workplace();
  const dispute = JSON.parse(await place.readText('demo/dinner-set.dispute.json'));
  await place.writeJson('parties.json', { parties: dispute.parties, goods: dispute.goods });
  for (const file of ['parties.json', 'demo/dinner-set.dispute.json']) {
    const report = await place.must([...asked, '--parties', file]);
    expect(report.parties.map(({ name }: { name: string }) => name)).toEqual(
      dispute.parties.map(({ name }: { name: string }) => name),
    );
    // The file says that the goods are durable: a defect would be presumed.
    const defect = report.disputes.find(({ kind }: { kind: string }) => kind === 'defect');
    expect(defect.answers[0].bearers.parties).toEqual(['https://id.gs1.org/417/9521234000013']);
  }
});

test('a pack of one’s own, with the rules of evidence it needs', async () => {
  const place = await workplace();
  await place.write('mine.yaml', (await place.run(['pack', 'show', 'cn'])).out);
  const report = await place.must([...asked, '--pack', './mine.yaml']);
  expect(report.packDigests.map(({ id }: { id: string }) => id)).toEqual(['cn', 'evidence.cn']);
  expect(report.packDigests[0].digest).toBe(packDigest(BUILT_IN_PACKS.get('cn')!));
});

test.each([
  ['parties: []', /`parties` has a value it cannot have, or is missing/],
  ['stray: 1', /`stray` has no meaning here/],
  ['id: x', /states neither `parties` nor `goods`, `carriages` or `law`/],
  ['- 1', /a file of parties is a map/],
])('a file of parties that is none: %s', async (text, message) => {
  const place = await workplace();
  await place.write('parties.yaml', `${text}\n`);
  const ran = await place.run([...asked, '--parties', 'parties.yaml']);
  expect(ran.err).toMatch(message);
  expect(ran.err).toMatch(/parties\.yaml:1:\d/);
  expect(ran.exit).toBe(3);
});

test('who the parties are has to be known: all that is missing is named, with what helps', async () => {
  const place = await workplace();
  await place.must(['init', '--party', 'https://id.gs1.org/417/9521234000013']);
  const payload = {
    occurredAt: '2026-09-09T12:00:00+08:00',
    about: { item: 'https://id.gs1.org/01/09521234543213/21/SN0007' },
    text: 'packed',
  };
  const sub = 'https://id.gs1.org/01/09521234543213/21/SN0007';
  await place.writeJson('s.json', { schemaVersion: 1, type: 'statement', sub, payload });
  await place.must(['sign', 's.json', '--into', 'bare.passport']);
  const ran = await place.run(['preflight', 'bare.passport', ...AT]);
  expect(ran.err).toMatch(
    /preflight\.missing: the passport does not say who sells, who buys, who carries: .*--parties/,
  );
  expect(ran.exit).toBe(3);
});

test('asks by the sales convention, which leaves the weighing of evidence to a forum', async () => {
  const place = await workplace();
  const dispute = JSON.parse(await place.readText('demo/dinner-set.dispute.json'));
  const parties = dispute.parties.map((party: object) => ({ ...party, consumer: false }));
  await place.writeJson('parties.json', { parties, goods: dispute.goods });
  const between = [...asked, '--parties', 'parties.json', '--pack', 'cisg'];
  const alone = await place.run(between);
  expect([alone.exit, alone.err]).toEqual([3, expect.stringContaining('pack.malformed')]);
  const { out } = await place.run([...between, 'evidence.cn']);
  expect(out.replace(/\s+/g, ' ')).toContain(
    'not liable, not shown, CISG-36c, CISG-66p; not shown: did the goods lack conformity when the first carrier took them?',
  );
});
