import { encodePassport, MEMBER, verifyPassport } from 'goodorder';
import { ITEM, Party } from './parties.js';

const courier = new Party('courier');
const buyer = new Party('buyer');

const word = await courier.sign('statement', 1_777_863_660, {
  occurredAt: { utcS: 1_777_863_600, offsetMin: 480 },
  about: { item: ITEM },
  text: 'handed over at the door',
});
// `seen` pins the courier's record: from now on the courier cannot take it back unseen.
const answer = await buyer.sign(
  'countersign',
  1_777_864_000,
  {
    of: Buffer.from(word.id, 'hex'),
    stance: 'reserve',
    remark: 'exception',
    inspectedScope: [{ aspect: 'packaging-outer' }],
    occurredAt: { utcS: 1_777_863_990, offsetMin: 480 },
  },
  [word],
);

const passport = encodePassport({
  item: ITEM,
  members: {
    [MEMBER.records]: [word.record, answer.record],
    [MEMBER.keys]: [courier.signer.coseKey, buyer.signer.coseKey],
  },
});
// Nobody is believed without a trust file: what can be shown is that the bytes are whole and who holds which key.
const verified = await verifyPassport(passport, { trust: null, at: 1_777_900_000 });
console.log(verified.verdict);
for (const record of verified.records) {
  console.log(record.number, record.type, record.state, 'pins', record.pins.length);
}

// Prints:
// INDETERMINATE
// 1 statement valid pins 0
// 2 countersign valid pins 1
