import { describe, expect, test } from 'vitest';
import { toBase64url } from '../../src/codec/base64url.js';
import { compareBytes, fromHex } from '../../src/codec/hex.js';
import { readTrustFile } from '../../src/credential/trust-file.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import { deriveFacts } from '../../src/facts/derive-facts.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import { makeVerifyReport } from '../../src/verify/verify-report.js';
import { Workplace } from '../cli/workplace.js';
import {
  Actor,
  AT,
  DAY,
  hashOf,
  ITEM,
  idOf,
  instant,
  rawPassport,
  Story,
  statement,
  T0,
} from '../verify/story.js';
import { accusations, details, found, stateOf, told, troubles, verdictOn, without } from './verdict.js';

const keySubject = (actor: Actor): string => `urn:goodorder:key:${actor.kid}`;

/** A seller with a path who said something before and after the theft of its key. */
async function robbed(): Promise<{ story: Story; seller: Actor; good: string; forged: string }> {
  const story = new Story();
  const seller = await story.company('seller', ['seller']);
  const good = await story.say(seller, 'packed and sound', { iat: T0 });
  const forged = await story.say(seller, 'the buyer agreed to everything', { iat: T0 - 30 * DAY });
  return { story, seller, good: good.id, forged: forged.id };
}

const revocation = (key: Actor, suspectFrom: number, lastGood?: string): Record<string, unknown> => ({
  action: 'revoke',
  key: fromHex(key.kid),
  suspectFrom: instant(suspectFrom),
  ...(lastGood === undefined ? {} : { lastGood: fromHex(lastGood) }),
});

const rotation = (key: Actor, next: Actor): Record<string, unknown> => ({
  action: 'rotate',
  key: fromHex(key.kid),
  nextKey: fromHex(next.kid),
});

/** `code record` of everything said about keys. */
const disputes = (passport: VerifiedPassport): string[] =>
  passport.diagnostics
    .filter(({ code }) => /^key(event)?\./.test(code))
    .map(({ code, record }) => `${code} ${record}`)
    .sort();

