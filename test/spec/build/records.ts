import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CborKey, type CborValue, encodeCbor } from '../../../src/codec/cbor.js';
import { compareBytes, concatBytes, fromHex, toHex, utf8Bytes } from '../../../src/codec/hex.js';
import { assembleCredential, readCredential } from '../../../src/credential/credential.js';
import { encodeSign1 } from '../../../src/crypto/cose-sign1.js';
import { encodePassport } from '../../../src/passport/file.js';
import { parsePassport } from '../../../src/passport/passport.js';
import { readOpening } from '../../../src/record/private-fields.js';
import { readRecord } from '../../../src/record/read-record.js';
import { headerMap, sealed, statementMap } from '../../attack/forge.js';
import { Actor, DAY, hashOf, ITEM, T0 } from '../../verify/story.js';
import { numbered, type VectorCase, type VectorFile } from '../vector-file.js';

const FIXTURES = 'fixtures/records';
const actor = new Actor('seller');

type Members = readonly (readonly [CborKey, CborValue | undefined])[];

const header = (...members: Members): (() => Promise<Uint8Array>) => {
  return () => sealed(actor.signer, headerMap(actor, members), statementMap());
};
const claims = (...members: readonly (readonly [CborKey, CborValue])[]): (() => Promise<Uint8Array>) =>
  header([15, new Map<CborKey, CborValue>(members)]);
const link = (value: CborValue): (() => Promise<Uint8Array>) => header([-70001, value]);
const payload = (...members: readonly (readonly [CborKey, CborValue])[]): (() => Promise<Uint8Array>) => {
  return () => sealed(actor.signer, headerMap(actor), statementMap(members));
};
const raw =
  (hex: string): (() => Promise<Uint8Array>) =>
  async () =>
    fromHex(hex);

const hash = (text: string): Uint8Array => fromHex(hashOf(text));
const SIGNATURE = new Uint8Array(64);

