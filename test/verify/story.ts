import { toBase64url } from '../../src/codec/base64url.js';
import type { CborKey, CborValue } from '../../src/codec/cbor.js';
import { encodeHead } from '../../src/codec/cbor-head.js';
import { compareBytes, concatBytes, fromHex, toHex, utf8Bytes } from '../../src/codec/hex.js';
import { formatInstant } from '../../src/codec/instant.js';
import { type CredentialToSign, signCredential } from '../../src/credential/credential.js';
import { readTrustFile, type TrustFile } from '../../src/credential/trust-file.js';
import { sha256, sha256Hex } from '../../src/crypto/hash.js';
import { ed25519Signer, type Signer } from '../../src/crypto/signer.js';
import { type BuiltLog, buildLog, logVerifierKey, witnessVerifierKey } from '../../src/log/build-log.js';
import { merkleRoot } from '../../src/merkle/tree.js';
import { encodePassport, PASSPORT_MAGIC } from '../../src/passport/file.js';
import type { Fields } from '../../src/record/record-type.js';
import {
  assembleRecord,
  type ChainPosition,
  type NewRecord,
  payloadMap,
  signRecord,
} from '../../src/record/sign-record.js';
import type { RecordTypeName } from '../../src/record/types/index.js';
import type { Role } from '../../src/record/vocabulary.js';

export const ITEM = 'https://id.gs1.org/01/09521234543213/21/SN0007';
export const OTHER_ITEM = 'https://id.gs1.org/01/09521234543213/21/SN0008';
export const BOX = 'https://id.gs1.org/00/952012345678912345';
/** 2026-08-28T01:20:00Z: when the stories begin. */
export const T0 = 1_787_880_000;
export const DAY = 86_400;
/** When they are verified. */
export const AT = T0 + 30 * DAY;

export const seedOf = (name: string): Uint8Array => sha256(utf8Bytes(`goodorder/test/${name}`));
export const hashOf = (text: string): string => sha256Hex(utf8Bytes(text));

/** Company number with its check digit, one for each name. */
export function glnOf(name: string): string {
  const digits = `952${String(Number.parseInt(hashOf(name).slice(0, 8), 16))
    .padStart(10, '0')
    .slice(0, 9)}`;
  let sum = 0;
  for (let index = 0; index < 12; index += 1) sum += Number(digits[index]) * (index % 2 === 0 ? 1 : 3);
  return `https://id.gs1.org/417/${digits}${(10 - (sum % 10)) % 10}`;
}

export const instant = (utcS: number): { utcS: number; offsetMin: number } => ({ utcS, offsetMin: 480 });

/** One key and where its chains stand. */
export class Actor {
  readonly signer: Signer;
  readonly iss: string;
  readonly #chains = new Map<string, { seq: number; prev: string | null }>();
  lane: string | null = null;

  constructor(name: string, iss?: string, signer: Signer = ed25519Signer(seedOf(name))) {
    this.signer = signer;
    this.iss = iss ?? glnOf(name);
  }

  get kid(): string {
    return this.signer.kid;
  }

  /** A natural person, known by the own key alone. */
  static person(name: string): Actor {
    return new Actor(name, `urn:goodorder:key:${ed25519Signer(seedOf(name)).kid}`);
  }

  position(sub: string): ChainPosition {
    const { seq, prev } = this.#chains.get(sub) ?? { seq: 0, prev: null };
    return { seq, prev, lane: this.lane };
  }

  advance(sub: string, seq: number, statementHash: string): void {
    this.#chains.set(sub, { seq: seq + 1, prev: statementHash });
    this.lane = statementHash;
  }
}

export interface SignOptions {
  readonly sub?: string;
  readonly iss?: string;
  readonly iat?: number;
  readonly seen?: readonly string[];
  readonly anchors?: readonly string[];
  /** Where it is signed instead of the next place of the chain. */
  readonly position?: ChainPosition;
  /** False: the key forgets it afterwards, as a restored phone does. */
  readonly advance?: boolean;
  /** False: it is signed and part of its chain, but not in the file. */
  readonly present?: boolean;
}

export interface StoryFile {
  readonly item?: string;
  readonly records?: readonly Uint8Array[];
  readonly keys?: readonly Uint8Array[];
  readonly credentials?: readonly Uint8Array[];
  readonly openings?: readonly Uint8Array[];
  readonly notes?: readonly Uint8Array[];
  readonly tokens?: readonly Uint8Array[];
  readonly receipts?: readonly Uint8Array[];
  readonly attachments?: readonly Uint8Array[];
}

export interface TrustOptions {
  readonly authorities?: readonly {
    readonly actor: Actor;
    readonly roles: readonly Role[];
    readonly mayDelegate?: number;
    readonly from?: number;
    readonly until?: number;
  }[];
  readonly sequence?: number;
  readonly nextUpdate?: number;
  readonly revoked?: readonly { readonly kid: string; readonly suspectFrom: number }[];
  readonly logs?: string | null;
}

