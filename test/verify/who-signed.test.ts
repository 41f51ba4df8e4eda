import { describe, expect, test } from 'vitest';
import { fromHex } from '../../src/codec/hex.js';
import type { Credential } from '../../src/credential/credential.js';
import type { Authority, TrustFile } from '../../src/credential/trust-file.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import { looseElement, MEMBER } from '../../src/passport/element.js';
import type { PassportRecord } from '../../src/passport/passport.js';
import type { SignedRecord } from '../../src/record/record.js';
import { RECORD_TYPES } from '../../src/record/types/index.js';
import { checkSigners, type SignerEvidence } from '../../src/verify/checks/who-signed.js';
import { Story } from './story.js';

// Records and credentials as they come out of the checks before: no signature is asked for here.

const kid = (name: string): string => sha256Hex(new TextEncoder().encode(name));
const AT = 1_000;
const element = looseElement(MEMBER.records, new Uint8Array());

function record(id: string, signer: string, iat = 500, iss = `urn:party:${signer}`): PassportRecord {
  const head = { id: kid(id), kid: kid(signer), iss, sub: 's', iat, type: 'statement' };
  const definition = RECORD_TYPES.get('statement');
  const payload = { revision: 1, fields: {} };
  const signed = { ...head, definition, payload } as unknown as SignedRecord;
  return { element, head: signed, reading: 'sound', record: signed, diagnostics: [] } as PassportRecord;
}

function revocation(id: string, signer: string, suspectFrom: number, lastGood?: string): PassportRecord {
  const entry = record(id, signer, 10);
  const definition = RECORD_TYPES.get('key-event');
  const fields = {
    key: fromHex(kid(signer)),
    action: 'revoke',
    suspectFrom: { utcS: suspectFrom, offsetMin: 0 },
    ...(lastGood === undefined ? {} : { lastGood: fromHex(kid(lastGood)) }),
  };
  const signed = { ...entry.record!, type: 'key-event', definition, payload: { revision: 1, fields } };
  return { ...entry, head: signed, record: signed } as unknown as PassportRecord;
}

const grant = { roles: ['seller'] as const, from: 0, subjects: null, until: AT };

function credential(id: number, issuer: string, key: string, until = AT, mayDelegate = 0): Credential {
  return {
    ...grant,
    party: `urn:party:${key}`,
    until,
    mayDelegate,
    id: String(id).padStart(64, '0'),
    issuer: kid(issuer),
    key: kid(key),
    bytes: new Uint8Array(),
    toBeSigned: new Uint8Array(),
    signature: new Uint8Array(),
    alg: -19,
    accreditation: null,
  };
}

function trusting(...names: string[]): TrustFile {
  const authorities = names.map(
    (name): Authority => ({
      ...grant,
      party: `urn:party:${name}`,
      mayDelegate: 2,
      kid: kid(name),
      key: { kty: 'unknown', kid: kid(name), bytes: new Uint8Array() },
    }),
  );
  return { ...new Story().trust(), authorities, revoked: new Map() };
}

const ask = (
  records: readonly PassportRecord[],
  given: Partial<SignerEvidence> & { readonly held?: readonly Credential[] } = {},
): ReturnType<typeof checkSigners> =>
  checkSigners({
    trust: trusting('root'),
    records,
    credentials: (given.held ?? []).map((one) => ({ element, credential: one })),
    upperOf: () => AT,
    credentialUpper: () => AT,
    upTo: () => () => false,
    isPresent: () => true,
    ...given,
  });

describe('which records are up to the last good ones', () => {
  const records = [
    record('by the stranger', 'stranger'),
    record('by the stranger, again', 'stranger'),
    record('by the seller', 'seller'),
    revocation('r1', 'stranger', 100, 'good of the stranger'),
    revocation('r2', 'seller', 100, 'good of the seller'),
  ];

  test('is asked of vouched keys first and once for each list; a flood of others comes after', () => {
    const asked: string[][] = [];
    const upTo: SignerEvidence['upTo'] = (ids) => {
      asked.push([...ids]);
      return (id) => id === kid('by the stranger');
    };
    const { disputes } = ask(records, { upTo, held: [credential(1, 'root', 'seller')] });
    expect(asked).toEqual([[kid('good of the seller')], [kid('good of the stranger')]]);
    expect([...disputes]).toEqual([
      [kid('by the stranger, again'), 'key.self-disputed'],
      [kid('by the seller'), 'key.self-disputed'],
    ]);
  });

  test('is not asked where nothing is named as good', () => {
    let asked = 0;
    const upTo: SignerEvidence['upTo'] = () => {
      asked += 1;
      return () => true;
    };
    const { disputes } = ask([record('one', 'seller'), revocation('r', 'seller', 100)], { upTo });
    expect([asked, [...disputes.keys()]]).toEqual([0, [kid('one')]]);
  });
});