const MADE: Readonly<Record<string, () => Promise<Uint8Array>>> = {
  'a statement': header(),
  nothing: raw(''),
  'one byte': raw('d2'),
  'another tag': raw('d184'),
  'three elements': raw('d28341a0a041a0'),
  'five elements': raw('d28541a0a041a04000'),
  'protected header is text': raw('d2846161a041a040'),
  'protected header is empty': raw('d28440a041a040'),
  'protected header is a list': raw('d2844180a041a040'),
  'protected header has a trailing byte': raw('d28442a000a041a040'),
  'protected header is not shortest': raw('d28444a1180101a041a040'),
  'unprotected header is not empty': raw('d28441a0a1010041a040'),
  'payload is null': raw('d28441a0a0f640'),
  'payload is a list': raw('d28441a0a0418040'),
  'payload holds a float': raw('d28441a0a04ba100fb3ff000000000000040'),
  'signature is null': raw('d28441a0a041a0f6'),
  'a header without labels': async () => encodeSign1(fromHex('a0'), fromHex('a10001'), SIGNATURE),
  'typ of a credential': header([16, 'application/vnd.goodorder.credential+cose']),
  'typ with a parameter': header([16, 'application/vnd.goodorder.record+cose; v=1']),
  'no typ': header([16, undefined]),
  'typ is a number': header([16, 60]),
  'an unknown label': header([99, 1]),
  'an unknown label in words': header(['origin "x"', 1]),
  'a wide label': header([2n ** 60n, 1]),
  'crit names an unknown label': header([2, [99]], [99, 1]),
  'crit names a label in words': header([2, ['origin']], ['origin', 1]),
  'crit names one of two': header([2, [99]], [99, 1], [100, 1]),
  'crit is empty': header([2, []]),
  'crit is a number': header([2, 99], [99, 1]),
  'crit names a label of the table': header([2, [3]]),
  'crit names an absent label': header([2, [99]]),
  'crit names a label twice': header([2, [99, 99]], [99, 1]),
  'crit is out of order': header([2, [100, 99]], [99, 1], [100, 1]),
  'no alg': header([1, undefined]),
  'alg in words': header([1, 'EdDSA']),
  'alg is beyond 2^53': header([1, 2n ** 53n]),
  'another alg': header([1, -7]),
  'no content type': header([3, undefined]),
  'content type is a number': header([3, 60]),
  'content type of something else': header([3, 'application/json']),
  'a type in capitals': header([3, 'application/vnd.goodorder.Statement+cbor']),
  'a type with two hyphens': header([3, 'application/vnd.goodorder.key--event+cbor']),
  'a type without a name': header([3, 'application/vnd.goodorder.+cbor']),
  'a type of 64 characters': header([3, `application/vnd.goodorder.${'a'.repeat(64)}+cbor`]),
  'a type of 65 characters': header([3, `application/vnd.goodorder.${'a'.repeat(65)}+cbor`]),
  'an unknown type': header([3, 'application/vnd.goodorder.premonition+cbor']),
  'no kid': header([4, undefined]),
  'kid of 31 bytes': header([4, new Uint8Array(31)]),
  'kid is text': header([4, actor.kid]),
  'no claims': header([15, undefined]),
  'claims are a list': header([15, [actor.iss, ITEM, T0]]),
  'claims without iss': claims([2, ITEM], [6, T0]),
  'claims with a fourth': claims([1, actor.iss], [2, ITEM], [4, T0], [6, T0]),
  'iss is no party': claims([1, 'mailto:somebody@example.com'], [2, ITEM], [6, T0]),
  'iss with a wrong check digit': claims([1, 'https://id.gs1.org/417/9521234543214'], [2, ITEM], [6, T0]),
  'sub is a party': claims([1, actor.iss], [2, actor.iss], [6, T0]),
  'sub is too long': claims([1, actor.iss], [2, `urn:uuid:${'a'.repeat(600)}`], [6, T0]),
  'sub is not ASCII': claims([1, actor.iss], [2, 'urn:uuid:é'], [6, T0]),
  'iat is negative': claims([1, actor.iss], [2, ITEM], [6, -1]),
  'iat is beyond the year 9999': claims([1, actor.iss], [2, ITEM], [6, 253_402_300_800]),
  'iat is text': claims([1, actor.iss], [2, ITEM], [6, '2026']),
  'everything of the claims wrong': claims([1, 1], [2, 2], [6, 'x'], [7, 7]),
  'no link': header([-70001, undefined]),
  'link is a map': link(new Map()),
  'link is empty': link([]),
  'link version is text': link(['1', 0, null, [], null, []]),
  'link version is negative': link([-1, 0, null, [], null, []]),
  'link version 0': link([0]),
  'link version 2': link([2, 'whatever it holds']),
  'link version beyond 2^53': link([2n ** 60n]),
  'link of five': link([1, 0, null, [], null]),
  'link of seven': link([1, 0, null, [], null, [], 1]),
  'link of two': link([1, 0]),
  'seq is negative': link([1, -1, null, [], null, []]),
  'seq is beyond 2^53': link([1, 2n ** 53n, hash('a'), [], hash('a'), []]),
  'seq at its largest': link([1, 2 ** 53 - 1, hash('a'), [], hash('a'), []]),
  'prev of 31 bytes': link([1, 1, new Uint8Array(31), [], hash('a'), []]),
  'seen is out of order': link([1, 0, null, [hash('a'), hash('b')].sort(compareBytes).reverse(), null, []]),
  'seen names one twice': link([1, 0, null, [hash('a'), hash('a')], null, []]),
  'seen of 65': link([1, 0, null, ascending(65), null, []]),
  'seen of 64': link([1, 0, null, ascending(64), null, []]),
  'anchors of 17': link([1, 0, null, [], null, ascending(17)]),
  'everything of the link wrong': link([1, 'x', 'x', 'x', 'x', 'x']),
  'seq 0 with a prev': link([1, 0, hash('a'), [], hash('a'), []]),
  'seq 1 without a prev': link([1, 1, null, [], hash('a'), []]),
  'seq 1 without a lane': link([1, 1, hash('a'), [], null, []]),
  'seq 1 without either': link([1, 1, null, [], null, []]),
  'seq 0 with a lane': link([1, 0, null, [], hash('a'), []]),
  'a wrong link and a wrong label': header([99, 1], [-70001, [1]]),
  'a link version of the future and a wrong label': header([99, 1], [-70001, [2]]),
  'a critical label and a wrong subject': header(
    [2, [99]],
    [
      15,
      new Map<CborKey, CborValue>([
        [1, actor.iss],
        [2, 'urn:uuid:x'],
        [6, T0],
      ]),
    ],
    [99, 1],
  ),
  'no revision': () => sealed(actor.signer, headerMap(actor), encodeCbor(new Map([['text', 'x']]))),
  'revision 0': payload([0, 0]),
  'revision is text': payload([0, '1']),
  'revision 2, with something new': payload([0, 2], ['omen', 'a raven']),
  'revision 2, with something wrong': payload([0, 2], ['text', 7]),
  'an unknown field': payload(['omen', 'a raven']),
  'a field with a strange name': payload(['an "omen"\n', 1], [`${'z'.repeat(70)}`, 1]),
  'an integer key': payload([7, 7], [-1, 1]),
  'text is a number': payload(['text', 7]),
  'text is empty': payload(['text', '']),
  'text is too long': payload(['text', 'x'.repeat(8001)]),
  'text is as long as it may be, in bytes': payload(['text', '中'.repeat(2666)]),
  'a map with an integer key': payload(['about', new Map<CborKey, CborValue>([[1, 2]])]),
  'bytes for a map of fields': payload(['occurredAt', new Uint8Array(3)], ['place', new Uint8Array(0)]),
  'an extension may hold anything': payload([
    'x',
    new Map<CborKey, CborValue>([['inner', new Map<CborKey, CborValue>([[1, [null, 2n ** 60n]]])]]),
  ]),
  'an extension with an integer key': payload(['x', new Map<CborKey, CborValue>([[1, 2]])]),
  'a choice of words that is none': payload([
    'observations',
    [
      new Map<CborKey, CborValue>([
        ['aspect', 'beauty'],
        ['condition', 'good'],
      ]),
      7,
    ],
  ]),
  'a place that is empty': payload(['place', new Map()]),
  'a place with an unknown member only': payload(['place', new Map([['planet', 'earth']])]),
  'legs that are no text': payload([
    'actsFor',
    new Map<CborKey, CborValue>([
      ['principal', actor.iss],
      ['legs', ['a', 7]],
    ]),
  ]),
  'legs of which one is empty': payload([
    'actsFor',
    new Map<CborKey, CborValue>([
      ['principal', actor.iss],
      ['legs', ['a', '']],
    ]),
  ]),
  'utcS beyond 2^53': payload([
    'occurredAt',
    new Map<CborKey, CborValue>([
      ['utcS', 2n ** 60n],
      ['offsetMin', 0],
    ]),
  ]),
};

