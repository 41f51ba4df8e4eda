import { type CborKey, type CborValue, decodeCbor, encodeCbor } from '../../src/codec/cbor.js';
import { encodeHead } from '../../src/codec/cbor-head.js';
import { concatBytes, fromHex, toHex } from '../../src/codec/hex.js';
import { CODES } from '../../src/codes.js';
import { encodeSign1, isSign1Fault, sigStructure, splitSign1 } from '../../src/crypto/cose-sign1.js';
import { readPassportFile } from '../../src/passport/file.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import type { SamplePassport } from './sample.js';
import { random } from './simulation.js';
import { Actor, idOf, rawPassport } from './story.js';

export interface Mutant {
  readonly bytes: Uint8Array;
  readonly kind: string;
  /** Ids of records that a key signed anew for this mutant: genuine, however odd. */
  readonly signed: ReadonlySet<string>;
  /** kids of the keys that did so: only they may be accused of anything. */
  readonly signers: ReadonlySet<string>;
}

type Members = Map<number, Uint8Array[]>;
type Pick = (below: number) => number;

const STRANGER = new Actor('attacker');
const LABEL_KID = 4;
const STRANGERS = [Actor.person('buyer').kid, STRANGER.kid];

/** What is said of a record whose signer the trust file does not lead to. */
const NOBODY_KNOWN: readonly string[] = ['trust.no-path', 'trust.self-asserted'];

/** One structural change to a good passport, the same for the same seed. */
export async function mutate(sample: SamplePassport, seed: number): Promise<Mutant> {
  const pick = random(seed);
  const members = membersOf(sample.bytes);
  const made: Made = { signed: new Set(), signers: new Set() };
  let kind: string = KINDS[pick(KINDS.length)]!;
  let bytes: Uint8Array;
  if (kind.startsWith('file')) bytes = changedFile(sample.bytes, kind, pick);
  else {
    const rounds = 1 + (pick(4) === 0 ? pick(3) : 0);
    for (let round = 0; round < rounds; round += 1) {
      if (kind.startsWith('element')) changeElements(members, kind, pick);
      else await changeSigned(sample, members, kind, pick, made);
    }
    const sorted = pick(8) > 0;
    bytes = packed(itemOf(sample), members, sorted);
    if (!sorted) kind += ', unsorted';
  }
  return { bytes, kind, ...made };
}

interface Made {
  readonly signed: Set<string>;
  readonly signers: Set<string>;
}

const KINDS = [
  'file cut',
  'file splice',
  'file repeat',
  'file head',
  'file noise',
  'element drop',
  'element double',
  'element move',
  'element splice',
  'element cut',
  'element extend',
  'element noise',
  'element bytes deleted',
  'element other key',
  'signed header key dropped',
  'signed header value',
  'signed payload key dropped',
  'signed payload key added',
  'signed payload value',
  'signed payload raw',
  'signed header raw',
  'signed signature',
  'signed link',
  'signed by a stranger',
  'signature of another',
  'file start',
] as const satisfies readonly string[];

function itemOf({ bytes }: SamplePassport): string {
  const read = readPassportFile(bytes);
  if (!read.ok) throw new Error('the sample cannot be read');
  return read.file.item;
}

function membersOf(bytes: Uint8Array): Members {
  const read = readPassportFile(bytes);
  if (!read.ok) throw new Error('the sample cannot be read');
  const entries = Object.entries(read.file.members).map(([member, elements]): [number, Uint8Array[]] => [
    Number(member),
    elements.map((element) => element.bytes.slice()),
  ]);
  return new Map(entries);
}

function packed(item: string, members: Members, sorted: boolean): Uint8Array {
  const kept = [...members].filter(([, elements]) => elements.length > 0);
  const ordered = kept.map(([member, elements]): [number, Uint8Array[]] => {
    const unique = new Map(elements.map((element) => [toHex(element), element]));
    const list = sorted
      ? [...unique].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, element]) => element)
      : elements;
    return [member, list];
  });
  return rawPassport(item, new Map(ordered));
}