describe('revocation', () => {
  test('revoked-key-backdated-record: the claimed time saves nothing, lastGood and what lies under it stays', async () => {
    const { story, seller, good, forged } = await robbed();
    const event = await story.sign(story.authority, 'key-event', revocation(seller, T0 + DAY, good), {
      sub: keySubject(seller),
    });
    const passport = await verdictOn(story);
    expect([passport.verdict, troubles(passport)]).toEqual([
      'INDETERMINATE',
      ['key.disputed', 'time.iat-regress'],
    ]);
    expect(details(passport, 'key.disputed')).toEqual([
      { key: seller.kid, suspectFrom: T0 + DAY, by: 'issuer', events: [event.id], upper: AT },
    ]);
    expect([stateOf(passport, good), stateOf(passport, forged)]).toEqual(['trusted full', 'trusted none']);
    expect(accusations(passport)).toEqual([]);
  });

  test('revoked-key-backdated-record: what is proven to be older than the suspicion stays good, whoever holds the key', async () => {
    const { story, seller, good, forged } = await robbed();
    await story.sign(story.authority, 'key-event', revocation(seller, T0 + DAY), { sub: keySubject(seller) });
    story.log([good], T0 + DAY);
    expect(disputes(await verdictOn(story))).toEqual([`key.disputed ${forged}`]);
    // One second later it proves nothing.
    const late = await robbed();
    await late.story.sign(late.story.authority, 'key-event', revocation(late.seller, T0 + DAY), {
      sub: keySubject(late.seller),
    });
    late.story.log([late.good], T0 + DAY + 1);
    expect(disputes(await verdictOn(late.story))).toEqual(
      [late.good, late.forged].map((id) => `key.disputed ${id}`).sort(),
    );
  });

  test('revocation-hidden: the status is told as of the trust file, and later revocations as not looked at', async () => {
    const { story, seller, good } = await robbed();
    await story.sign(story.authority, 'key-event', revocation(seller, T0), { sub: keySubject(seller) });
    const hidden = story.file({ records: story.records.slice(0, -1) });
    const passport = await verdictOn(story, { bytes: hidden });
    const report = makeVerifyReport(passport, { version: 'test' });
    expect(report.trust).toEqual({
      name: 'story',
      sha256: sha256Hex(new TextEncoder().encode(story.trustText())),
      sequence: 12,
      nextUpdate: T0 + 200 * DAY,
    });
    expect(report.at).toBe(AT);
    expect(report.checks).toContainEqual({
      check: 'later-revocations',
      performed: false,
      reason: 'after-trust-file',
    });
    // Whoever gets the revocation by the trust file needs no passport to carry it.
    const revoked = story.trust({ revoked: [{ kid: seller.kid, suspectFrom: T0 - DAY }] });
    const known = await verdictOn(story, { bytes: hidden, trust: revoked });
    expect(known.verdict).toBe('INDETERMINATE');
    expect(disputes(known)).toContain(`key.disputed ${good}`);
  });

  test('revocation-hidden: a manifest that lists the key-event misses it, one whose maker knew it left it out', async () => {
    const { story, seller } = await robbed();
    const sub = keySubject(seller);
    const event = await story.sign(story.authority, 'key-event', revocation(seller, T0), { sub });
    const carrier = await story.company('carrier', ['carrier']);
    const fair = await story.manifest(carrier, { seen: [event.id], advance: false });
    const withFair = story.file({ records: story.records.filter((record) => idOf(record) !== event.id) });
    const missed = await verdictOn(story, { bytes: withFair });
    expect(details(missed, 'manifest.record-missing')).toEqual([{ ids: [event.id], records: 1 }]);
    expect(accusations(missed)).toEqual([]);
    story.records.pop();
    story.ids.pop();
    const unfair = await story.manifest(carrier, {
      seen: [event.id],
      ids: without(story.ids, event.id, fair.id),
    });
    const caught = await verdictOn(story);
    expect(found(caught, 'manifest.silent-omission')).toMatchObject([
      { record: unfair.id, detail: { key: carrier.kid, ids: [event.id] } },
    ]);
  });

  test('rogue-revocation: a thief’s own revocation only disputes, never helps, and gives way to the issuer’s', async () => {
    const { story, seller, good, forged } = await robbed();
    const sub = keySubject(seller);
    // The thief revokes from before everything, so that the honest past looks doubtful.
    await story.sign(seller, 'key-event', revocation(seller, T0 - 90 * DAY), { sub });
    const alone = await verdictOn(story);
    expect(alone.verdict).toBe('INDETERMINATE');
    expect(disputes(alone)).toEqual([good, forged].map((id) => `key.self-disputed ${id}`).sort());
    // It counts against the signer still, and not for it.
    expect([stateOf(alone, good), stateOf(alone, forged)]).toEqual([
      'trusted adverse-only',
      'trusted adverse-only',
    ]);
    await story.sign(story.authority, 'key-event', revocation(seller, T0 + DAY, good), { sub });
    const issued = await verdictOn(story);
    expect(disputes(issued)).toEqual([`key.disputed ${forged}`]);
    expect(stateOf(issued, good)).toBe('trusted full');
  });

  test('rogue-revocation: rotating to the own key first gives the thief no word that counts more', async () => {
    const { story, seller, good, forged } = await robbed();
    const sub = keySubject(seller);
    const thief = Actor.person('the thief’s own key');
    await story.sign(seller, 'key-event', rotation(seller, thief), { sub });
    await story.sign(thief, 'key-event', revocation(seller, T0 - 90 * DAY), { sub });
    const byNext = await verdictOn(story);
    expect(new Set(disputes(byNext).map((line) => line.split(' ')[0]))).toEqual(
      new Set(['key.self-disputed']),
    );
    // The next key speaks for nobody but itself: the seller's name is not its own.
    await story.say(thief, 'as the seller', { iss: seller.iss });
    expect(found(await verdictOn(story), 'trust.no-path')).toHaveLength(1);
    const byTrustFile = story.trust({ revoked: [{ kid: seller.kid, suspectFrom: T0 + DAY }] });
    story.log([good], T0 + DAY);
    const replaced = await verdictOn(story, { trust: byTrustFile });
    expect(disputes(replaced)).toContain(`key.disputed ${forged}`);
    expect(disputes(replaced).join()).not.toContain(good);
  });

  test('rogue-revocation: of an issuer’s and the trust file’s words the earliest counts, a stranger’s never', async () => {
    const { story, seller, good, forged } = await robbed();
    const sub = keySubject(seller);
    story.log([good], T0 + DAY);
    const stranger = Actor.person('stranger');
    const event = await story.sign(stranger, 'key-event', revocation(seller, T0 - 90 * DAY), { sub });
    const unmoved = await verdictOn(story);
    expect(unmoved.verdict).toBe('TOTAL-PASSED');
    expect(disputes(unmoved)).toEqual([`keyevent.not-entitled ${event.id}`]);
    await story.sign(story.authority, 'key-event', revocation(seller, T0 + 2 * DAY), { sub });
    const earlier = story.trust({ revoked: [{ kid: seller.kid, suspectFrom: T0 + DAY - 1 }] });
    const both = await verdictOn(story, { trust: earlier });
    expect(disputes(both)).toEqual(
      [`key.disputed ${good}`, `key.disputed ${forged}`, `keyevent.not-entitled ${event.id}`].sort(),
    );
    expect(details(both, 'key.disputed')[0]).toMatchObject({ suspectFrom: T0 + DAY - 1, by: 'trust-file' });
    // One that only the passport itself made an issuer is a stranger too.
    const usurper = new Actor('usurper');
    await story.vouch(seller, ['seller'], { mayDelegate: 0 }, usurper);
    const usurped = await story.sign(usurper, 'key-event', revocation(seller, T0 - 90 * DAY), { sub });
    expect(disputes(await verdictOn(story))).toContain(`keyevent.not-entitled ${usurped.id}`);
  });

  test('rogue-revocation: a thief of an issuer’s key makes no new party', async () => {
    const story = new Story();
    const seller = await story.company('seller', ['seller']);
    await story.say(seller, 'packed');
    const registry = new Actor('registry');
    await story.vouch(registry, ['carrier'], { mayDelegate: 1 });
    const carrier = new Actor('carrier');
    // With the registry's stolen key: the thief's key is the carrier's.
    const thief = new Actor('thief', carrier.iss);
    await story.vouch(thief, ['carrier'], {}, registry);
    const { id } = await story.say(thief, 'we broke it');
    const trust = story.trust({ revoked: [{ kid: registry.kid, suspectFrom: T0 - DAY }] });
    const passport = await verdictOn(story, { trust });
    expect([passport.verdict, troubles(passport)]).toEqual(['INDETERMINATE', ['credential.disputed']]);
    const facts = deriveFacts(passport, {
      parties: [seller.iss, carrier.iss],
      goods: [{ unit: 'u1', sub: ITEM }],
      sellers: [seller.iss],
    });
    expect(stateOf(passport, id)).toBe('valid none');
    // A credential that does not count binds nobody: the words are nobody's.
    expect(facts.records.get(id)).toBeUndefined();
  });

  test('rogue-revocation: a revoked issuer takes nothing from whom others vouch for, however weakly', async () => {
    const story = new Story();
    const registry = new Actor('registry');
    await story.vouch(registry, ['carrier'], { mayDelegate: 1 });
    const carrier = new Actor('carrier');
    await story.vouch(carrier, ['carrier'], {}, registry);
    // Wanting twice, but by nobody's stolen key.
    await story.vouch(carrier, ['carrier'], { from: T0 + DAY, until: T0 + 10 * DAY });
    const { id } = await story.say(carrier, 'carried', { iat: T0 });
    const trust = story.trust({ revoked: [{ kid: registry.kid, suspectFrom: T0 - DAY }] });
    const passport = await verdictOn(story, { trust });
    expect([passport.verdict, troubles(passport)]).toEqual([
      'INDETERMINATE',
      ['credential.not-yet', 'credential.unproven-before-expiry'],
    ]);
    expect(stateOf(passport, id)).toBe('valid full');
  });
});

