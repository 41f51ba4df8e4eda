import { CODES, encodePassport, MEMBER, makeVerifyReport, verifyPassport } from 'goodorder';
import { ITEM, Party } from './parties.js';

const courier = new Party('courier');
const record = await courier.sign('statement', 1_777_863_660, {
  occurredAt: { utcS: 1_777_863_600, offsetMin: 480 },
  about: { item: ITEM },
  text: 'one parcel, dry',
});
// Somebody thinks that wet is better.
const changed = Buffer.from(record.record);
changed.set(Buffer.from('wet'), changed.indexOf('dry'));
const passport = encodePassport({
  item: ITEM,
  members: { [MEMBER.records]: [changed], [MEMBER.keys]: [courier.signer.coseKey] },
});

// Hostile bytes never make it throw: whatever is wrong is an answer.
const verified = await verifyPassport(passport, { trust: null, at: 1_777_900_000 });
console.log(verified.verdict);
for (const { axis, verdict, lowering } of Object.values(verified.axes)) {
  console.log(`${axis}: ${verdict}`, lowering.map(({ code }) => code).join(' '));
}
for (const { code, severity, member, index, offset } of verified.diagnostics) {
  if (severity === 'failure')
    console.log(code, CODES[code].axis, `member ${member}, element ${index}, byte ${offset}`);
}
// The same as plain data, to store or send; `version` is that of the program that verified.
const report = makeVerifyReport(verified, { version: '1.0.0' });
console.log(Object.keys(report).join(' '));

// Prints:
// TOTAL-FAILED
// integrity: failed sig.invalid passport.unreferenced
// authenticity: passed
// time: passed
// completeness: passed
// trust: limited trust.none
// sig.invalid integrity member 1, element 0, byte 62
// passport.unreferenced integrity member 2, element 0, byte 532
// schemaVersion verifier verdict passport at trust answers elements records checks findings counts wouldLeaveOut
