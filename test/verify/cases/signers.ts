import type { CborKey, CborValue } from '../../../src/codec/cbor.js';
import { fromHex } from '../../../src/codec/hex.js';
import { assembleCredential } from '../../../src/credential/credential.js';
import { Actor, AT, DAY, flipped, ITEM, instant, type SignOptions, Story, T0 } from '../story.js';
import { type Case, type Cases, failed, input, limited, passed, seller } from './case.js';

/** The seller's credential as something else, signed by the authority. */
function credential(
  change: (payload: Map<CborKey, CborValue>) => void,
  header: readonly [CborKey, CborValue][] = [],
): Case['make'] {
  return async () => {
    const { story, actor } = await seller();
    const payload = new Map<CborKey, CborValue>([
      ['party', actor.iss],
      ['key', fromHex(actor.kid)],
      ['roles', ['seller']],
      ['from', T0],
      ['until', T0 + DAY],
    ]);
    change(payload);
    story.credentials.push(await assembleCredential(story.authority.signer, payload, new Map(header)));
    return input(story);
  };
}

/** One statement by a company whose credential the case makes. */
function vouched(
  more: Parameters<Story['vouch']>[2],
  options: SignOptions = {},
  rest: Partial<Parameters<typeof input>[1]> = {},
): Case['make'] {
  return async () => {
    const { story } = await seller();
    const actor = await story.company('other', ['buyer'], more);
    await story.say(actor, 'something', options);
    return input(story, rest);
  };
}

/** A company under a registry under the authority; the registry's grant and the company's as the case says. */
function delegated(
  registryGrant: Parameters<Story['vouch']>[2],
  grant: Parameters<Story['vouch']>[2],
  roles: 'buyer' | 'carrier' = 'buyer',
): Case['make'] {
  return async () => {
    const { story } = await seller();
    const registry = new Actor('registry');
    const actor = new Actor('other');
    await story.vouch(registry, ['buyer'], registryGrant);
    await story.vouch(actor, [roles], grant, registry);
    await story.say(actor, 'something');
    return input(story);
  };
}

const commission = {
  occurredAt: instant(T0),
  name: 'plate',
  facility: { name: 'kiln' },
  stage: 'finished',
  model: 'P',
  materials: [{ name: 'porcelain' }],
  conformityReferences: [],
};

const revoke = (key: string, suspectFrom: number, lastGood?: string): Record<string, unknown> => ({
  action: 'revoke',
  key: fromHex(key),
  suspectFrom: instant(suspectFrom),
  ...(lastGood === undefined ? {} : { lastGood: fromHex(lastGood) }),
});

/** Somebody revokes the seller's key as of the beginning. */
function revoked(
  by: 'self' | 'authority' | 'stranger' | 'trust file',
  lastGood?: 'first' | 'absent',
): Case['make'] {
  return async () => {
    const { story, actor } = await seller();
    await story.say(actor, 'second');
    const good = lastGood === 'first' ? story.ids[0] : lastGood === 'absent' ? 'ab'.repeat(32) : undefined;
    if (by === 'trust file') {
      return input(story, { trust: story.trust({ revoked: [{ kid: actor.kid, suspectFrom: T0 - DAY }] }) });
    }
    const speaker = by === 'self' ? actor : by === 'authority' ? story.authority : Actor.person('stranger');
    const sub = `urn:goodorder:key:${actor.kid}`;
    await story.sign(speaker, 'key-event', revoke(actor.kid, T0 - DAY, good), { sub });
    return input(story);
  };
}