test('a dispute names the first sixteen of many revocations', () => {
  const events = Array.from({ length: 17 }, (_, index) => revocation(`r${index}`, 'seller', 100));
  const { diagnostics } = ask([record('one', 'seller'), ...events]);
  const [found] = [...diagnostics].filter(({ code }) => code === 'key.self-disputed');
  const named = events.map(({ head }) => head.id).sort();
  expect(found).toEqual({
    code: 'key.self-disputed',
    axis: 'trust',
    severity: 'indeterminate',
    record: kid('one'),
    detail: { key: kid('seller'), suspectFrom: 100, by: 'self', events: named.slice(0, 16), upper: AT },
  });
});

test('of very many paths the first 256 are weighed', () => {
  const roots = ['root 0', 'root 1', 'root 2', 'root 3', 'root 4'];
  const many = (short: number): Credential[] =>
    roots.flatMap((root, branch) =>
      Array.from({ length: 64 }, (_, index) => {
        const number = 64 * branch + index;
        return credential(number, root, 'seller', number < short ? 20 : AT);
      }),
    );
  const trust = trusting(...roots);
  const bound = (short: number): unknown => {
    const { bindings } = ask([record('one', 'seller')], { trust, held: many(short) });
    return bindings.get(kid('one'))!.trusted;
  };
  expect([bound(255), bound(256)]).toEqual([true, false]);
});

describe('hasPath', () => {
  test('asks for a path to the key, whatever it is worth', () => {
    const { hasPath } = ask([record('one', 'seller')], { held: [credential(1, 'root', 'seller', 20)] });
    expect([hasPath(kid('seller')), hasPath(kid('root')), hasPath(kid('stranger'))]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

test('what is said of a name that no path gives is held once, and told of each record', () => {
  const records = [
    record('one', 'stranger'),
    record('two', 'stranger'),
    record('three', 'seller'),
    record('four', 'stranger'),
  ];
  const held = [credential(1, 'root', 'seller')];
  const { bindings, diagnostics } = ask(records, { held });
  expect(bindings.get(kid('two'))).toBe(bindings.get(kid('one')));
  expect(bindings.get(kid('three'))).toMatchObject({ binding: 'path', trusted: true });
  const told = [...diagnostics].map(({ code, record: id }) => [code, id]);
  expect(told).toEqual(['one', 'two', 'four'].map((name) => ['trust.no-path', kid(name)]));
  expect([...diagnostics]).toEqual([...diagnostics]);
});

test('what is said of one record does not depend on what else its key has signed', () => {
  const own = `urn:goodorder:key:${kid('seller')}`;
  const parties = [own, 'urn:party:seller', 'urn:other', 'urn:third'];
  const drawn = parties.flatMap((iss) =>
    [
      ['statement', {}],
      ['commission', {}],
      ['handover', { from: 'urn:party:seller', to: own }],
      ['handover', { from: 'urn:other', to: 'urn:fourth' }],
    ].flatMap(([type, fields]) => [500, AT + 1].map((iat) => ({ iss, type: type as string, fields, iat }))),
  );
  const records = drawn.map(({ iss, type, fields, iat }, index) => {
    const entry = record(`record ${index}`, 'seller', iat, iss);
    const definition = RECORD_TYPES.get(type)!;
    const signed = { ...entry.record!, type, definition, payload: { revision: 1, fields } };
    return { ...entry, head: signed, record: signed } as unknown as PassportRecord;
  });
  for (const held of [[], [credential(1, 'root', 'seller')]]) {
    for (const given of [records, [...records].reverse()]) {
      const { bindings } = ask(given, { held });
      for (const one of records) {
        const alone = ask([one], { held }).bindings.get(one.head.id);
        expect(bindings.get(one.head.id)).toEqual(alone);
      }
    }
  }
});
