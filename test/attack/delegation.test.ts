import { describe, expect, test } from 'vitest';
import { Authorities } from '../../src/credential/authority-path.js';
import { readCredential } from '../../src/credential/credential.js';
import { Actor, DAY, Story, T0 } from '../verify/story.js';
import { found, stateOf, troubles, verdictOn } from './verdict.js';

describe('delegation', () => {
  test('delegation-loop-and-depth: a circle of credentials ends nowhere', async () => {
    const story = new Story();
    const seller = await story.company('seller', ['seller']);
    await story.say(seller, 'packed');
    const circle = ['a', 'b', 'c'].map((name) => new Actor(`circle ${name}`));
    for (const [index, actor] of circle.entries()) {
      await story.vouch(actor, ['seller'], { mayDelegate: 3 }, circle[(index + 2) % 3]!);
    }
    await story.say(circle[0]!, 'round and round');
    const passport = await verdictOn(story);
    // Only the strangers' own record is touched by it.
    expect([passport.verdict, troubles(passport)]).toEqual(['TOTAL-PASSED', ['trust.no-path']]);
    // With the circle tied to the authority at one place, mayDelegate must fall at each step, and stops it.
    await story.vouch(circle[0]!, ['seller'], { mayDelegate: 3 });
    const tied = await verdictOn(story);
    expect(found(tied, 'credential.depth').length).toBeGreaterThan(0);
    expect(tied.records.filter(({ state }) => state === 'trusted')).toHaveLength(1);
  });

  test('delegation-loop-and-depth: four credentials below an authority are one too many', async () => {
    const story = new Story();
    let issuer: Actor = story.authority;
    const chain: Actor[] = [];
    for (const mayDelegate of [2, 1, 0]) {
      const next = new Actor(`step ${mayDelegate}`);
      await story.vouch(next, ['seller'], { mayDelegate }, issuer);
      chain.push(next);
      issuer = next;
    }
    await story.say(chain[2]!, 'third step');
    expect((await verdictOn(story)).verdict).toBe('TOTAL-PASSED');
    const fourth = new Actor('step too far');
    await story.vouch(fourth, ['seller'], { mayDelegate: 0 }, issuer);
    const said = await story.say(fourth, 'fourth step');
    const passport = await verdictOn(story);
    expect(troubles(passport)).toEqual(['credential.depth', 'trust.no-path']);
    expect(stateOf(passport, said.id)).toBe('valid full');
  });

  test('delegation-loop-and-depth: a chain of 300 and a net of diamonds cost no more than their size', async () => {
    const story = new Story();
    const seller = await story.company('seller', ['seller']);
    await story.say(seller, 'packed');
    let issuer = new Actor('link 0');
    for (let step = 1; step <= 300; step += 1) {
      const next = new Actor(`link ${step}`);
      await story.vouch(next, ['seller'], { mayDelegate: 3 }, issuer);
      issuer = next;
    }
    await story.say(issuer, 'from the end of the chain');
    const chained = await verdictOn(story);
    expect([chained.verdict, troubles(chained)]).toEqual(['TOTAL-PASSED', ['trust.no-path']]);

    // Two layers of 16 keys, each vouched for by all of the layer above: 256 ways to the key below them.
    const net = new Story();
    let above: Actor[] = [net.authority];
    for (const [width, mayDelegate] of [
      [16, 2],
      [16, 1],
      [1, 0],
    ] as const) {
      const keys = Array.from(
        { length: width },
        (_, at) => new Actor(`of ${mayDelegate}, key ${at}`, seller.iss),
      );
      for (const upper of above)
        for (const key of keys) await net.vouch(key, ['seller'], { mayDelegate }, upper);
      above = keys;
    }
    const [bottom] = above as [Actor];
    const held = net.credentials.map((bytes) => {
      const read = readCredential(bytes);
      if (!read.ok) throw new Error('a credential cannot be read');
      return read.credential;
    });
    const authorities = new Authorities(net.trust(), held);
    // One path for each credential of that key, not one for each way to it.
    expect(authorities.pathsOf(bottom.kid)).toHaveLength(16);
    await net.say(bottom, 'from the bottom of the net');
    const netted = await verdictOn(net);
    expect(netted.verdict).toBe('TOTAL-PASSED');
  });

  test.each([
    ['another role', ['carrier'] as const, {}, 'credential.widens'],
    ['the role of an authority', ['authority'] as const, {}, 'credential.widens'],
    ['more subjects', ['inspector'] as const, { subjects: ['https://id.gs1.org/01/'] }, 'credential.widens'],
    [
      'a longer validity',
      ['inspector'] as const,
      { subjects: ['https://id.gs1.org/01/09521234543213/'], until: T0 + 90 * DAY },
      'credential.widens',
    ],
    [
      'an earlier validity',
      ['inspector'] as const,
      { subjects: ['https://id.gs1.org/01/09521234543213/'], from: T0 - 90 * DAY },
      'credential.widens',
    ],
    [
      'the right to issue',
      ['inspector'] as const,
      { subjects: ['https://id.gs1.org/01/09521234543213/'], mayDelegate: 1 },
      'credential.depth',
    ],
  ])('delegation-widens-role: %s is not the issuer’s to give', async (_, roles, more, code) => {
    const story = new Story();
    const seller = await story.company('seller', ['seller']);
    await story.say(seller, 'packed');
    const registry = new Actor('registry');
    const span = { from: T0 - DAY, until: T0 + 60 * DAY };
    await story.vouch(registry, ['inspector'], {
      ...span,
      mayDelegate: 1,
      subjects: ['https://id.gs1.org/01/09521234543213/'],
    });
    const inspector = new Actor('inspector');
    const credential = await story.vouch(inspector, roles, { ...span, ...more }, registry);
    const said = await story.say(inspector, 'approved');
    const passport = await verdictOn(story);
    expect([passport.verdict, troubles(passport)]).toEqual(['TOTAL-PASSED', [code, 'trust.no-path'].sort()]);
    // The chain is shown: which credential, for which key, by whom.
    expect(found(passport, code)).toMatchObject([
      { severity: 'warning', detail: { credential, key: inspector.kid, issuer: registry.kid } },
    ]);
    expect(passport.records.find(({ id }) => id === said.id)).toMatchObject({
      state: 'valid',
      binding: 'none',
      roles: [],
    });
  });

  test('delegation-widens-role: a leaf that issues all the same makes nobody trusted', async () => {
    const story = new Story();
    const seller = await story.company('seller', ['seller']);
    await story.say(seller, 'packed');
    const friend = new Actor('friend');
    await story.vouch(friend, ['seller'], {}, seller);
    await story.say(friend, 'I am a seller too');
    const passport = await verdictOn(story);
    expect([passport.verdict, troubles(passport)]).toEqual([
      'TOTAL-PASSED',
      ['credential.depth', 'trust.no-path'],
    ]);
  });
});