export const SIGNER_CASES: Cases = {
  'credential.header': [
    failed(
      credential(() => {}, [[16, 'application/vnd.goodorder.record+cose']]),
      'credential.header',
    ),
    failed(
      credential(() => {}, [[99, 1]]),
      'credential.header',
    ),
  ],
  'credential.shape': [
    failed(
      credential((payload) => payload.set('roles', ['king'])),
      'credential.shape',
    ),
    failed(
      credential((payload) => payload.set('until', T0 - 1)),
      'credential.shape',
    ),
  ],
  'credential.unknown-key': failed(
    credential((payload) => payload.set('crown', true)),
    'credential.unknown-key',
  ),
  'credential.issuer-absent': failed(
    async () => {
      const { story } = await seller();
      const kept = [...story.keys].filter(({ kid }) => kid !== story.authority.kid);
      return input(story, { bytes: story.file({ keys: kept.map(({ coseKey }) => coseKey) }) });
    },
    'credential.issuer-absent',
    'trust.no-path',
  ),
  'credential.sig-invalid': failed(
    async () => {
      const { story } = await seller();
      const [good] = story.credentials;
      const bad = flipped(good!, 8 * (good!.length - 40));
      return input(story, { bytes: story.file({ credentials: [bad] }) });
    },
    'credential.sig-invalid',
    'passport.unreferenced',
    'trust.no-path',
  ),
  // The path is ignored: nobody vouches for the company, which lowers nothing.
  'credential.widens': [
    passed(delegated({ mayDelegate: 1 }, {}, 'carrier'), 'trust.no-path'),
    passed(delegated({ mayDelegate: 1 }, { until: T0 + 301 * DAY }), 'trust.no-path'),
  ],
  'credential.depth': [
    passed(delegated({ mayDelegate: 0 }, {}), 'trust.no-path'),
    passed(delegated({ mayDelegate: 1 }, { mayDelegate: 1 }), 'trust.no-path'),
  ],
  'iss.not-bound': [
    failed(async () => {
      const { story, actor } = await seller();
      await story.say(actor, 'as somebody else', { iss: new Actor('somebody else').iss });
      return input(story);
    }, 'iss.not-bound'),
    // A stranger under the URI of the seller's key: listed, and the seller is not touched.
    passed(async () => {
      const { story, actor } = await seller();
      await story.say(new Actor('stranger', `urn:goodorder:key:${actor.kid}`), 'as the seller');
      return input(story);
    }, 'iss.not-bound'),
  ],
  'role.not-permitted': [
    passed(async () => {
      const { story, actor } = await seller();
      await story.sign(actor, 'commission', commission);
      return input(story);
    }),
    passed(async () => {
      const { story } = await seller();
      await story.sign(Actor.person('consumer'), 'commission', commission);
      return input(story);
    }),
  ],
  'credential.subject-outside': failed(async () => {
    const { story } = await seller();
    const subjects = ['https://id.gs1.org/01/09521234543220/'];
    const producer = await story.company('producer', ['producer'], { subjects });
    await story.sign(producer, 'commission', commission);
    return input(story);
  }, 'credential.subject-outside'),
  'credential.expired': failed(vouched({ until: T0 - 1 }, { iat: T0 }), 'credential.expired'),
  'credential.not-yet': limited(vouched({ from: T0 + 1 }, { iat: T0 }), 'credential.not-yet'),
  'credential.unproven-before-expiry': limited(
    vouched({ until: T0 + DAY }, { iat: T0 }),
    'credential.unproven-before-expiry',
  ),
  'credential.disputed': limited(async () => {
    const { story } = await seller();
    const registry = new Actor('registry');
    const actor = new Actor('other');
    await story.vouch(registry, ['buyer'], { mayDelegate: 1 });
    await story.vouch(actor, ['buyer'], {}, registry);
    await story.say(actor, 'something');
    return input(story, { trust: story.trust({ revoked: [{ kid: registry.kid, suspectFrom: T0 }] }) });
  }, 'credential.disputed'),
  'credential.two-parties': limited(async () => {
    const { story, actor } = await seller();
    const other = new Actor('other');
    await story.vouch(new Actor('seller', other.iss), ['buyer']);
    await story.say(actor, 'as the other', { iss: other.iss });
    return input(story);
  }, 'credential.two-parties'),
  'trust.no-path': [
    passed(async () => {
      const { story } = await seller();
      await story.say(new Actor('stranger'), 'hello');
      return input(story);
    }, 'trust.no-path'),
    limited(async () => {
      const { story } = await seller();
      return input(story, {
        trust: story.trust({ authorities: [{ actor: new Actor('another authority'), roles: [] }] }),
      });
    }, 'trust.no-path'),
  ],
  'trust.self-asserted': [
    passed(async () => {
      const { story } = await seller();
      await story.say(Actor.person('consumer'), 'hello');
      return input(story);
    }),
    limited(async () => {
      const story = new Story();
      await story.say(Actor.person('consumer'), 'hello');
      return input(story);
    }, 'trust.no-path'),
  ],
  'trust.none': limited(
    async () => {
      const { story } = await seller();
      return input(story, { trust: null });
    },
    'trust.no-path',
    'trust.none',
  ),
  'trust.stale': limited(async () => {
    const { story } = await seller();
    return input(story, { trust: story.trust({ nextUpdate: AT - 1 }) });
  }, 'trust.stale'),
  'trust.sequence-too-old': failed(async () => {
    const { story } = await seller();
    return input(story, { options: { trustMinSequence: 13 } });
  }, 'trust.sequence-too-old'),
  'key.disputed': [
    limited(revoked('authority'), 'key.disputed'),
    limited(revoked('trust file'), 'key.disputed'),
    limited(revoked('authority', 'first'), 'key.disputed'),
  ],
  'key.self-disputed': limited(revoked('self'), 'key.self-disputed'),
  'keyevent.sub': failed(async () => {
    const { story, actor } = await seller();
    const fields = revoke(new Actor('other').kid, T0);
    const { prev, lane } = actor.position(ITEM);
    await story.signRaw(actor, {
      type: 'key-event',
      link: [1, 1, fromHex(prev!), [], fromHex(lane!), []],
      fields,
    });
    return input(story);
  }, 'keyevent.sub'),
  'keyevent.not-entitled': passed(revoked('stranger')),
  'keyevent.last-good-absent': limited(
    revoked('authority', 'absent'),
    'key.disputed',
    'keyevent.last-good-absent',
  ),
};
