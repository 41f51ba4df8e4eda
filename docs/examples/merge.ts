import { encodePassport, MEMBER, mergePassports } from 'goodorder';
import { ITEM, Party } from './parties.js';

const courier = new Party('courier');
const buyer = new Party('buyer');
const about = { occurredAt: { utcS: 1_777_863_600, offsetMin: 480 }, about: { item: ITEM } };
const first = await courier.sign('statement', 1_777_863_660, { ...about, text: 'collected' });
const second = await courier.sign('statement', 1_777_880_000, { ...about, text: 'delivered' });
const answer = await buyer.sign('statement', 1_777_890_000, { ...about, text: 'a corner is dented' }, [
  second,
]);

const file = (records: readonly Uint8Array[], keys: readonly Uint8Array[]): Uint8Array =>
  encodePassport({ item: ITEM, members: { [MEMBER.records]: records, [MEMBER.keys]: keys } });

const couriersCopy = file([first.record, second.record], [courier.signer.coseKey]);
const buyersCopy = file([second.record, answer.record], [courier.signer.coseKey, buyer.signer.coseKey]);
const one = await mergePassports([couriersCopy, buyersCopy]);
const other = await mergePassports([buyersCopy, couriersCopy, buyersCopy]);
console.log('the same file in any order:', one.digest === other.digest);
console.log('left out:', one.leftOut.length);

// What cannot verify is left out, and said.
const spoiled = answer.record.slice();
spoiled[spoiled.length - 1] = (spoiled.at(-1) ?? 0) ^ 1;
const third = await mergePassports([one.bytes, { member: MEMBER.records, bytes: spoiled }]);
console.log('the same file still:', third.digest === one.digest);
for (const { code, input } of third.leftOut) console.log('left out:', code, 'of input', input);

// Prints:
// the same file in any order: true
// left out: 0
// the same file still: true
// left out: sig.invalid of input 1