function changedFile(bytes: Uint8Array, kind: string, pick: Pick): Uint8Array {
  const at = 8 + pick(bytes.length - 8);
  const to = Math.min(bytes.length, at + 1 + pick(64));
  switch (kind) {
    case 'file cut':
      return concatBytes(bytes.subarray(0, at), bytes.subarray(to));
    case 'file splice': {
      const from = pick(bytes.length - 70);
      return concatBytes(bytes.subarray(0, at), bytes.subarray(from, from + to - at), bytes.subarray(to));
    }
    case 'file start': {
      const changed = bytes.slice();
      changed[pick(16)]! ^= 1 + pick(255);
      return changed;
    }
    case 'file repeat':
      return concatBytes(bytes.subarray(0, to), bytes.subarray(at));
    case 'file head': {
      const head = encodeHead(pick(8) as 0, [0, 1, 23, 24, 255, 65_536, 2 ** 32, 2 ** 53 - 1][pick(8)]!);
      return concatBytes(bytes.subarray(0, at), head, bytes.subarray(at + pick(3)));
    }
    default: {
      const changed = bytes.slice();
      for (let count = 1 + pick(6); count > 0; count -= 1) changed[8 + pick(bytes.length - 8)] = pick(256);
      return changed;
    }
  }
}

function changeElements(members: Members, kind: string, pick: Pick): void {
  const filled = [...members.values()].filter((elements) => elements.length > 0);
  if (filled.length === 0) return;
  const elements = filled[pick(filled.length)]!;
  const index = pick(elements.length);
  const element = elements[index]!;
  const at = pick(element.length + 1);
  switch (kind) {
    case 'element drop':
      elements.splice(index, 1);
      break;
    case 'element double':
      elements.push(element);
      break;
    case 'element move':
      members.get(1 + pick(8))!.push(element);
      if (pick(2) === 0) elements.splice(index, 1);
      break;
    case 'element splice': {
      const other = elements[pick(elements.length)]!;
      elements[index] = concatBytes(element.subarray(0, at), other.subarray(Math.min(at, other.length)));
      break;
    }
    case 'element cut':
      elements[index] = element.slice(0, at);
      break;
    case 'element extend':
      elements.push(
        concatBytes(
          element,
          Uint8Array.from({ length: 1 + pick(9) }, () => pick(256)),
        ),
      );
      break;
    case 'element bytes deleted':
      elements[index] = concatBytes(element.subarray(0, at), element.subarray(at + 1 + pick(8)));
      break;
    case 'element other key':
      members.get(2)!.push(
        concatBytes(
          fromHex('a301012006215820'),
          Uint8Array.from({ length: 32 }, () => pick(256)),
        ),
      );
      break;
    default: {
      const changed = element.slice();
      if (changed.length > 0) changed[pick(changed.length)]! ^= 1 + pick(255);
      elements[index] = changed;
    }
  }
}

