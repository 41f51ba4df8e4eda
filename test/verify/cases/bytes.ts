import { compareBytes, concatBytes, fromHex } from '../../../src/codec/hex.js';
import { encodeSign1, sigStructure, splitSign1 } from '../../../src/crypto/cose-sign1.js';
import { flipped, ITEM, rawPassport } from '../story.js';
import { type Case, type Cases, failed, input, seller } from './case.js';

/** The seller's record with another payload, signed for good. */
function payload(hex: string): Case['make'] {
  return async () => {
    const { story, actor } = await seller();
    const parts = splitSign1(story.records[0]!);
    if ('code' in parts) throw new Error(parts.code);
    const bytes = fromHex(hex);
    const signature = await actor.signer.sign(sigStructure(parts.protected, bytes));
    story.records.push(encodeSign1(parts.protected, bytes, signature));
    return input(story);
  };
}

/** The seller's record, with these bytes beside it instead of a record. */
function element(change: (record: Uint8Array) => Uint8Array): Case['make'] {
  return async () => {
    const { story } = await seller();
    story.records.push(change(story.records[0]!));
    return input(story);
  };
}

function file(change: (bytes: Uint8Array) => Uint8Array, limit?: number): Case['make'] {
  return async () => {
    const { story } = await seller();
    return input(story, {
      bytes: change(story.file()),
      ...(limit === undefined ? {} : { options: { limit } }),
    });
  };
}

/** Two records, in the order and as often as the case says. */
function unordered(change: (records: readonly Uint8Array[]) => readonly Uint8Array[]): Case['make'] {
  return async () => {
    const { story, actor } = await seller();
    await story.say(actor, 'second');
    const keys = [...story.keys].map(({ coseKey }) => coseKey).sort(compareBytes);
    const members = new Map([
      [1, change([...story.records].sort(compareBytes))],
      [2, keys],
      [3, story.credentials],
    ]);
    return input(story, { bytes: rawPassport(ITEM, members) });
  };
}

/** Parts of a COSE_Sign1 put together by hand: protected, unprotected, payload, signature, each encoded. */
function cose(...parts: readonly string[]): (record: Uint8Array) => Uint8Array {
  return () => fromHex(`d284${parts.join('')}`);
}

export const BYTE_CASES: Cases = {
  'cbor.truncated': [
    failed(payload('a100'), 'cbor.truncated'),
    failed(
      file((bytes) => bytes.subarray(0, bytes.length - 1)),
      'cbor.truncated',
    ),
    failed(
      element((record) => record.subarray(0, record.length - 1)),
      'cbor.truncated',
    ),
  ],
  'cbor.trailing': [
    failed(payload('a1000100'), 'cbor.trailing'),
    failed(
      file((bytes) => concatBytes(bytes, Uint8Array.of(0))),
      'cbor.trailing',
    ),
    failed(
      element((record) => concatBytes(record, Uint8Array.of(0))),
      'cbor.trailing',
    ),
  ],
  'cbor.not-shortest': failed(payload('a1001801'), 'cbor.not-shortest'),
  'cbor.indefinite': failed(payload('bf0001ff'), 'cbor.indefinite'),
  'cbor.reserved': failed(payload('a1001c'), 'cbor.reserved'),
  'cbor.tag': failed(payload('a100c001'), 'cbor.tag'),
  'cbor.simple': [
    failed(payload('a100f7'), 'cbor.simple'),
    failed(payload('a100fb3ff0000000000000'), 'cbor.simple'),
  ],
  'cbor.key-type': failed(payload('a14001'), 'cbor.key-type'),
  'cbor.key-order': failed(payload('a201000000'), 'cbor.key-order'),
  'cbor.duplicate-key': failed(payload('a200010001'), 'cbor.duplicate-key'),
  'cbor.text-utf8': failed(payload('a10062c328'), 'cbor.text-utf8'),
  'cbor.text-control': failed(payload('a1006100'), 'cbor.text-control'),
  'cbor.depth': failed(payload(`a100${'81'.repeat(32)}00`), 'cbor.depth'),
  'cbor.too-long': failed(
    element((record) => concatBytes(record, new Uint8Array(65_536))),
    'cbor.too-long',
  ),
  'cose.start': [
    failed(
      element((record) => concatBytes(Uint8Array.of(0xd1), record.subarray(1))),
      'cose.start',
    ),
    failed(
      element((record) => record.subarray(1)),
      'cose.start',
    ),
  ],
  'cose.protected': failed(element(cose('4100', 'a0', '41a0', '40')), 'cose.protected'),
  'cose.unprotected': failed(element(cose('41a0', 'a10100', '41a0', '40')), 'cose.unprotected'),
  'cose.payload': [
    failed(element(cose('41a0', 'a0', 'f6', '40')), 'cose.payload'),
    failed(element(cose('41a0', 'a0', '40', '40')), 'cose.payload'),
  ],
  'cose.signature': failed(element(cose('41a0', 'a0', '41a0', 'f6')), 'cose.signature'),
  'passport.magic': failed(
    file((bytes) => flipped(bytes, 0)),
    'passport.magic',
  ),
  'passport.map': failed(
    file((bytes) => concatBytes(bytes.subarray(0, 8), Uint8Array.of(0x80))),
    'passport.map',
  ),
  'passport.item': [
    failed(
      file((bytes) => concatBytes(bytes.subarray(0, 8), Uint8Array.of(0xa0))),
      'passport.item',
    ),
    failed(
      file((bytes) => concatBytes(bytes.subarray(0, 8), fromHex('a10041aa'))),
      'passport.item',
    ),
  ],
  'passport.member': [
    failed(
      file((bytes) => concatBytes(bytes.subarray(0, 8), fromHex('a20061610980'))),
      'passport.member',
    ),
  ],
  'passport.set': failed(
    unordered((records) => records.flatMap((record) => [record, record])),
    'passport.set',
  ),
  'passport.set-order': failed(
    unordered((records) => [...records].reverse()),
    'passport.set-order',
  ),
  'passport.too-large': failed(
    file((bytes) => bytes, 100),
    'passport.too-large',
  ),
};