export const LOG = { name: 'log.example/one', seed: seedOf('log') };
export const WITNESSES = [
  { name: 'witness.example/one', seed: seedOf('witness one') },
  { name: 'witness.example/two', seed: seedOf('witness two') },
] as const;

/** Two witnesses, both asked for. */
export function logPolicy(): string {
  const lines = WITNESSES.map((witness, index) => `witness w${index} ${witnessVerifierKey(witness)}\n`);
  return `log ${logVerifierKey(LOG)}\n${lines.join('')}group both all w0 w1\nquorum both\n`;
}

export function witnessedAt(time: number, spread = 0): { name: string; seed: Uint8Array; time: number }[] {
  return WITNESSES.map((witness, index) => ({ ...witness, time: time + index * spread }));
}

/** Evidence signed for a test: everything real, nothing random. */
export class Story {
  readonly authority = new Actor('authority');
  readonly records: Uint8Array[] = [];
  readonly ids: string[] = [];
  readonly keys = new Set<Signer>();
  readonly credentials: Uint8Array[] = [];
  readonly openings: Uint8Array[] = [];
  readonly notes: Uint8Array[] = [];
  readonly tokens: Uint8Array[] = [];
  readonly receipts: Uint8Array[] = [];
  readonly attachments: Uint8Array[] = [];
  #salts = 0;

  /** The authority vouches for an actor; returns the credential's SHA-256. */
  async vouch(
    actor: Actor,
    roles: readonly Role[],
    more: Partial<CredentialToSign> = {},
    issuer: Actor = this.authority,
  ): Promise<string> {
    const bytes = await signCredential(issuer.signer, {
      party: actor.iss,
      key: actor.kid,
      roles,
      from: T0 - 100 * DAY,
      until: T0 + 300 * DAY,
      ...more,
    });
    this.credentials.push(bytes);
    this.keys.add(issuer.signer);
    return sha256Hex(bytes);
  }

  /** An actor with a trusted path. */
  async company(name: string, roles: readonly Role[], more: Partial<CredentialToSign> = {}): Promise<Actor> {
    const actor = new Actor(name);
    await this.vouch(actor, roles, more);
    return actor;
  }

  async sign(
    actor: Actor,
    type: RecordTypeName,
    payload: Fields,
    options: SignOptions = {},
  ): Promise<NewRecord> {
    const sub = options.sub ?? ITEM;
    const state = options.position ?? actor.position(sub);
    const made = await signRecord({
      signer: actor.signer,
      iss: options.iss ?? actor.iss,
      sub,
      type,
      payload,
      iat: options.iat ?? T0 + this.ids.length * 60,
      seen: options.seen ?? [],
      anchors: options.anchors ?? [],
      state,
      salt: () => sha256(utf8Bytes(`salt ${this.#salts++}`)).slice(0, 16),
    });
    if (options.advance !== false) actor.advance(sub, state.seq, made.statementHash);
    if (options.present !== false) {
      this.records.push(made.record);
      this.ids.push(made.id);
      this.openings.push(...made.openings);
    }
    this.keys.add(actor.signer);
    return made;
  }

  /** A record signed whatever it says. */
  async signRaw(
    actor: Actor,
    raw: {
      readonly type?: string;
      readonly iss?: CborValue;
      readonly sub?: CborValue;
      readonly iat?: CborValue;
      readonly link?: CborValue;
      readonly fields?: Fields;
      readonly revision?: number;
      readonly header?: ReadonlyMap<CborKey, CborValue>;
    },
  ): Promise<string> {
    const bytes = await assembleRecord(actor.signer, {
      contentType: `application/vnd.goodorder.${raw.type ?? 'statement'}+cbor`,
      iss: raw.iss ?? actor.iss,
      sub: raw.sub ?? ITEM,
      iat: raw.iat ?? T0,
      link: raw.link ?? [1, 0, null, [], null, []],
      payload: payloadMap(raw.revision ?? 1, raw.fields ?? statement('raw')),
      ...(raw.header === undefined ? {} : { header: raw.header }),
    });
    this.records.push(bytes);
    this.keys.add(actor.signer);
    return sha256Hex(bytes);
  }

  say(actor: Actor, text: string, options: SignOptions = {}): Promise<NewRecord> {
    return this.sign(actor, 'statement', statement(text), options);
  }

  /** The actor states that these are the records of the export. */
  manifest(
    actor: Actor,
    options: SignOptions & { readonly ids?: readonly string[]; readonly fields?: Fields } = {},
  ): Promise<NewRecord> {
    const ids = [...(options.ids ?? this.ids)].sort();
    return this.sign(
      actor,
      'manifest',
      { ...manifestFields(ids), ...options.fields },
      { seen: [], ...options },
    );
  }

