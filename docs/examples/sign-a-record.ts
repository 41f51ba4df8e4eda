import { ed25519Signer, readRecord, sha256, signRecord } from 'goodorder';
import { ITEM, keyFromWord } from './parties.js';

const signer = ed25519Signer(keyFromWord('courier'));
const made = await signRecord({
  signer,
  iss: `urn:goodorder:key:${signer.kid}`,
  sub: ITEM,
  type: 'statement',
  payload: {
    occurredAt: { utcS: 1_777_863_600, offsetMin: 480 },
    about: { item: ITEM },
    text: 'the parcel was open when I came for it',
  },
  // The signer's claim, seconds UTC. The library has no clock.
  iat: 1_777_863_660,
  // The key's first record: number 0, nothing before it. The next one takes `made.next`.
  state: { seq: 0, prev: null, lane: null },
  salt: () => crypto.getRandomValues(new Uint8Array(16)),
});

const read = readRecord(made.record);
if (!read.ok) throw new Error('nothing that signRecord makes is refused');
console.log('bytes:', made.record.length);
console.log('id is the SHA-256 of the bytes:', made.id === Buffer.from(sha256(made.record)).toString('hex'));
console.log('type:', read.record.type, 'number:', read.record.link.seq);
console.log('says:', read.record.payload.fields['text']);
console.log('next number:', made.next.seq);

// Prints:
// bytes: 490
// id is the SHA-256 of the bytes: true
// type: statement number: 0
// says: the parcel was open when I came for it
// next number: 1
