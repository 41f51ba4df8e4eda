import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { testKeySeed } from '../../src/capture/test-key.js';
import { VERSION } from '../../src/cli/version.js';
import { toBase64url } from '../../src/codec/base64url.js';
import { ed25519Signer } from '../../src/crypto/signer.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import { at, CHAMBER, FROM, ITEM, SELLER, Story, UNTIL } from './story.js';
import { type Json, NOW, Workplace } from './workplace.js';

const PERIOD = ['--from', FROM, '--until', UNTIL];

describe('trust', () => {
  test('add makes a file that verify accepts, and counts its sequence up', async () => {
    const story = await Story.begin();
    const { place } = story;
    const one = await place.must(['trust', 'list', 'court.trust.json']);
    expect(one).toMatchObject({ name: 'court', sequence: 1, revoked: 0, logs: [] });
    expect(one.authorities).toMatchObject([{ party: CHAMBER, roles: ['carrier', 'seller'], mayDelegate: 1 }]);
    const key = await story.publicKey('buyer');
    const two = await place.must(
      [
        'trust',
        'add',
        'court.trust.json',
        '--party',
        SELLER,
        '--public-key',
        key,
        '--roles',
        'seller',
        '--may-delegate',
        '0',
        ...PERIOD,
      ],
      { now: () => NOW + 60 },
    );
    expect(two).toMatchObject({ name: 'court', sequence: 2 });
    expect(two.authorities).toHaveLength(2);
    expect(two.sha256).not.toBe(one.sha256);
    expect(two.nextUpdate).toBe(one.nextUpdate);
    const { out } = await place.run(['trust', 'list', 'court.trust.json']);
    expect(out).toContain('sequence 2');
  });

  test('a published test key is refused: anybody can sign with it', async () => {
    const place = await Workplace.make();
    const key = toBase64url(ed25519Signer(testKeySeed('seller')).coseKey);
    const refused = await place.run([
      'trust',
      'add',
      't.json',
      '--party',
      SELLER,
      '--public-key',
      key,
      '--roles',
      'seller',
      ...PERIOD,
      '--format',
      'json',
    ]);
    expect(refused).toMatchObject({ exit: 3, err: '' });
    expect(refused.json().error).toMatchObject({ code: 'key.test-only' });
    expect(refused.json().error.message).toContain('`seller`');
    expect((await place.run(['trust', 'list', 't.json'])).exit).toBe(3);
  });

  test.each([
    ['a key that is none', { key: 'abc' }, 'key.malformed'],
    ['a party that is none', { party: 'Mr Smith' }, 'trust.malformed'],
    ['a role that is none', { roles: ['king'] }, 'trust.malformed'],
    ['the same key again', { again: true }, 'trust.malformed'],
  ] as const)('%s is refused, and the file stays as it was', async (_, change: Json, code) => {
    const story = await Story.begin();
    const { place } = story;
    const before = await place.readText('court.trust.json');
    const key = change.again
      ? await story.publicKey('chamber')
      : (change.key ?? (await story.publicKey('buyer')));
    const refused = await place.run([
      ...['trust', 'add', 'court.trust.json', '--party', change.party ?? SELLER, '--public-key', key],
      ...['--roles', ...(change.roles ?? ['seller']), ...PERIOD, '--format', 'json'],
    ]);
    expect(refused).toMatchObject({ exit: 3, err: '' });
    expect(refused.json().error.code).toBe(code);
    expect(await place.readText('court.trust.json')).toBe(before);
  });

  test('check tells one that is overdue', async () => {
    const story = await Story.begin();
    const { place } = story;
    expect(await place.run(['trust', 'check', 'court.trust.json'])).toMatchObject({ exit: 0, err: '' });
    const overdue = await place.run(['trust', 'check', 'court.trust.json', '--at', UNTIL]);
    expect(overdue.exit).toBe(11);
    expect(overdue.out).toContain('trust.stale');
  });
});