/** Changes a record or credential inside and signs it anew: by nobody, by its own key, or by another's. */
async function changeSigned(
  { story }: SamplePassport,
  members: Members,
  kind: string,
  pick: Pick,
  made: Made,
): Promise<void> {
  const isRecord = kind === 'signed link' || pick(4) > 0;
  const elements = members.get(isRecord ? 1 : 3)!;
  if (elements.length === 0) return;
  const index = pick(elements.length);
  const parts = splitSign1(elements[index]!);
  if (isSign1Fault(parts)) return;
  let header: Uint8Array = parts.protected;
  let payload: Uint8Array = parts.payload;
  let signature: Uint8Array = parts.signature.slice();
  if (kind === 'signed by a stranger') {
    const map = new Map(decodeCbor(header) as ReadonlyMap<CborKey, CborValue>);
    map.set(LABEL_KID, fromHex(STRANGER.kid));
    header = encodeCbor(map);
    const whole = encodeSign1(header, payload, await STRANGER.signer.sign(sigStructure(header, payload)));
    members.get(2)!.push(STRANGER.signer.coseKey);
    for (const one of [whole, STRANGER.signer.coseKey]) made.signed.add(idOf(one));
    made.signers.add(STRANGER.kid);
    if (pick(3) === 0) elements.push(whole);
    else elements[index] = whole;
    return;
  }
  if (kind === 'signature of another') {
    const other = splitSign1(elements[pick(elements.length)]!);
    if (!isSign1Fault(other)) elements[index] = encodeSign1(header, payload, other.signature.slice());
    return;
  }
  if (kind === 'signed header raw') header = rawChange(header, pick);
  else if (kind === 'signed payload raw') payload = rawChange(payload, pick);
  else if (kind === 'signed signature') signature = otherSignature(signature, pick);
  else {
    const inHeader = kind.includes('header') || kind === 'signed link';
    const map = new Map(decodeCbor(inHeader ? header : payload) as ReadonlyMap<CborKey, CborValue>);
    changeMap(map, kind, pick, index);
    try {
      if (inHeader) header = encodeCbor(map);
      else payload = encodeCbor(map);
    } catch {
      return;
    }
  }
  const by = pick(3);
  const signers = [...story.keys];
  if (kind !== 'signed signature' && by > 0) {
    const own = signers.find(({ kid }) => header.length > 0 && toHex(header).includes(kid));
    const signer = by === 1 && own !== undefined ? own : signers[pick(signers.length)]!;
    signature = await signer.sign(sigStructure(header, payload));
    const whole = encodeSign1(header, payload, signature);
    // A key of the same secret signs as well, and one case holds such a pair.
    const alike = async (): Promise<boolean> =>
      own !== undefined && toHex(signature) === toHex(await own.sign(sigStructure(header, payload)));
    if (own !== undefined && (signer === own || (await alike()))) {
      made.signed.add(idOf(whole));
      made.signers.add(own.kid);
    }
  }
  const whole = encodeSign1(header, payload, signature);
  if (pick(3) === 0) elements.push(whole);
  else elements[index] = whole;
}

function changeMap(map: Map<CborKey, CborValue>, kind: string, pick: Pick, salt: number): void {
  const keys = [...map.keys()];
  const key = keys[pick(keys.length)];
  switch (kind) {
    case 'signed header key dropped':
    case 'signed payload key dropped':
      if (key !== undefined) map.delete(key);
      break;
    case 'signed payload key added':
      map.set(['__proto__', 'constructor', 'x', 'note', 1, 'toString'][pick(6)]!, value(pick));
      break;
    case 'signed link': {
      const link = [...(map.get(-70001) as readonly CborValue[])];
      const hashes = [null, Uint8Array.from({ length: 32 }, () => salt)] as const;
      const place = 1 + pick(5);
      link[place] = [pick(5), hashes[pick(2)]!, [], hashes[pick(2)]!, []][place - 1]!;
      map.set(-70001, link);
      break;
    }
    default:
      if (key !== undefined) map.set(key, pick(2) === 0 ? value(pick) : changedValue(map.get(key)!, pick));
  }
}

function value(pick: Pick): CborValue {
  const values: readonly CborValue[] = [
    null,
    true,
    0,
    -1,
    2 ** 40,
    2n ** 64n - 1n,
    '',
    'text',
    '\u202e',
    new Uint8Array(0),
    new Uint8Array(32),
    [],
    [[[[]]]],
    new Map(),
    new Map<CborKey, CborValue>([['__proto__', 1]]),
  ];
  return values[pick(values.length)]!;
}

function changedValue(old: CborValue, pick: Pick): CborValue {
  if (typeof old === 'number') return old + 1 - pick(3);
  if (typeof old === 'string') return old.length === 0 ? 'a' : `${old.slice(0, -1)}${'ab0/'[pick(4)]}`;
  if (old instanceof Uint8Array) {
    const changed = old.slice();
    if (changed.length > 0) changed[pick(changed.length)]! ^= 1;
    return changed;
  }
  if (Array.isArray(old)) return pick(2) === 0 ? [...old, ...old] : [...old].reverse();
  if (old instanceof Map) return new Map([...old].slice(1));
  return value(pick);
}

