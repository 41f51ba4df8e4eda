import { encodeCbor } from '../../src/codec/cbor.js';
import { diagnose } from '../../src/codec/diagnostic.js';
import { fromHex, toHex, utf8Bytes } from '../../src/codec/hex.js';
import { readCredential } from '../../src/credential/credential.js';
import { readTrustFile } from '../../src/credential/trust-file.js';
import { sigStructure, splitSign1 } from '../../src/crypto/cose-sign1.js';
import { sha256, sha256Hex } from '../../src/crypto/hash.js';
import { buildLog } from '../../src/log/build-log.js';
import { parseNote } from '../../src/log/signed-note.js';
import { leafHash, nodeHash } from '../../src/merkle/tree.js';
import { readOpening } from '../../src/record/private-fields.js';
import { readRecord } from '../../src/record/read-record.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { makeVerifyReport } from '../../src/verify/verify-report.js';
import {
  Actor,
  AT,
  DAY,
  hashOf,
  ITEM,
  LOG,
  Story,
  seedOf,
  statement,
  T0,
  witnessedAt,
} from '../verify/story.js';

/** Hex, 48 bytes a line, as a block of the page. */
function block(bytes: Uint8Array): string {
  const lines = toHex(bytes).match(/.{1,96}/g) ?? [];
  return lines.map((line) => `    ${line}\n`).join('');
}

function code(text: string): string {
  return text
    .trimEnd()
    .split('\n')
    .map((line) => `    ${line}\n`)
    .join('');
}

/** A wrapped list of `name = value` lines. */
function values(...entries: readonly (readonly [string, string])[]): string {
  return entries.map(([name, value]) => `    ${name} = ${value}\n`).join('');
}

function signed(bytes: Uint8Array): { header: Uint8Array; payload: Uint8Array; signature: Uint8Array } {
  const parts = splitSign1(bytes);
  if ('code' in parts) throw new Error(parts.code);
  return { header: parts.protected, payload: parts.payload, signature: parts.signature };
}

function recordSection(title: string, bytes: Uint8Array, note: string): string {
  const { header, payload, signature } = signed(bytes);
  const toBeSigned = sigStructure(header, payload);
  const read = readRecord(bytes);
  if (!read.ok || read.diagnostics.length > 0) throw new Error(title);
  return `## ${title}
${note}

Protected header, ${header.length} bytes:

${block(header)}
${code(diagnose(header))}
Payload, ${payload.length} bytes:

${block(payload)}
${code(diagnose(payload))}
Sig_structure, ${toBeSigned.length} bytes: \`84 6a 5369676e617475726531\`, the header as byte string, \`40\`, the payload as byte string:

${block(toBeSigned)}
${values(['statement hash = SHA-256(Sig_structure)', sha256Hex(toBeSigned)])}
Signature over the Sig_structure:

${block(signature)}
The record, ${bytes.length} bytes: \`d2 84\`, header, \`a0\`, payload, signature:

${block(bytes)}
${values(['id = SHA-256(record)', sha256Hex(bytes)])}
`;
}