describe('credential', () => {
  test('one for another key, another party, or altered on the way is not kept', async () => {
    const story = await Story.begin();
    const { place } = story;
    const refused = async (file: string, who: string): Promise<Json> => {
      const ran = await place.run(['credential', 'add', `../${file}`, '--format', 'json'], { in: who });
      expect(ran.exit).toBe(3);
      return ran.json().error;
    };
    expect(await refused('carrier.credential.json', 'seller')).toMatchObject({ code: 'cli.not-found' });
    const key = await story.publicKey('seller');
    await place.must(
      [
        'credential',
        'issue',
        '--party',
        CHAMBER,
        '--public-key',
        key,
        '--roles',
        'seller',
        ...PERIOD,
        '-o',
        '../wrong.json',
      ],
      { in: 'chamber' },
    );
    expect(await refused('wrong.json', 'seller')).toMatchObject({
      code: 'iss.not-bound',
      place: { file: '../wrong.json' },
    });

    const bundle = JSON.parse(await place.readText('seller.credential.json'));
    const bytes = Buffer.from(bundle.credentials[0], 'base64url');
    bytes[bytes.length - 1] = (bytes.at(-1) as number) ^ 1;
    await place.writeJson('altered.json', { ...bundle, credentials: [bytes.toString('base64url')] });
    expect((await refused('altered.json', 'seller')).code).toMatch(/^(credential\.sig-invalid|sig\.)/);
    await place.writeJson('keyless.json', { ...bundle, keys: [] });
    await place.must(['init', '--party', SELLER], { in: 'elsewhere' });
    expect((await refused('keyless.json', 'elsewhere')).code).toBe('credential.issuer-absent');
    for (const text of ['{}', '[1]', '{"schemaVersion":1,"credentials":["!"],"keys":[]}', 'hello']) {
      await place.write('bad.json', text);
      expect((await refused('bad.json', 'seller')).place.file, text).toBe('../bad.json');
    }
  });

  test('a bare credential needs the issuer’s key beside it', async () => {
    const story = await Story.begin();
    const { place } = story;
    const bundle = JSON.parse(await place.readText('seller.credential.json'));
    await place.write('bare.credential', Buffer.from(bundle.credentials[0], 'base64url'));
    await place.write('chamber.key', Buffer.from(bundle.keys[0], 'base64url'));
    const kept = await place.must(['credential', 'add', '../bare.credential', '../chamber.key'], {
      in: 'seller',
    });
    expect(kept.kept).toMatchObject([{ party: SELLER, roles: ['seller'] }]);
    expect((await place.must(['credential', 'list'], { in: 'seller' })).credentials).toHaveLength(1);
  });

  test('of a delegated authority the whole path travels', async () => {
    const story = await Story.begin();
    const { place } = story;
    const GUILD = 'https://id.gs1.org/417/9521234000037';
    await place.must(['init', '--party', GUILD], { in: 'guild' });
    await place.must(['init', '--party', SELLER], { in: 'shop' });
    // The trust file's authority may delegate once: the guild may issue to the shop only if it is allowed one step.
    await place.must([
      'trust',
      'add',
      'wide.json',
      '--party',
      CHAMBER,
      '--public-key',
      await story.publicKey('chamber'),
      '--roles',
      'seller',
      '--may-delegate',
      '2',
      ...PERIOD,
    ]);
    await place.must(
      [
        'credential',
        'issue',
        '--party',
        GUILD,
        '--public-key',
        await story.publicKey('guild'),
        '--roles',
        'seller',
        '--may-delegate',
        '1',
        ...PERIOD,
        '-o',
        '../guild.json',
      ],
      { in: 'chamber' },
    );
    await place.must(['credential', 'add', '../guild.json'], { in: 'guild' });
    await place.must(
      [
        'credential',
        'issue',
        '--party',
        SELLER,
        '--public-key',
        await story.publicKey('shop'),
        '--roles',
        'seller',
        ...PERIOD,
        '-o',
        '../shop.json',
      ],
      { in: 'guild' },
    );
    const kept = await place.must(['credential', 'add', '../shop.json'], { in: 'shop' });
    expect(kept.kept).toHaveLength(2);
    await story.sign(
      'shop',
      'statement',
      { occurredAt: '2026-09-09T12:00:00+08:00', about: { item: ITEM }, text: 'packed' },
      1,
      { into: '../shop.passport' },
    );
    const report = await place.run(['verify', 'shop.passport', '--trust', 'wide.json', '--format', 'json']);
    expect(report.json()).toMatchObject({ verdict: 'TOTAL-PASSED', elements: { keys: 3, credentials: 2 } });
    expect(at(0)).toMatch(/^\d+$/);
  });

  test('an issuer may not sign what could not hold', async () => {
    const story = await Story.begin();
    const { place } = story;
    const key = await story.publicKey('seller');
    const issue = (...args: string[]) =>
      place.run(['credential', 'issue', '--public-key', key, '-o', 'x.json', '--format', 'json', ...args], {
        in: 'chamber',
      });
    const backwards = await issue('--party', SELLER, '--roles', 'seller', '--from', UNTIL, '--until', FROM);
    expect(backwards.json().error.code).toBe('signer.refused');
    const nobody = await issue('--party', 'Mr Smith', '--roles', 'seller', ...PERIOD);
    expect(nobody.json().error.code).toBe('signer.refused');
    const deep = await issue('--party', SELLER, '--roles', 'seller', ...PERIOD, '--may-delegate', '9');
    expect(deep.json().error.code).toBe('signer.refused');
  });
});