/** Against the profile: a pair twice, keys out of order, a wide integer, an indefinite length, a float, noise. */
function rawChange(bytes: Uint8Array, pick: Pick): Uint8Array {
  const first = bytes[0]!;
  const rest = bytes.subarray(1);
  switch (pick(7)) {
    case 0:
      return concatBytes(Uint8Array.of(first + 1), rest, rest);
    case 1:
      return concatBytes(Uint8Array.of(0xbf), rest, Uint8Array.of(0xff));
    case 2:
      return concatBytes(Uint8Array.of(0xb8, first & 31), rest);
    case 3:
      return concatBytes(Uint8Array.of(first + 1), rest, fromHex('6178f93c00'));
    case 4:
      return concatBytes(Uint8Array.of(first + 1, 0x61, 0x7a, 0x00), rest);
    case 5: {
      const at = pick(bytes.length);
      return concatBytes(bytes.subarray(0, at), bytes.subarray(at + 1));
    }
    default: {
      const changed = bytes.slice();
      changed[pick(changed.length)]! ^= 1 << pick(8);
      return changed;
    }
  }
}

function otherSignature(signature: Uint8Array, pick: Pick): Uint8Array {
  switch (pick(5)) {
    case 0:
      return new Uint8Array(64);
    case 1:
      return signature.slice(0, pick(64));
    case 2:
      return concatBytes(signature.subarray(32), signature.subarray(0, 32));
    case 3:
      return concatBytes(Uint8Array.of(1), new Uint8Array(31), signature.subarray(32));
    default: {
      const changed = signature.slice();
      changed[pick(64)]! ^= 1 << pick(8);
      return changed;
    }
  }
}

/** What must hold for every mutant; empty when it does. */
export function complaints(sample: SamplePassport, mutant: Mutant, passport: VerifiedPassport): string[] {
  const found: string[] = [];
  if (passport.counts.internal !== undefined) found.push('a bug in the verifier');
  if (passport.digest !== idOf(mutant.bytes)) found.push('another digest');
  const genuine = new Set([...sample.story.ids, ...mutant.signed]);
  for (const { id, state } of passport.records) {
    if ((state === 'valid' || state === 'trusted') && !genuine.has(id))
      found.push(`forged record ${id} is ${state}`);
  }
  for (const { code, detail } of passport.diagnostics) {
    if (CODES[code].accuses && !mutant.signers.has(String(detail?.key)))
      found.push(`${code} names an honest key`);
  }
  if (passport.verdict === 'TOTAL-PASSED') {
    if (!isPart(mutant.bytes, sample, mutant.signed)) found.push('passed with foreign elements');
    // A stranger's fork lowers nothing: the buyer is one here, the attacker, and whoever's credential was signed anew so that it
    // holds no longer.
    const unknown = new Set(
      passport.diagnostics.filter(({ code }) => NOBODY_KNOWN.includes(code)).map(({ record }) => record),
    );
    const known = new Set(passport.records.filter(({ id }) => !unknown.has(id)).map(({ kid }) => kid));
    const places = new Set<string>();
    for (const { kid, sub, seq } of passport.records) {
      const place = `${kid} ${seq} ${sub}`;
      if (places.has(place) && known.has(kid) && !STRANGERS.includes(kid)) found.push('passed with a fork');
      places.add(place);
    }
  }
  return found;
}

/** Nothing that the sample does not hold but what one of its keys signed anew: anybody may leave things out. */
function isPart(bytes: Uint8Array, sample: SamplePassport, signed: ReadonlySet<string>): boolean {
  const whole = membersOf(sample.bytes);
  return [...membersOf(bytes)].every(([member, elements]) => {
    const known = new Set(whole.get(member)!.map(toHex));
    return elements.every((element) => known.has(toHex(element)) || signed.has(idOf(element)));
  });
}
