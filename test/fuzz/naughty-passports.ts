import { toBase64url } from '../../src/codec/base64url.js';
import type { CborKey, CborValue } from '../../src/codec/cbor.js';
import { encodeHead } from '../../src/codec/cbor-head.js';
import { concatBytes, fromHex, toHex, utf8Bytes } from '../../src/codec/hex.js';
import { CREDENTIAL_TYP } from '../../src/credential/credential.js';
import { encodeSign1, sigStructure, sigStructureHash } from '../../src/crypto/cose-sign1.js';
import { sha256, sha256Hex } from '../../src/crypto/hash.js';
import { ed25519Signer, type Signer } from '../../src/crypto/signer.js';
import { GoodOrderError } from '../../src/errors.js';
import { encodePassport } from '../../src/passport/file.js';
import { placesOf, valueAt, withValues } from '../../src/record/field-path.js';
import { fromPlain } from '../../src/record/plain-value.js';
import { type ChainPosition, signRecord } from '../../src/record/sign-record.js';
import { RECORD_TYPES, type RecordTypeName } from '../../src/record/types/index.js';
import { ROLES } from '../../src/record/vocabulary.js';
import { BOX, CARRIER, ITEM, SAMPLES, SELLER } from '../record/sample-payloads.js';
import { encodeUnjudged } from './encode-unjudged.js';
import { type Path, replaced, type TextField } from './naughty-fields.js';

export const NOW = 1_788_998_400;
type Fields = Readonly<Record<string, unknown>>;

/** One record with a naughty text at one place. */
export interface NaughtyRecord {
  /** SHA-256 of its bytes. */
  readonly id: string;
  /** `signed`: the signer took it. `forced`: the signer refused with this code, so an opponent's encoder wrote it. */
  readonly how: 'signed' | 'forced';
  readonly refusal: string | null;
  readonly path: Path;
}

/** Where a text goes that stands outside the payload of a record. */
const HEADER_PLACES = ['iss', 'sub', 'contentType', 'typ'] as const;
type HeaderPlace = (typeof HEADER_PLACES)[number];

/** A place for a naughty text: a field of a payload, a name of a key, or a part of the header. */
export type Target =
  | { readonly kind: 'field'; readonly field: TextField }
  | { readonly kind: 'key'; readonly at: Path; readonly revision: number }
  | { readonly kind: 'header'; readonly place: HeaderPlace };

export function targetsOf(fields: readonly TextField[]): readonly Target[] {
  return [
    ...fields.map((field): Target => ({ kind: 'field', field })),
    // A key of nobody's: at the top, in a map of fields, in an extension; and at a revision that may have it.
    { kind: 'key', at: [], revision: 1 },
    { kind: 'key', at: ['place'], revision: 1 },
    { kind: 'key', at: ['x'], revision: 1 },
    { kind: 'key', at: ['x', 'org.example'], revision: 1 },
    { kind: 'key', at: [], revision: 2 },
    ...HEADER_PLACES.map((place): Target => ({ kind: 'header', place })),
  ];
}

export function nameOfTarget(target: Target): string {
  if (target.kind === 'header') return `header ${target.place}`;
  if (target.kind === 'key') return `key at ${target.at.join('.') || 'the top'}, revision ${target.revision}`;
  return `${target.field.type} ${target.field.path.join('.')}`;
}

interface Chain {
  readonly signer: Signer;
  readonly iss: string;
  readonly bySubject: Map<string, { seq: number; prev: string }>;
  lane: string | null;
}

const AT = { utcS: NOW - 100_000, offsetMin: 480 };
const KEYS = { seller: 71, carrier: 72 } as const;
const REFERENCES = ['of', 'against', 'lastSensorRecord', 'authorisation', 'lastGood'];

/** A trust file in which both keys speak for their parties in every role. */
export function naughtyTrust(): string {
  const authority = (party: string, byte: number) => ({
    party,
    key: toBase64url(ed25519Signer(new Uint8Array(32).fill(byte)).coseKey),
    roles: [...ROLES].sort(),
    subjects: ['https://id.gs1.org/'],
    mayDelegate: 3,
    from: '2026-01-01T00:00:00Z',
    until: '2027-01-01T00:00:00Z',
  });
  return JSON.stringify({
    format: 1,
    name: 'court',
    sequence: 1,
    issued: '2026-09-01T00:00:00Z',
    nextUpdate: '2026-12-01T00:00:00Z',
    authorities: [authority(SELLER, KEYS.seller), authority(CARRIER, KEYS.carrier)],
  });
}