/** The worked example of the specification: everything in it is computed. */
export async function examplePage(): Promise<string> {
  const story = new Story();
  const seller = new Actor('seller');
  await story.vouch(seller, ['seller'], { from: T0 - DAY, until: T0 + 100 * DAY });
  const first = await story.sign(seller, 'statement', {
    ...statement('packed'),
    persons: [{ capacity: 'packer', name: 'Li Lei' }],
  });
  const second = await story.sign(seller, 'statement', statement('sent'), { iat: T0 + 60 });
  const log = buildLog(LOG, [hashOf('genesis'), first.id, second.id]);
  const note = log.checkpoint(witnessedAt(T0 + 120, 30));
  const receipt = log.receipt(second.id, note);
  story.notes.push(note);
  story.receipts.push(receipt);
  const passport = story.file();
  const trustText = story.trustText();
  const trust = readTrustFile(trustText);
  const verified = await verifyPassport(passport, { trust, at: AT });
  const report = makeVerifyReport(verified, { version: '' });

  const [credential] = story.credentials as [Uint8Array];
  const read = readCredential(credential);
  if (!read.ok) throw new Error('credential');
  const [openingBytes] = story.openings as [Uint8Array];
  const opening = readOpening(openingBytes);
  if (!opening.ok) throw new Error('opening');
  const { salt, path, value } = opening.opening;
  const preimage = encodeCbor([fromHex(seller.kid), ITEM, salt, [...path], value]);
  const domain = utf8Bytes('goodorder/field/1\0');
  const leaves = [hashOf('genesis'), first.id, second.id].map((id) => leafHash(fromHex(id)));
  const left = nodeHash(leaves[0]!, leaves[1]!);
  const parsed = parseNote(note);
  if ('code' in parsed) throw new Error(parsed.reason);
  const { header, payload } = signed(credential);

  return `# A worked example

One small passport, step by step, in hex. Every value is computed from the fixed test keys below; a test of this project makes this page anew
and compares. Nothing signed with these keys proves anything.

## Keys
A test key's seed is SHA-256("goodorder/test/" ‖ name). The public key follows RFC 8032.

${values(
  ['seed of "seller"', toHex(seedOf('seller'))],
  ['x', toHex(seller.signer.coseKey.slice(-32))],
  ['COSE_Key', toHex(seller.signer.coseKey)],
  ['kid = SHA-256(COSE_Key)', seller.kid],
)}
${values(
  ['seed of "authority"', toHex(seedOf('authority'))],
  ['COSE_Key', toHex(story.authority.signer.coseKey)],
  ['kid', story.authority.kid],
)}
## Credential
The authority says that the seller's key signs for \`${seller.iss}\`.

Protected header:

${block(header)}
${code(diagnose(header))}
Payload:

${block(payload)}
${code(diagnose(payload))}
The credential, ${credential.length} bytes:

${block(credential)}
${values(['id = SHA-256(credential)', read.credential.id])}
## A private field
The first record names its packer. At \`persons[0].name\` it holds the digest of

${values(
  ['kid', seller.kid],
  ['sub', ITEM],
  ['salt', toHex(salt)],
  ['path', JSON.stringify(path)],
  ['value', JSON.stringify(value)],
)}
cbor([kid, sub, salt, path, value]):

${block(preimage)}
${values(['"goodorder/field/1" ‖ 00', toHex(domain)], ['SHA-256(both)', toHex(sha256(domain, preimage))])}
The opening, [record id, path, salt, value]:

${block(openingBytes)}
${recordSection('First record', first.record, `A statement about \`${ITEM}\`: seq 0, so prev is null; the key's first, so lane is null. iat = ${T0}.`)}
${recordSection('Second record', second.record, 'seq 1; prev and lane both are the statement hash of the first.')}
## Log
The log \`${LOG.name}\` holds three entries: SHA-256("genesis"), the first record's id, the second's.

${values(
  ['leaf 0 = SHA-256(00 ‖ entry 0)', toHex(leaves[0]!)],
  ['leaf 1', toHex(leaves[1]!)],
  ['leaf 2', toHex(leaves[2]!)],
  ['node = SHA-256(01 ‖ leaf 0 ‖ leaf 1)', toHex(left)],
  ['root = SHA-256(01 ‖ node ‖ leaf 2)', toHex(nodeHash(left, leaves[2]!))],
)}
The note, with the lines of two witnesses (${T0 + 120} and ${T0 + 150}):

${code(new TextDecoder().decode(note))}
${values(
  ['note hash = SHA-256(all bytes)', sha256Hex(note)],
  ...parsed.signatures.map(({ name, keyId }) => [`key id of ${name}`, keyId] as const),
)}
The receipt of the second record, [id, index, path, note hash, tokens]; its path is the node above:

${block(receipt)}
${code(diagnose(receipt))}
## The file
${passport.length} bytes: magic, then the map of members 0, 1, 2, 3, 4, 5 and 7.

${block(passport)}
${values(['SHA-256(file)', sha256Hex(passport)])}
## Verification
The trust file:

${code(JSON.stringify(JSON.parse(trustText), null, 2))}
(written on one line, without spaces; SHA-256 = ${trust.digest})

At ${AT} (${report.answers.integrity.answer} · ${report.answers.authenticity.answer} · ${report.answers.time.answer} · ${report.answers.completeness.answer} · ${report.answers.trust.answer} for integrity, authenticity, time, completeness, trust):
**${report.verdict}**.

| record | state | standing | lower | upper | from |
|---|---|---|---|---|---|
${report.records
  .map(({ number, state, standing, verified: { time } }) => {
    return `| ${number} | ${state} | ${standing} | ${time.lower ?? '−∞'} | ${time.upper} | ${time.upperFrom} |\n`;
  })
  .join('')}
The quorum asks for both witnesses, so the note's upper bound is the later of their times, ${T0 + 150}. It covers the second record, and through its prev the first.
No anchor: both lower bounds are −∞.

Findings: ${report.findings.map(({ code: found }) => `\`${found}\``).join(', ')}.
`;
}