describe('pack', () => {
  test('what `pack show` prints is the pack again', async () => {
    const place = await Workplace.make();
    for (const id of BUILT_IN_PACKS.keys()) {
      const { out } = await place.run(['pack', 'show', id]);
      await place.write(`${id}.yaml`, out);
      const [own, built] = [
        await place.must(['pack', 'hash', `./${id}.yaml`]),
        await place.must(['pack', 'hash', id]),
      ];
      expect(own, id).toEqual(built);
      expect(await place.run(['pack', 'lint', `${id}.yaml`]), id).toMatchObject({ exit: 0, err: '' });
      expect(await place.run(['pack', 'diff', id, `./${id}.yaml`]), id).toMatchObject({ exit: 0 });
    }
  });

  test('every problem of a pack is told with line and column', async () => {
    const place = await Workplace.make();
    const { out } = await place.run(['pack', 'show', 'cn']);
    await place.write('bad.yaml', out.replace(/status: \w+/g, 'status: perhaps'));
    const linted = await place.run(['pack', 'lint', 'bad.yaml', '--format', 'json']);
    expect(linted.exit).toBe(3);
    const { problems } = linted.json();
    expect(problems.length).toBeGreaterThan(1);
    for (const problem of problems) {
      expect(problem.code).toMatch(/^pack\./);
      expect(problem.place).toMatchObject({
        file: 'bad.yaml',
        line: expect.any(Number),
        column: expect.any(Number),
      });
    }
  });

  test('a changed rule is named by diff', async () => {
    const place = await Workplace.make();
    const { out } = await place.run(['pack', 'show', 'cn']);
    const changed = out.replace(/(en: ")/, '$1Changed. ').replace(/(en: )([A-Z])/, '$1Changed. $2');
    await place.write('changed.yaml', changed);
    const { exit, json } = await place.run(['pack', 'diff', 'cn', './changed.yaml', '--format', 'json']);
    expect(exit).toBe(12);
    expect(json().changes.length).toBeGreaterThan(0);
    for (const change of json().changes)
      expect(change).toMatchObject({ change: 'changed', rule: expect.stringMatching(/^CN-/) });
  });

  test('a rule with its source, in either language', async () => {
    const place = await Workplace.make();
    const en = await place.run(['pack', 'show', 'cn', 'CN-19']);
    expect(en.out).toMatch(/^CN-19 {2}/);
    expect((await place.run(['pack', 'show', 'cn', 'CN-19', '--lang', 'zh'])).out).toMatch(/\p{Script=Han}/u);
    expect((await place.run(['pack', 'show', 'cn', 'CN-0000'])).exit).toBe(3);
  });
});

test('version is that of the package', async () => {
  const place = await Workplace.make();
  expect(VERSION).toBe(packageJson.version);
  expect(await place.must(['version'])).toMatchObject({
    version: VERSION,
    formats: { passport: 1, trust: 1, dispute: 1 },
  });
  for (const flag of ['--version', '-V'])
    expect(await place.run([flag])).toMatchObject({ exit: 0, out: `${VERSION}\n` });
});