/** Builds one passport after another, each of a handover and some records with one naughty text each. */
export class NaughtyPassport {
  readonly records: NaughtyRecord[] = [];
  readonly #chains: Readonly<Record<keyof typeof KEYS, Chain>> = {
    seller: chainOf(KEYS.seller, SELLER),
    carrier: chainOf(KEYS.carrier, CARRIER),
  };
  readonly #bytes: Uint8Array[] = [];
  readonly #openings: Uint8Array[] = [];
  readonly #credentials: Uint8Array[] = [];
  readonly #notes: Uint8Array[] = [];
  #salts = 0;
  #base = '';

  static async begin(): Promise<NaughtyPassport> {
    const made = new NaughtyPassport();
    const { bytes, statementHash } = await made.#sign('seller', ITEM, 'handover', SAMPLES.handover.minimal);
    made.#keep('seller', ITEM, bytes, statementHash);
    made.#base = sha256Hex(bytes);
    return made;
  }

  /** Signs it, or where the signer refuses, writes it as an opponent would. */
  async add(target: Target, text: string): Promise<NaughtyRecord> {
    const { type, payload, path } = this.#filled(target, text);
    const sub = subjectOf(type);
    const signers = RECORD_TYPES.get(type)!.signers(payload as never);
    const who = signers === null || signers.includes(SELLER) ? 'seller' : 'carrier';
    let refusal: string | null = null;
    let done: { bytes: Uint8Array; statementHash: string; openings?: readonly Uint8Array[] } | undefined;
    if (target.kind === 'field' || (target.kind === 'key' && target.revision === 1)) {
      try {
        done = await this.#sign(who, sub, type, payload);
      } catch (error) {
        refusal = codeOf(error);
      }
    }
    done ??= await this.#force(who, sub, type, payload, target, text);
    this.#keep(who, sub, done.bytes, done.statementHash);
    this.#openings.push(...(done.openings ?? []));
    const id = sha256Hex(done.bytes);
    const record: NaughtyRecord = { id, how: refusal === null ? 'signed' : 'forced', refusal, path };
    this.records.push(record);
    return record;
  }

  /** A credential and a note that say it, from whoever writes what he likes. */
  async addLoose(text: string): Promise<void> {
    const { signer } = this.#chains.seller;
    const base = {
      party: CARRIER,
      key: sha256(utf8Bytes('somebody')),
      roles: ['carrier'],
      from: NOW - 1000,
      until: NOW + 1000,
      subjects: ['https://id.gs1.org/01/'],
      accreditation: { body: 'CNAS', number: 'L1', scope: 'all', until: NOW },
    };
    const places: readonly Path[] = [
      ['party'],
      ['roles', 0],
      ['subjects', 0],
      ['accreditation', 'body'],
      ['accreditation', 'number'],
      ['accreditation', 'scope'],
      ['accreditation', text],
    ];
    for (const place of places) {
      const header = encodeUnjudged(
        new Map<CborKey, CborValue>([
          [1, signer.alg],
          [4, fromHex(signer.kid)],
          [16, CREDENTIAL_TYP],
        ]),
      );
      const payload = encodeUnjudged(fromPlain(replaced(base, place, text)));
      const signature = await signer.sign(sigStructure(header, payload));
      this.#credentials.push(encodeSign1(header, payload, signature));
    }
    const root = 'A'.repeat(43);
    for (const note of [
      `${text}\n1\n${root}=\n\n— ${text} AAAAAAA=\n`,
      `log.example\n1\n${root}=\n${text}\n\n— log.example AAAAAAA=\n`,
    ])
      this.#notes.push(Buffer.from(note));
  }

  bytes(): Uint8Array {
    return encodePassport({
      item: ITEM,
      members: {
        1: this.#bytes,
        2: Object.values(this.#chains).map(({ signer }) => signer.coseKey),
        3: this.#credentials,
        4: this.#openings,
        5: this.#notes,
      },
    });
  }

  #filled(target: Target, text: string): { type: RecordTypeName; payload: Fields; path: Path } {
    if (target.kind === 'field') {
      const { type, payload, path } = target.field;
      return { type, payload: replaced(this.#referring(payload), path, text) as Fields, path };
    }
    const statement = {
      occurredAt: AT,
      about: { item: ITEM },
      text: 'said',
      place: { country: 'CN' },
      x: { 'org.example': { a: 1 } },
    };
    const path = target.kind === 'key' ? [...target.at, text] : ['text'];
    const payload = target.kind === 'key' ? withKey(statement, path) : statement;
    return { type: 'statement', payload, path };
  }

  /** References to records that are nowhere would keep a record from being heard: they lead to the handover. */
  #referring(value: unknown): Fields {
    const inner = (key: string, member: unknown): unknown => {
      if (member instanceof Uint8Array)
        return REFERENCES.includes(key) && member.length === 32 ? fromHex(this.#base) : member;
      if (Array.isArray(member)) return member.map((item) => inner('', item));
      if (typeof member !== 'object' || member === null) return member;
      return Object.fromEntries(Object.entries(member).map(([name, one]) => [name, inner(name, one)]));
    };
    return inner('', value) as Fields;
  }

  #position(who: keyof typeof KEYS, sub: string): ChainPosition {
    const { bySubject, lane } = this.#chains[who];
    const { seq, prev } = bySubject.get(sub) ?? { seq: 0, prev: null };
    return { seq, prev, lane };
  }

  #keep(who: keyof typeof KEYS, sub: string, bytes: Uint8Array, statementHash: string): void {
    const chain = this.#chains[who];
    chain.bySubject.set(sub, { seq: this.#position(who, sub).seq + 1, prev: statementHash });
    chain.lane = statementHash;
    this.#bytes.push(bytes);
  }

  #salt(): Uint8Array {
    this.#salts += 1;
    return sha256(utf8Bytes(`salt ${this.#salts}`)).slice(0, 16);
  }

  #seen(who: keyof typeof KEYS): string[] {
    return who === 'carrier' ? [this.#base] : [];
  }

  async #sign(who: keyof typeof KEYS, sub: string, type: RecordTypeName, payload: unknown) {
    const { signer, iss } = this.#chains[who];
    const made = await signRecord({
      signer,
      iss,
      sub,
      type,
      payload: payload as Fields,
      iat: NOW - 10_000 + this.#bytes.length,
      seen: this.#seen(who),
      state: this.#position(who, sub),
      salt: () => this.#salt(),
    });
    return { bytes: made.record, statementHash: made.statementHash, openings: made.openings };
  }

  /** The same without asking anybody: a digest and an opening at private places, whatever stands there. */
  async #force(
    who: keyof typeof KEYS,
    sub: string,
    type: RecordTypeName,
    payload: Fields,
    target: Target,
    text: string,
  ) {
    const { signer, iss } = this.#chains[who];
    const { seq, prev, lane } = this.#position(who, sub);
    const closed: { path: Path; salt: Uint8Array; value: CborValue; digest: Uint8Array }[] = [];
    for (const { path: pattern } of RECORD_TYPES.get(type)!.privatePlaces) {
      for (const path of placesOf(payload, pattern)) {
        const clear = valueAt(payload, path);
        if (clear instanceof Uint8Array) continue;
        const salt = this.#salt();
        const value = fromPlain(clear);
        const bound = encodeUnjudged([fromHex(signer.kid), sub, salt, [...path], value]);
        closed.push({ path, salt, value, digest: sha256(utf8Bytes('goodorder/field/1\0'), bound) });
      }
    }
    const fields = withValues(
      payload,
      closed.map(({ path, digest }) => ({ path, value: digest })),
    );
    const place = (name: HeaderPlace, usual: string): string =>
      target.kind === 'header' && target.place === name ? text : usual;
    const header = encodeUnjudged(
      new Map<CborKey, CborValue>([
        [1, signer.alg],
        [3, place('contentType', `application/vnd.goodorder.${type}+cbor`)],
        [4, fromHex(signer.kid)],
        [
          15,
          new Map<CborKey, CborValue>([
            [1, place('iss', iss)],
            [2, place('sub', sub)],
            [6, NOW - 10_000 + this.#bytes.length],
          ]),
        ],
        [16, place('typ', 'application/vnd.goodorder.record+cose')],
        [-70_001, [1, seq, hashOrNull(prev), this.#seen(who).map(fromHex), hashOrNull(lane), []]],
      ]),
    );
    const members = new Map(fromPlain(fields) as ReadonlyMap<CborKey, CborValue>);
    members.set(0, target.kind === 'key' ? target.revision : RECORD_TYPES.get(type)!.revision);
    const body = encodeUnjudged(members);
    const bytes = encodeSign1(header, body, await signer.sign(sigStructure(header, body)));
    const id = sha256(bytes);
    const openings = closed.map(({ path, salt, value }) => encodeUnjudged([id, [...path], salt, value]));
    return { bytes, statementHash: sigStructureHash(header, body), openings };
  }
}

function chainOf(byte: number, iss: string): Chain {
  return { signer: ed25519Signer(new Uint8Array(32).fill(byte)), iss, bySubject: new Map(), lane: null };
}

function subjectOf(type: RecordTypeName): string {
  if (type === 'aggregation') return BOX;
  return type === 'key-event' ? `urn:goodorder:key:${'ab'.repeat(32)}` : ITEM;
}

/** `Object.defineProperty`, for `__proto__` is a name like any other here. */
function withKey(value: Fields, [step, ...rest]: Path): Fields {
  const copy: Record<string, unknown> = { ...value };
  const inner = rest.length === 0 ? 1 : withKey((value[String(step)] ?? {}) as Fields, rest);
  Object.defineProperty(copy, String(step), {
    value: inner,
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return copy;
}

function hashOrNull(text: string | null): Uint8Array | null {
  return text === null ? null : fromHex(text);
}

/** `signer.refused`, and the first finding it stands for. Anything else than a refusal goes on. */
function codeOf(error: unknown): string {
  if (!(error instanceof GoodOrderError)) throw error;
  const { code, cause } = error;
  if (Array.isArray(cause)) return `${code}: ${(cause[0] as { code: string }).code}`;
  return `${code}: ${/^the (header|payload) cannot be encoded/.test(error.message) ? 'cannot be encoded' : 'no private value'}`;
}

/** A passport file whose item is this text, whatever it is. */
export function passportAbout(text: string): Uint8Array {
  const item = encodeUnjudged(text);
  const whole = encodePassport({ item: ITEM, members: {} });
  const usual = encodeUnjudged(ITEM);
  const at = toHex(whole).indexOf(toHex(usual)) / 2;
  return concatBytes(
    whole.subarray(0, at),
    item,
    whole.subarray(at + usual.length),
    encodeHead(0, 0).subarray(1),
  );
}