function ascending(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, index) => concatBytes(Uint8Array.of(index), new Uint8Array(31)));
}

function recordCase(name: string, bytes: Uint8Array): VectorCase {
  const read = readRecord(bytes);
  const findings = read.diagnostics.map(({ code, path, offset }) => ({
    code,
    ...(path === undefined ? {} : { path }),
    ...(offset === undefined ? {} : { offset }),
  }));
  const parsed = parsePassport(encodePassport({ item: ITEM, members: { 1: [bytes] } }));
  if (!parsed.ok) throw new Error(name);
  const reading = parsed.passport.records[0]?.reading ?? 'unreadable';
  const { statementHash } = read.ok ? read.record : read.partial;
  return {
    name,
    hex: toHex(bytes),
    reading,
    id: read.ok ? read.record.id : read.id,
    ...(statementHash === undefined ? {} : { statementHash }),
    findings,
  };
}

export async function recordsFile(): Promise<VectorFile> {
  const cases: VectorCase[] = [];
  for (const [name, make] of Object.entries(MADE)) cases.push(recordCase(name, await make()));
  for (const type of readdirSync(FIXTURES).sort()) {
    for (const kind of ['valid', 'invalid']) {
      const folder = join(FIXTURES, type, kind);
      for (const file of readdirSync(folder).sort()) {
        if (!file.endsWith('.cbor')) continue;
        const name = `${type}: ${kind}: ${file.slice(0, -5)}`;
        cases.push(recordCase(name, new Uint8Array(readFileSync(join(folder, file)))));
      }
    }
  }
  return {
    name: 'records',
    about:
      'Record elements in hex, read alone (record.md): reading, id, statement hash, findings. Offsets count from the record’s first byte; a finding without one has none of its own.',
    cases,
  };
}

const CREDENTIAL: readonly (readonly [string, CborValue])[] = [
  ['party', actor.iss],
  ['key', fromHex(actor.kid)],
  ['roles', ['carrier', 'seller']],
  ['from', T0],
  ['until', T0 + DAY],
];

