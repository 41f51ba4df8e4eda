import { encodeOkpKey, keyThumbprint } from '../crypto/cose-key.js';
import { ed25519PublicKey } from '../crypto/ed25519.js';
import { sha256 } from '../crypto/hash.js';
import { ROLES } from '../record/vocabulary.js';

// Names that scenarios give to parties, authorities, logs and witnesses. Anybody can make the private keys of these.
const NAMES = [
  ...ROLES,
  ...['alice', 'bob', 'carol', 'dave', 'eve', 'mallory', 'trent'],
  ...[
    'accreditor',
    'association',
    'ca',
    'chamber',
    'issuer',
    'registry',
    'regulator',
    'root',
    'trust',
    'tsa',
  ],
  ...[
    'client',
    'company',
    'consignee',
    'consignor',
    'consumer',
    'customer',
    'maker',
    'manufacturer',
    'owner',
  ],
  ...['merchant', 'recipient', 'receiver', 'sender', 'shipper', 'shop', 'store', 'supplier', 'vendor'],
  ...['courier', 'driver', 'forwarder', 'haulier', 'hub', 'locker', 'network', 'port', 'ship', 'truck'],
  ...['appraiser', 'expert', 'insurer', 'lab', 'notary', 'surveyor', 'tester', 'witness'],
  ...['attacker', 'key', 'log', 'other', 'party', 'signer', 'stranger', 'test', 'user'],
];
const SUFFIXES = [
  '',
  '-a',
  '-b',
  '-c',
  '-d',
  '-1',
  '-2',
  '-3',
  '-4',
  '-old',
  '-new',
  '-next',
  '-key',
  '-phone',
];
const OTHERS = [
  ...'abcdefghijklmnopqrstuvwxyz',
  'log.test.goodorder.example',
  'witness-one.test.goodorder.example',
  'witness-two.test.goodorder.example',
];

/** Seed of a published test key: SHA-256("goodorder/test/" + name). */
export function testKeySeed(name: string): Uint8Array {
  return sha256(new TextEncoder().encode(`goodorder/test/${name}`));
}

let known: ReadonlyMap<string, string> | undefined;

/**
 * The name of the test key that has this kid, null where it is none of the names that scenarios use. Whoever lists such
 * a key as trusted trusts everybody: `trust add` refuses it (`key.test-only`). A test key of an unusual name cannot be
 * told from a real one.
 */
export function testKeyName(kid: string): string | null {
  known ??= new Map(
    [...NAMES.flatMap((name) => SUFFIXES.map((suffix) => name + suffix)), ...OTHERS].map((name) => [
      keyThumbprint(encodeOkpKey(ed25519PublicKey(testKeySeed(name)))),
      name,
    ]),
  );
  return known.get(kid) ?? null;
}
