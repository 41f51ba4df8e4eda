import { expect, test } from 'vitest';
import { CARRIER, CHAMBER, HANDOVER, ITEM, Story } from './story.js';
import { Workplace } from './workplace.js';

const TRUST = ['--trust', 'court.trust.json'];

test('a credential as `credential issue` hands it over can be merged into a passport that lacks it', async () => {
  const story = await Story.begin();
  const { place } = story;
  await story.commission();
  // Another folder of the carrier, which has not been told of its credential.
  await place.must(['init', '--party', CARRIER], { in: 'depot' });
  const issue = ['credential', 'issue', '--party', CARRIER, '--roles', 'carrier'];
  const period = ['--from', '2026-01-01T00:00:00Z', '--until', '2027-01-01T00:00:00Z'];
  await place.must(
    [...issue, '--public-key', await story.publicKey('depot'), ...period, '-o', '../depot.json'],
    {
      in: 'chamber',
    },
  );
  await story.sign('depot', 'handover', HANDOVER, 1);
  const states = async (file: string): Promise<string[]> =>
    (await place.must(['show', file, ...TRUST])).records.map(({ state }: { state: string }) => state);
  expect(await states('set.passport')).toEqual(['trusted', 'valid']);
  const merged = await place.run(['merge', 'set.passport', 'depot.json', '-o', 'both.passport']);
  expect(merged).toMatchObject({ exit: 0, err: '' });
  expect(merged.out).toContain('merged 2 files, ');
  expect(await states('both.passport')).toEqual(['trusted', 'trusted']);

  await place.write('other.json', '{"schemaVersion": 1}');
  const refused = await place.run(['merge', 'set.passport', 'other.json', '-o', 'no.passport']);
  expect(refused).toMatchObject({ exit: 3, out: '' });
  expect(refused.err).toContain('`other.json` is not what `credential issue` writes');
});

test('no finding is computed over a file of which nothing can be read', async () => {
  const place = await Workplace.make();
  await place.run(['demo', '--quiet']);
  const dispute = ['--dispute', 'goodorder-demo/dinner-set.dispute.json'];
  const whole = await place.read('goodorder-demo/dinner-set.passport');
  await place.write('cut.passport', whole.slice(0, 5000));
  await place.write('text.passport', 'hello');
  for (const [file, code] of [
    ['cut.passport', 'cbor.truncated'],
    ['text.passport', 'passport.magic'],
  ] as const) {
    const ran = await place.run(['find', file, ...dispute, '--format', 'json']);
    expect(ran.exit).toBe(3);
    expect(ran.json().error).toMatchObject({ code, place: { file } });
  }
  // One that is altered still speaks with what stands.
  const altered = await place.run(['find', 'goodorder-demo/dinner-set-copy.passport', ...dispute]);
  expect([0, 11]).toContain(altered.exit);
  expect(altered.out).toContain('TOTAL-FAILED');
});

test('no line of a reasoning ends a sentence twice, and a remark is made once for all its records', async () => {
  const place = await Workplace.make();
  await place.run(['demo', '--quiet']);
  const find = ['find', 'goodorder-demo/dinner-set.passport', '--trust', 'goodorder-demo/demo.trust.json'];
  const dispute = ['--dispute', 'goodorder-demo/dinner-set.dispute.json'];
  for (const lang of ['en', 'zh']) {
    const { out } = await place.run([...find, ...dispute, '--why', '--lang', lang]);
    expect(out).toMatch(/CN-19[:：] ?/u);
    expect(out).not.toMatch(/[.。]: /u);
  }
  const early = JSON.parse(await place.readText('goodorder-demo/dinner-set.dispute.json'));
  await place.writeJson('early.json', { ...early, asOf: '2026-08-29T00:00:00Z' });
  const { out } = await place.run([...find, '--dispute', 'early.json', '--at', '2026-08-28T00:00:00Z']);
  const remarks = [...out.matchAll(/^ {4}(facts\.\S+) .*\n(?: {4}.*\n)*? {6}(records? .*)$/gm)];
  expect(remarks.length).toBeGreaterThan(0);
  expect(new Set(remarks.map(([, code]) => code)).size).toBe(remarks.length);
  for (const [, , numbers] of remarks) {
    const found = [...(numbers as string).matchAll(/\d+/g)].map(Number);
    expect(found).toEqual([...new Set(found)].sort((a, b) => a - b));
  }
});

test('no hash is broken over two lines', async () => {
  const story = await Story.begin();
  const { place } = story;
  await story.commission();
  for (const words of [['version'], ['key', 'list'], ['key', 'show']]) {
    const { out } = await place.run(words, { in: 'seller' });
    expect(out, words.join(' ')).toMatch(/\b[0-9a-f]{64}\b/);
    expect(out, words.join(' ')).not.toMatch(/^ *[0-9a-f]{1,63}$/m);
  }
});