export async function credentialsFile(): Promise<VectorFile> {
  const issuer = new Actor('authority').signer;
  const made = (
    changes: readonly (readonly [CborKey, CborValue | undefined])[] = [],
    label: readonly (readonly [CborKey, CborValue])[] = [],
  ): Promise<Uint8Array> => {
    const members = new Map<CborKey, CborValue>(CREDENTIAL);
    for (const [key, value] of changes) {
      if (value === undefined) members.delete(key);
      else members.set(key, value);
    }
    return assembleCredential(issuer, members, new Map(label));
  };
  const accreditation = new Map<CborKey, CborValue>([
    ['body', 'CNAS'],
    ['number', 'L0001'],
    ['scope', 'drop tests'],
    ['until', T0],
  ]);
  const given: Readonly<Record<string, Uint8Array>> = {
    'the least': await made([['roles', []]]),
    'the most': await made([
      ['subjects', ['https://id.gs1.org/01/', 'urn:uuid:']],
      ['mayDelegate', 3],
      ['accreditation', accreditation],
    ]),
    'one instant': await made([['until', T0]]),
    'typ of a record': await made([], [[16, 'application/vnd.goodorder.record+cose']]),
    'another label': await made([], [[99, 1]]),
    'another alg': await made([], [[1, -7]]),
    'kid of 31 bytes': await made([], [[4, new Uint8Array(31)]]),
    'an integer key': await made([
      [0, 1],
      ['roles', 'x'],
    ]),
    'an unknown key': await made([['crown', true]]),
    'an unknown key and a wrong one': await made([
      ['crown', true],
      ['from', -1],
    ]),
    'an unknown key inside': await made([['accreditation', new Map([...accreditation, ['seal', 'x']])]]),
    'no party': await made([['party', undefined]]),
    'nothing but roles': await made(
      CREDENTIAL.filter(([key]) => key !== 'roles').map(([key]) => [key, undefined]),
    ),
    'party is no party': await made([['party', ITEM]]),
    'party is another key': await made([['party', `urn:goodorder:key:${'0a'.repeat(32)}`]]),
    'party is the key': await made([['party', `urn:goodorder:key:${actor.kid}`]]),
    'key of 31 bytes': await made([['key', new Uint8Array(31)]]),
    'an unknown role': await made([['roles', ['carrier', 'king']]]),
    'roles out of order': await made([['roles', ['seller', 'carrier']]]),
    'a role twice': await made([['roles', ['seller', 'seller']]]),
    'too many roles': await made([['roles', Array.from({ length: 16 }, () => 'seller')]]),
    'until before from': await made([['until', T0 - 1]]),
    'from beyond the year 9999': await made([['until', 253_402_300_800]]),
    'no subjects': await made([['subjects', []]]),
    'a subject without a separator': await made([['subjects', ['https://id.gs1.org/01']]]),
    'subjects out of order': await made([['subjects', ['urn:uuid:', 'https://id.gs1.org/01/']]]),
    'a subject with a space': await made([['subjects', ['urn: uuid:']]]),
    'a subject of 512 characters': await made([['subjects', [`${'a'.repeat(511)}/`]]]),
    'a subject of 513 characters': await made([['subjects', [`${'a'.repeat(512)}/`]]]),
    'mayDelegate 4': await made([['mayDelegate', 4]]),
    'accreditation is text': await made([['accreditation', 'CNAS']]),
    'accreditation with an integer key': await made([
      ['accreditation', new Map<CborKey, CborValue>([[1, 2]])],
    ]),
    'payload is a list': encodeSign1(fromHex('a0'), fromHex('80'), SIGNATURE),
    'no COSE': fromHex('a0'),
  };
  const cases = Object.entries(given).map(([name, bytes]): VectorCase => {
    const read = readCredential(bytes);
    const findings = read.ok
      ? []
      : read.diagnostics.map(({ code, path, offset }) => ({
          code,
          ...(path === undefined ? {} : { path }),
          offset,
        }));
    return { name, hex: toHex(bytes), ok: read.ok, id: read.ok ? read.credential.id : read.id, findings };
  });
  return {
    name: 'credentials',
    about: 'Credential elements in hex, read alone (credential.md); signatures are not asked.',
    cases,
  };
}

export function openingsFile(): VectorFile {
  const name = numbered();
  const id = hash('a record');
  const salt = new Uint8Array(16);
  const values: readonly (readonly [string, Uint8Array])[] = [
    ['good', encodeCbor([id, ['persons', 0, 'name'], salt, 'Li Lei'])],
    ['value is null', encodeCbor([id, ['x'], salt, null])],
    ['empty path', encodeCbor([id, [], salt, 'x'])],
    ['path is text', encodeCbor([id, 'x', salt, 'x'])],
    ['a negative step', encodeCbor([id, ['x', -1], salt, 'x'])],
    ['a wide step', encodeCbor([id, ['x', 2n ** 53n], salt, 'x'])],
    ['salt of 15 bytes', encodeCbor([id, ['x'], new Uint8Array(15), 'x'])],
    ['id of 31 bytes', encodeCbor([id.slice(1), ['x'], salt, 'x'])],
    ['three elements', encodeCbor([id, ['x'], salt])],
    ['five elements', encodeCbor([id, ['x'], salt, 1, 2])],
    ['a map', encodeCbor(new Map([['x', 1]]))],
    ['trailing byte', concatBytes(encodeCbor([id, ['x'], salt, 'x']), Uint8Array.of(0))],
    ['a float', concatBytes(encodeCbor([id, ['x'], salt, 0]).slice(0, -1), fromHex('f93c00'))],
    ['no CBOR', utf8Bytes('opening')],
  ];
  return {
    name: 'openings',
    about: 'Opening elements in hex, read alone (encoding.md): accepted, or code and offset.',
    cases: values.map(([what, bytes]) => {
      const read = readOpening(bytes);
      const result = read.ok ? { ok: true } : { ok: false, code: read.code, offset: read.offset };
      return { name: name(what), hex: toHex(bytes), ...result };
    }),
  };
}
