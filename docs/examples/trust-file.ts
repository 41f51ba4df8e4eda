import { encodePassport, MEMBER, readTrustFile, signCredential, verifyPassport } from 'goodorder';
import { ITEM, Party } from './parties.js';

const registry = new Party('registry', 'https://id.gs1.org/417/9521234000006');
const seller = new Party('seller', 'https://id.gs1.org/417/9521234000013');

const record = await seller.sign('statement', 1_777_863_660, {
  occurredAt: { utcS: 1_777_863_600, offsetMin: 480 },
  about: { item: ITEM },
  text: 'packed and closed',
});
// The registry's word that this key signs for the seller. It travels in the passport.
const credential = await signCredential(registry.signer, {
  party: seller.uri,
  key: seller.signer.kid,
  roles: ['seller'],
  from: 1_767_225_600,
  until: 1_798_761_599,
});
const passport = encodePassport({
  item: ITEM,
  members: {
    [MEMBER.records]: [record.record],
    [MEMBER.keys]: [seller.signer.coseKey, registry.signer.coseKey],
    [MEMBER.credentials]: [credential],
  },
});

// Whom the verifier believes. It comes from the verifier alone, never from the passport.
const trust = readTrustFile(
  JSON.stringify({
    format: 1,
    name: 'example',
    sequence: 1,
    issued: '2026-01-01T00:00:00Z',
    nextUpdate: '2026-12-31T00:00:00Z',
    authorities: [
      {
        party: registry.uri,
        key: Buffer.from(registry.signer.coseKey).toString('base64url'),
        roles: ['seller'],
        mayDelegate: 1,
        from: '2026-01-01T00:00:00Z',
        until: '2027-01-01T00:00:00Z',
      },
    ],
  }),
);

const at = 1_777_900_000;
const stranger = await verifyPassport(passport, { trust: null, at });
const believed = await verifyPassport(passport, { trust, at });
console.log('without it:', stranger.verdict, stranger.records[0]?.state);
console.log('with it:', believed.verdict, believed.records[0]?.state, believed.records[0]?.roles.join());

// Prints:
// without it: INDETERMINATE valid
// with it: TOTAL-PASSED trusted seller