test('of a file that cannot be read nothing else is said', async () => {
  const place = await Workplace.make();
  await place.write('text.passport', 'hello');
  const { err, exit, out } = await place.run(['verify', 'text.passport']);
  expect(exit).toBe(10);
  expect(out.match(/limited +not looked at: the file cannot be read/g)).toHaveLength(3);
  expect(out).not.toMatch(/no gap|0 bounded|0\/0/);
  expect(err).toBe('\nNext: goodorder inspect text.passport\n');
});

test('without a trust file, and with one that knows nobody, what is missing is named', async () => {
  const story = await Story.begin();
  const { place } = story;
  await place.must(['init', '--party', CARRIER], { in: 'depot' });
  await story.sign('depot', 'handover', HANDOVER, 1);
  await place.must(['export', '../set.passport', '-o', '../depot.passport'], { in: 'depot' });
  const without = await place.run(['verify', 'depot.passport', '-v']);
  expect(without.out).toContain('No trust file was given to say whose keys these are.');
  expect(without.out).toContain('no gap, no fork, manifest by an unknown key only');
  // The records are listed in order, and their number is not told twice.
  expect(without.out).toMatch(/time\.no-anchor {2}records 1, 2$/m);
  expect(without.err).toBe('\nNext: goodorder verify depot.passport --trust FILE\n');
  const unknown = await place.run(['verify', 'depot.passport', ...TRUST]);
  expect(unknown.out).toContain('The trust file vouches for none of these keys.');
  expect(unknown.out).not.toMatch(/ [x×]\d/u);
  expect(unknown.err).toBe('\nNext: goodorder trust suggest depot.passport\n');
});

test('a new trust file is called as its file is', async () => {
  const story = await Story.begin();
  const { place } = story;
  const key = await story.publicKey('chamber');
  const period = ['--from', '2026-01-01T00:00:00Z', '--until', '2027-01-01T00:00:00Z'];
  const rest = ['--party', CHAMBER, '--public-key', key, '--roles', 'seller', ...period];
  for (const [file, name] of [
    ['port.trust.json', 'port'],
    ['trust.json', 'trust'],
    ['法院-trust.json', '法院'],
    ['customs.json', 'customs'],
  ] as const) {
    expect(await place.must(['trust', 'add', file, ...rest])).toMatchObject({ name, sequence: 1 });
  }
  expect(await place.must(['trust', 'add', 'a.json', ...rest, '--name', 'b'])).toMatchObject({ name: 'b' });
});

test('a record is shown in the order in which its type lists its fields', async () => {
  const story = await Story.begin();
  const { place } = story;
  await story.commission();
  const { out } = await place.run(['show', 'set.passport', '1', ...TRUST]);
  const shown = out.slice(out.indexOf('\n\n', out.indexOf('claims')));
  const fields = [...shown.matchAll(/^ {4}([a-zA-Z]+)/gm)].map(([, name]) => name);
  expect(fields).toEqual([
    'occurredAt',
    'name',
    'facility',
    'stage',
    'model',
    'conformityReferences',
    'materials',
  ]);
  const unknown = await place.run(['show', 'set.passport', '1']);
  expect(unknown.out).toContain('    trust.no-path  nobody in the trust file vouches for this key\n');
});

test('the demo ends with commands that run where it was run from', async () => {
  const place = await Workplace.make();
  const plain = await place.run(['demo', 'a b']);
  expect(plain.out).toContain("\n   cd 'a b'\n   goodorder show ");
  const byNpm = await place.run(['demo', 'a b'], { env: { npm_lifecycle_event: 'demo' } });
  expect(byNpm.out.replaceAll('npx goodorder', 'goodorder')).toBe(plain.out);
  expect(byNpm.out.match(/^ {3}npx goodorder /gm)).toHaveLength(4);
});

test('a draft as a line of data is one line', async () => {
  const place = await Workplace.make();
  const line = await place.run(['record', 'statement', '--format', 'ndjson']);
  expect(line).toMatchObject({ exit: 0, err: '' });
  expect(line.out.match(/\n/g)).toHaveLength(1);
  expect(line.json()).toEqual(await place.must(['record', 'statement']));
});

test('whoever signs what is not for it to sign is told so at once', async () => {
  const story = await Story.begin();
  const { place } = story;
  const draft = { schemaVersion: 1, type: 'handover', sub: ITEM, payload: HANDOVER };
  await place.writeJson('h.json', draft);
  const sign = async (who: string): Promise<string> =>
    (await place.run(['sign', '../h.json', '--into', `../${who}.passport`], { in: who })).err;
  expect(await sign('buyer')).toContain('and so its handover counts as a mere statement.');
  const stranger = await sign('chamber');
  expect(stranger).toMatch(/^This handover is for GLN 9521234000013 or GLN 9521234000020 to sign; by GLN/);
  expect(await sign('carrier')).toBe('');
  const codes = async (who: string): Promise<string[]> => {
    const ran = await place.run(['verify', `${who}.passport`, ...TRUST, '--format', 'json']);
    return ran.json().findings.map(({ code }: { code: string }) => code);
  };
  expect(await codes('buyer')).toContain('role.not-permitted');
  expect(await codes('carrier')).not.toContain('role.not-permitted');
});