describe('time and names', () => {
  /** A story's elements in the order of a file. */
  function membersOf(story: Story): ReadonlyMap<number, readonly Uint8Array[]> {
    const keys = [...story.keys].map(({ coseKey }) => coseKey);
    return new Map([
      [1, [...story.records].sort(compareBytes)],
      [2, keys.sort(compareBytes)],
      [3, [...story.credentials].sort(compareBytes)],
    ]);
  }

  /** One statement by a carrier whose credential runs from T0 to ten days later. */
  async function carrierAt(iat: number, loggedAt?: number): Promise<string[]> {
    const story = new Story();
    const seller = await story.company('seller', ['seller']);
    await story.say(seller, 'packed', { iat: T0 });
    const carrier = await story.company('carrier', ['carrier'], { from: T0, until: T0 + 10 * DAY });
    const { id } = await story.say(carrier, 'carried', { iat });
    if (loggedAt !== undefined) story.log([id], loggedAt);
    const passport = await verdictOn(story);
    const codes = troubles(passport).filter((code) => code.startsWith('credential.'));
    return [passport.verdict, ...codes];
  }

  test('credential-time-window: what is proven decides, a claim alone is not enough', async () => {
    expect(await carrierAt(T0 + DAY, T0 + 2 * DAY)).toEqual(['TOTAL-PASSED']);
    expect(await carrierAt(T0 + DAY, T0 + 10 * DAY)).toEqual(['TOTAL-PASSED']);
    // Claimed to be in time, and nothing proves it.
    expect(await carrierAt(T0 + DAY)).toEqual(['INDETERMINATE', 'credential.unproven-before-expiry']);
    expect(await carrierAt(T0 + DAY, T0 + 10 * DAY + 1)).toEqual([
      'INDETERMINATE',
      'credential.unproven-before-expiry',
    ]);
    // Claimed to be out of time: the signer's own word against it.
    expect(await carrierAt(T0 + 10 * DAY + 1)).toEqual(['TOTAL-FAILED', 'credential.expired']);
    expect(await carrierAt(T0 - 1, T0 + DAY)).toEqual(['INDETERMINATE', 'credential.not-yet']);
  });

  test('credential-time-window: both dates are told', async () => {
    const story = new Story();
    const carrier = await story.company('carrier', ['carrier'], { from: T0, until: T0 + 10 * DAY });
    await story.say(carrier, 'carried', { iat: T0 + DAY });
    expect(details(await verdictOn(story), 'credential.unproven-before-expiry')).toEqual([
      { iss: carrier.iss, upper: AT, until: T0 + 10 * DAY },
    ]);
  });

  test('trust-from-passport: a file that brings its own authority is believed by nobody', async () => {
    const story = new Story();
    const seller = await story.company('seller', ['seller']);
    await story.say(seller, 'trust me');
    const nobody = await verdictOn(story, { trust: null });
    expect([nobody.verdict, troubles(nobody)]).toEqual(['INDETERMINATE', ['trust.no-path', 'trust.none']]);
    const others = story.trust({
      authorities: [{ actor: new Actor('the court’s authority'), roles: ['seller'] }],
    });
    const stranger = await verdictOn(story, { trust: others });
    expect([stranger.verdict, troubles(stranger)]).toEqual(['INDETERMINATE', ['trust.no-path']]);
    for (const { records } of [nobody, stranger]) {
      expect(records.map(({ state, binding, roles }) => [state, binding, roles])).toEqual([
        ['valid', 'none', []],
      ]);
    }
  });

  test('trust-from-passport: no field of a record says that it is trusted', async () => {
    const { story, seller } = { story: new Story(), seller: new Actor('seller') };
    await story.vouch(seller, ['seller']);
    await story.say(seller, 'packed');
    await story.signRaw(new Actor('liar'), { fields: { ...statement('x'), trusted: true } });
    await story.signRaw(new Actor('liar two'), {
      fields: { ...statement('x'), x: { trusted: true, state: 'trusted', ['__proto__']: 'trusted' } },
    });
    const passport = await verdictOn(story);
    expect(passport.records.map(({ state }) => state).sort()).toEqual(['invalid', 'trusted', 'valid']);
    expect(found(passport, 'schema.unknown-key')).toMatchObject([{ path: 'trusted' }]);
  });

  test('issuer-key-mismatch: a key that is vouched for as Q may not sign as P', async () => {
    const story = new Story();
    const seller = await story.company('seller', ['seller']);
    const carrier = await story.company('carrier', ['carrier']);
    await story.say(seller, 'packed');
    const { id } = await story.say(carrier, 'the seller takes all the blame', { iss: seller.iss });
    const passport = await verdictOn(story);
    expect([passport.verdict, troubles(passport)]).toEqual(['TOTAL-FAILED', ['iss.not-bound']]);
    expect(found(passport, 'iss.not-bound')).toMatchObject([
      { record: id, detail: { iss: seller.iss, parties: [carrier.iss] } },
    ]);
    // Not printed as an identity, and counted neither for nor against anybody.
    const { records } = makeVerifyReport(passport, { version: 'test' });
    expect(records.find((one) => one.id === id)).toMatchObject({
      standing: 'none',
      verified: { party: null, binding: 'none', roles: [] },
    });
    // The same by the URI of somebody's key.
    const person = Actor.person('consumer');
    const other = await story.say(new Actor('another'), 'I forgive', { iss: person.iss });
    const second = await verdictOn(story);
    expect(found(second, 'iss.not-bound').map(({ record }) => record)).toContain(other.id);
    expect(stateOf(second, other.id)).toBe('valid none');
  });

  test('issuer-key-mismatch: a name without a right to it is shown as a claim, and reassures nobody', async () => {
    const story = new Story();
    const seller = await story.company('seller', ['seller']);
    await story.say(seller, 'packed');
    const brand = new Actor('famous brand');
    const liar = new Actor('liar', brand.iss);
    const word = await story.say(liar, 'all is perfect');
    // A stranger's statement that nothing is missing.
    await story.manifest(liar);
    const place = await Workplace.make();
    await place.write('set.passport', story.file());
    await place.write('trust.json', story.trustText());
    const argv = ['set.passport', '--trust', 'trust.json', '--at', String(AT)];
    const gln = `GLN ${brand.iss.split('/').at(-1)}`;
    const { out: verified } = await place.run(['verify', ...argv]);
    expect(verified).toContain('TOTAL-PASSED');
    expect(verified).not.toContain(gln);
    expect(verified).toContain('manifest by an unknown key only');
    const { out: every } = await place.run(['verify', ...argv, '--verbose']);
    expect(every.split(gln)).toHaveLength(every.split(`calls itself ${gln}`).length);
    const { out: list } = await place.run(['show', ...argv]);
    expect(list).not.toContain(gln);
    expect(list).toContain(`key ${liar.kid.slice(0, 8)}`);
    const { out: one } = await place.run(['show', 'set.passport', word.id, ...argv.slice(1)]);
    expect(one).toContain(`claims     to be ${gln}, which nothing here proves`);
    expect(one.split(gln)).toHaveLength(2);
    expect((await place.run(['timeline', ...argv])).out).not.toContain(gln);
    // Its own party's statement does say something.
    await story.manifest(seller);
    await place.write('set.passport', story.file());
    const own = `manifest by GLN ${seller.iss.split('/').at(-1)}`;
    expect((await place.run(['verify', ...argv])).out).toContain(own);
  });

  test('subject-uri-noncanonical: one thing has one name, and no other spelling of it is accepted', async () => {
    const spellings: readonly (readonly [string, string])[] = [
      ['https://id.gs1.org/01/9521234543213/21/SN0007', 'subject.not-canonical'],
      ['https://ID.gs1.org/01/09521234543213/21/SN0007', 'subject.not-canonical'],
      ['HTTPS://id.gs1.org/01/09521234543213/21/SN0007', 'subject.not-canonical'],
      ['http://id.gs1.org/01/09521234543213/21/SN0007', 'subject.not-canonical'],
      ['https://id.gs1.org:443/01/09521234543213/21/SN0007', 'subject.not-canonical'],
      ['https://id.gs1.org/01/09521234543213/21/SN0007?linkType=all', 'subject.not-canonical'],
      ['https://id.gs1.org/01/09521234543213/21/SN0007#x', 'subject.not-canonical'],
      ['https://id.gs1.org/01/09521234543213/21/SN0007/', 'subject.not-canonical'],
      ['https://id.gs1.org//01/09521234543213/21/SN0007', 'subject.not-canonical'],
      ['https://id.gs1.org/gtin/09521234543213/ser/SN0007', 'subject.not-canonical'],
      ['https://id.gs1.org/01/09521234543213/21/SN%30007', 'subject.not-canonical'],
      ['https://id.gs1.org/01/09521234543213/21/SN0007%2f', 'subject.not-canonical'],
      ['https://id.gs1.org/01/09521234543213/21/SN 007', 'subject.not-canonical'],
      ['https://shop.example/01/09521234543213/21/SN0007', 'subject.not-canonical'],
      ['https://id.gs1.org/01/09521234543213/21/../21/SN0007', 'subject.dot-segment'],
      ['https://id.gs1.org/01/09521234543213/21/%2e%2E', 'subject.dot-segment'],
      ['https://id.gs1.org/01/09521234543214/21/SN0007', 'subject.check-digit'],
      ['https://id.gs1.org/00/952012345678912346', 'subject.check-digit'],
      ['urn:uuid:F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6', 'subject.not-canonical'],
      [`urn:goodorder:key:${hashOf('x').toUpperCase()}`, 'subject.not-canonical'],
      ['SN0007', 'subject.not-canonical'],
    ];
    const story = new Story();
    const seller = await story.company('seller', ['seller']);
    await story.say(seller, 'packed');
    const { lane } = seller.position(ITEM);
    for (const [sub, code] of spellings) {
      const base = new Story();
      for (const key of ['records', 'ids', 'credentials'] as const)
        base[key].push(...(story[key] as never[]));
      for (const key of story.keys) base.keys.add(key);
      await base.signRaw(seller, { sub, link: [1, 0, null, [], fromHex(lane!), []] });
      const passport = await verdictOn(base);
      expect([sub, passport.verdict, ...troubles(passport)]).toEqual([
        sub,
        'TOTAL-FAILED',
        'passport.foreign-subject',
        code,
      ]);
      // Nor does a passport bear such a name.
      const named = await verdictOn(story, { bytes: rawPassport(sub, membersOf(story)) });
      expect([sub, named.verdict, named.item]).toEqual([sub, 'TOTAL-FAILED', named.item === '' ? '' : sub]);
      expect(troubles(named).join()).toMatch(/passport\.item|subject\./);
    }
  });

  test('same-key-two-parties: two credentials for one key dispute nothing until the key signs under both names', async () => {
    const story = new Story();
    const seller = await story.company('seller', ['seller']);
    await story.say(seller, 'packed');
    const twin = new Actor('seller', new Actor('sister company').iss);
    await story.vouch(twin, ['seller']);
    // A second authority says so: the honest holder can do nothing about it, and nothing is held against it.
    expect(told(await verdictOn(story))).toEqual(['TOTAL-PASSED', 'manifest.none', 'time.no-anchor']);
    await story.say(seller, 'now as the sister', { iss: twin.iss });
    const passport = await verdictOn(story);
    expect([passport.verdict, troubles(passport)]).toEqual(['INDETERMINATE', ['credential.two-parties']]);
    expect(details(passport, 'credential.two-parties')).toEqual(
      [0, 1].map(() => ({ parties: [seller.iss, twin.iss].sort() })),
    );
    expect(accusations(passport)).toEqual([]);
  });

  test('same-key-two-parties: a trust file that lists one key twice is refused', async () => {
    const story = new Story();
    const text = story.trustText({
      authorities: [
        { actor: story.authority, roles: ['seller'] },
        { actor: new Actor('authority', new Actor('another name').iss), roles: ['seller'] },
      ],
    });
    expect(text.split(toBase64url(story.authority.signer.coseKey))).toHaveLength(3);
    expect(() => readTrustFile(text)).toThrow(expect.objectContaining({ code: 'trust.malformed' }));
  });
});