  /** Logs ids and puts the note with a receipt for each into the file. */
  log(
    ids: readonly string[],
    time: number,
    { spread = 0, entries = ids, tokens = [] as readonly string[] } = {},
  ): { log: BuiltLog; note: string } {
    const log = buildLog(LOG, [hashOf('genesis'), ...entries]);
    const bytes = log.checkpoint(witnessedAt(time, spread));
    this.notes.push(bytes);
    for (const id of ids) this.receipts.push(log.receipt(id, bytes, { tokens }));
    return { log, note: sha256Hex(bytes) };
  }

  file(changes: StoryFile = {}): Uint8Array {
    const { item = ITEM } = changes;
    const pick = (member: Exclude<keyof StoryFile, 'item'>): readonly Uint8Array[] => {
      if (changes[member] !== undefined) return changes[member];
      return member === 'keys' ? [...this.keys].map(({ coseKey }) => coseKey) : this[member];
    };
    return encodePassport({
      item,
      members: {
        1: pick('records'),
        2: pick('keys'),
        3: pick('credentials'),
        4: pick('openings'),
        5: pick('notes'),
        6: pick('tokens'),
        7: pick('receipts'),
        8: pick('attachments'),
      },
    });
  }

  trustText(options: TrustOptions = {}): string {
    const authorities = options.authorities ?? [
      { actor: this.authority, roles: ROLES_OF_STORIES, mayDelegate: 3 },
    ];
    return JSON.stringify({
      format: 1,
      name: 'story',
      sequence: options.sequence ?? 12,
      issued: formatInstant(T0 - DAY),
      nextUpdate: formatInstant(options.nextUpdate ?? T0 + 200 * DAY),
      authorities: authorities.map(({ actor, roles, mayDelegate = 0, from, until }) => ({
        party: actor.iss,
        key: toBase64url(actor.signer.coseKey),
        roles: [...roles].sort(),
        mayDelegate,
        from: formatInstant(from ?? T0 - 1_000 * DAY),
        until: formatInstant(until ?? T0 + 1_000 * DAY),
      })),
      ...(options.logs === null ? {} : { logs: options.logs ?? logPolicy() }),
      revoked: (options.revoked ?? []).map(({ kid, suspectFrom }) => ({
        kid,
        suspectFrom: formatInstant(suspectFrom),
      })),
    });
  }

  trust(options: TrustOptions = {}): TrustFile {
    return readTrustFile(this.trustText(options));
  }
}

const ROLES_OF_STORIES: readonly Role[] = [
  'authority',
  'buyer',
  'carrier',
  'contracting-carrier',
  'inspector',
  'laboratory',
  'producer',
  'seller',
];

export function statement(text: string): Fields {
  return { occurredAt: instant(T0), about: { item: ITEM }, text };
}

/** One party gives the item to another, who finds nothing amiss. */
export function handover(from: Actor, to: Actor): Fields {
  return {
    occurredAt: instant(T0),
    from: from.iss,
    to: to.iss,
    fromCapacity: 'principal',
    toCapacity: 'carrier',
    leg: 'leg A',
    mode: 'road',
    parcels: 1,
    remark: 'clean',
    inspectedScope: [],
    sealState: 'intact',
  };
}

/** The other side agrees to a record, and looked at nothing. */
export function agreed(of: string): Fields {
  return { of: fromHex(of), stance: 'agree', remark: 'none', inspectedScope: [], occurredAt: instant(T0) };
}

export function manifestFields(ids: readonly string[]): Fields {
  const sorted = ids.map(fromHex).sort(compareBytes);
  return { root: merkleRoot(sorted), count: sorted.length, ids: sorted, heads: [], withheld: [], asOf: null };
}

export function withheld(
  record: { readonly id: string; readonly kid: string; readonly sub: string; readonly seq: number },
  reason: string,
): Fields {
  const at = [fromHex(record.kid), sha256(utf8Bytes(record.sub)), record.seq];
  return { id: fromHex(record.id), reason, at };
}

/** Bytes with one bit turned. */
export function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = bytes.slice();
  copy[bit >> 3]! ^= 1 << (bit & 7);
  return copy;
}

/** A file with its elements in the order given, whatever the rules say. */
export function rawPassport(item: string, members: ReadonlyMap<number, readonly Uint8Array[]>): Uint8Array {
  const text = utf8Bytes(item);
  const pieces = [
    PASSPORT_MAGIC,
    encodeHead(5, members.size + 1),
    encodeHead(0, 0),
    encodeHead(3, text.length),
    text,
  ];
  for (const [member, elements] of members) {
    pieces.push(encodeHead(0, member), encodeHead(4, elements.length));
    for (const element of elements) pieces.push(encodeHead(2, element.length), element);
  }
  return concatBytes(...pieces);
}

export function idOf(bytes: Uint8Array): string {
  return toHex(sha256(bytes));
}
