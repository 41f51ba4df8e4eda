import { createHash } from 'node:crypto';
import type { FactScope } from '../../src/facts/case-facts.js';
import { HIDDEN } from '../../src/record/private-fields.js';
import { RECORD_TYPES } from '../../src/record/types/index.js';
import '../../src/record/zod-setup.js';
import * as z from 'zod/mini';
import type { VerifiedPassport, VerifiedRecord } from '../../src/verify/verified-passport.js';

export const ITEM = 'https://id.gs1.org/01/09506000134352/21/A1';
export const PARCEL = 'https://id.gs1.org/00/950600013435212346';
export const SELLER = 'https://id.gs1.org/417/9506000134352';
export const CONTRACTING = 'https://id.gs1.org/417/9506000134369';
export const CARRIER_A = 'https://id.gs1.org/417/9506000134376';
export const CARRIER_B = 'https://id.gs1.org/417/9506000134383';
export const LAB = 'https://id.gs1.org/417/9506000134390';
export const WAREHOUSE = 'https://id.gs1.org/417/9506000134406';
export const PLATFORM = 'https://id.gs1.org/417/9506000134413';
export const BUYER_KID = 'b'.repeat(64);
export const BUYER = `urn:goodorder:key:${BUYER_KID}`;

const ROLES: Readonly<Record<string, readonly string[]>> = {
  [SELLER]: ['seller'],
  [CONTRACTING]: ['contracting-carrier'],
  [CARRIER_A]: ['carrier'],
  [CARRIER_B]: ['carrier'],
  [LAB]: ['laboratory'],
  [WAREHOUSE]: ['warehouse'],
  [PLATFORM]: ['platform'],
};

export const SCOPE: FactScope = {
  parties: [SELLER, BUYER, CARRIER_A, CARRIER_B, CONTRACTING],
  goods: [{ unit: ITEM, sub: ITEM }],
  sellers: [SELLER],
};

/** Hours after the case begins, whole seconds. */
export const BEGIN = 1_780_000_000;
export function hour(h: number): number {
  return BEGIN + Math.round(h * 3600);
}
export interface Instant {
  readonly utcS: number;
  readonly offsetMin: number;
}
export function at(h: number): Instant {
  return { utcS: hour(h), offsetMin: 480 };
}

export function idOf(name: string): string {
  return createHash('sha256').update(name).digest('hex');
}
export function idBytes(name: string): Uint8Array {
  return new Uint8Array(createHash('sha256').update(name).digest());
}
const DIGEST = new Uint8Array(32);

export interface RecordDraft {
  readonly name: string;
  readonly type: string;
  readonly by: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly sub?: string;
  /** Hours; 10,000 (the time of verification) when nothing proves more. */
  readonly upper?: number;
  readonly lower?: number | null;
  readonly pins?: readonly string[];
  readonly over?: Partial<VerifiedRecord>;
  /** The payload is meant not to hold its schema. */
  readonly malformed?: boolean;
}

let numbers = 0;

const ANSWERS = {
  integrity: 'passed',
  authenticity: 'passed',
  time: 'passed',
  completeness: 'passed',
  trust: 'passed',
} as const;

export function verifiedRecord(draft: RecordDraft): VerifiedRecord {
  const { by, lower = null, name, payload, pins = [], sub = ITEM, type, upper = 10_000 } = draft;
  if (draft.malformed !== true) assertSchema(type, payload);
  const self = by.startsWith('urn:goodorder:key:');
  numbers += 1;
  return {
    id: idOf(name),
    statementHash: idOf(`statement ${name}`),
    type,
    kid: self ? by.slice('urn:goodorder:key:'.length) : idOf(`key ${by}`),
    iss: by,
    sub,
    iat: BEGIN,
    seq: Number.parseInt(idOf(name).slice(0, 8), 16),
    offset: 0,
    length: 1,
    number: numbers,
    state: self ? 'valid' : 'trusted',
    binding: self ? 'self' : 'path',
    roles: self ? [] : (ROLES[by] ?? ['carrier']),
    accreditation: null,
    rolePermitted: true,
    standing: 'full',
    time: {
      lower: lower === null ? null : hour(lower),
      upper: hour(upper),
      lowerFrom: 'none',
      upperFrom: 'at',
    },
    pins: pins.map(idOf),
    pinnedBy: [],
    payload,
    revision: 1,
    diagnostics: [],
    answers: ANSWERS,
    ...draft.over,
  };
}

/** Test payloads must be what a signer can sign: private places may stand in clear or hidden, so both are replaced. */
function assertSchema(type: string, payload: Readonly<Record<string, unknown>>): void {
  const definition = RECORD_TYPES.get(type);
  if (definition === undefined) return;
  const result = z.safeParse(definition.schema(), withDigests(type, payload));
  if (!result.success) throw new Error(`test payload of ${type}: ${JSON.stringify(result.error.issues)}`);
}

function withDigests(type: string, payload: Readonly<Record<string, unknown>>): unknown {
  const closed = replaceHidden(payload) as Record<string, unknown>;
  if (type === 'aggregation') closed['children'] = (closed['children'] as unknown[]).map(() => DIGEST);
  return closed;
}

function replaceHidden(value: unknown): unknown {
  if (value === HIDDEN) return DIGEST;
  if (Array.isArray(value)) return value.map(replaceHidden);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, replaceHidden(member)]));
}

/** A passport as verification would hand it on. `verify/` alone can make a real one, hence the one cast. */
export function passport(records: readonly (RecordDraft | VerifiedRecord)[], item = ITEM): VerifiedPassport {
  const verified = records.map((one) => ('id' in one ? one : verifiedRecord(one)));
  const pins = new Map(verified.map((record) => [record.id, record.pins]));
  const precedes = (earlier: string, later: string): boolean => {
    const queue = [...(pins.get(later) ?? [])];
    const seen = new Set<string>();
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      if (next === earlier) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(...(pins.get(next) ?? []));
    }
    return false;
  };
  return {
    item,
    digest: idOf('passport'),
    byteLength: 1,
    at: hour(10_000),
    trust: null,
    verdict: 'TOTAL-PASSED',
    axes: {},
    records: verified,
    diagnostics: [],
    counts: {},
    wouldLeaveOut: 0,
    attachments: new Map(),
    precedes,
  } as unknown as VerifiedPassport;
}

type Fields = Readonly<Record<string, unknown>>;
type Options = Partial<Omit<RecordDraft, 'name' | 'type' | 'by' | 'payload'>>;

export function observation(aspect: string, condition: string, region?: string, more: Fields = {}): Fields {
  return { aspect, condition, ...(region === undefined ? {} : { region }), ...more };
}

export interface PassageWords extends Options {
  readonly from: string;
  readonly to: string;
  readonly h: number;
  readonly by?: string;
  readonly payload?: Fields;
}

const CAPACITY: Readonly<Record<string, string>> = {
  [CONTRACTING]: 'contracting-carrier',
  [CARRIER_A]: 'carrier',
  [CARRIER_B]: 'carrier',
  [WAREHOUSE]: 'warehouse',
};

export function handover(name: string, words: PassageWords): RecordDraft {
  const { by, from, h, payload, to, ...options } = words;
  const toCapacity = CAPACITY[to] ?? 'principal';
  return {
    name,
    type: 'handover',
    by: by ?? from,
    ...options,
    payload: {
      occurredAt: at(h),
      from,
      to,
      fromCapacity: CAPACITY[from] ?? 'principal',
      toCapacity,
      parcels: 1,
      remark: 'none',
      inspectedScope: [],
      sealState: 'not-checked',
      ...(toCapacity === 'carrier' || toCapacity === 'contracting-carrier' ? { leg: 'a', mode: 'road' } : {}),
      ...payload,
    },
  };
}

export function delivery(name: string, words: PassageWords): RecordDraft {
  const { by, from, h, payload, to, ...options } = words;
  return {
    name,
    type: 'delivery',
    by: by ?? from,
    ...options,
    payload: {
      occurredAt: at(h),
      from,
      to,
      receiverRole: 'consignee',
      mode: 'in-person',
      consent: 'given',
      remark: 'none',
      inspectedScope: [],
      method: 'signature',
      objectionDeadline: null,
      ...payload,
    },
  };
}

export function countersign(
  name: string,
  words: Options & {
    readonly by: string;
    readonly of: string;
    readonly h: number;
    readonly payload?: Fields;
  },
): RecordDraft {
  const { by, h, of, payload, ...options } = words;
  return {
    name,
    type: 'countersign',
    by,
    ...options,
    payload: {
      of: idBytes(of),
      stance: 'agree',
      remark: 'none',
      inspectedScope: [],
      occurredAt: at(h),
      ...payload,
    },
  };
}

export function media(
  name: string,
  words: Options & {
    readonly by: string;
    readonly purpose: string;
    readonly h: number;
    readonly to?: number;
    readonly payload?: Fields;
  },
): RecordDraft {
  const { by, h, payload, purpose, to, ...options } = words;
  return {
    name,
    type: 'media',
    by,
    ...options,
    payload: {
      from: at(h),
      to: at(to ?? h + 0.05),
      purpose,
      files: [
        { sha256: [-16, DIGEST], bytes: 1, mediaType: 'video/mp4', chunkBytes: 1_048_576, chunkRoot: DIGEST },
      ],
      device: { model: 'phone' },
      continuity: 'one-shot',
      coverage: ['front', 'back', 'left', 'right', 'top', 'bottom'],
      identified: [{ what: 'serial' }, { what: 'parcel' }],
      ...payload,
    },
  };
}

export function sensor(
  name: string,
  words: Options & {
    readonly by: string;
    readonly h: number;
    readonly to: number;
    readonly payload?: Fields;
  },
): RecordDraft {
  const { by, h, payload, to, ...options } = words;
  return {
    name,
    type: 'sensor-batch',
    by,
    ...options,
    payload: {
      from: at(h),
      to: at(to),
      device: { id: `logger ${by}` },
      quantity: 'acceleration',
      unit: 'milliG',
      sampleCount: 10,
      intervalUs: 1000,
      recording: { mode: 'continuous' },
      root: DIGEST,
      min: 0,
      max: 9_000,
      gaps: [],
      clockOffsetMs: 0,
      attachedTo: ITEM,
      mount: 'package',
      location: 'package',
      endReason: 'stopped',
      calibratedAt: at(-1000),
      calibrationDueAt: at(7000),
      ...payload,
    },
  };
}

export function pulse(
  h: number,
  peakMilliG: number,
  durationUs: number,
  deltaVUmPerS: number,
  axis = 'z',
): Fields {
  return { at: at(h), axis, peakMilliG, durationUs, deltaVUmPerS };
}

/** 85 g for 6 ms: 3.18 m/s. */
export function damagingPulse(h: number): Fields {
  return pulse(h, 85_000, 6_000, 3_183_984);
}

export function agreement(
  name: string,
  words: Options & {
    readonly by: string;
    readonly parties: readonly string[];
    readonly h: number;
    readonly payload?: Fields;
  },
): RecordDraft {
  const { by, h, parties, payload, ...options } = words;
  return {
    name,
    type: 'agreement',
    by,
    ...options,
    payload: { kind: 'carriage', agreedAt: at(h), parties, ...payload },
  };
}

/** The agreement with every party's answer. */
export function jointAgreement(name: string, words: Parameters<typeof agreement>[1]): readonly RecordDraft[] {
  const others = words.parties.filter((party) => party !== words.by);
  return [
    agreement(name, words),
    ...others.map((by, index) => countersign(`${name} answer ${index}`, { by, of: name, h: words.h })),
  ];
}

export const FRAGILITY = [{ axis: 'any', maxPeakMilliG: 60_000, maxDeltaVUmPerS: 2_500_000 }];

export function inspection(
  name: string,
  words: Options & { readonly by: string; readonly h: number; readonly payload?: Fields },
): RecordDraft {
  const { by, h, payload, ...options } = words;
  return {
    name,
    type: 'inspection',
    by,
    ...options,
    payload: {
      checkedAt: at(h),
      issuedAt: at(h + 1),
      reportId: name,
      issuingBody: { name: 'body' },
      inspector: HIDDEN,
      authoriser: HIDDEN,
      scope: 'this-item',
      stage: 'final',
      itemCondition: 'as received',
      verdict: 'none',
      notTested: [],
      ...payload,
    },
  };
}

export function check(id: string, aspect: string, result: string, more: Fields = {}): Fields {
  return { id, aspect, method: 'm', methodVersion: '1', result, ...more };
}

export function seal(
  name: string,
  words: Options & {
    readonly by: string;
    readonly h: number;
    readonly sealId: string;
    readonly action: string;
    readonly state: string;
    readonly payload?: Fields;
  },
): RecordDraft {
  const { action, by, h, payload, sealId, state, ...options } = words;
  return {
    name,
    type: 'seal',
    by,
    ...options,
    payload: { occurredAt: at(h), sealId, action, reader: 'hand', state, ...payload },
  };
}

export function aggregation(
  name: string,
  words: Options & {
    readonly by: string;
    readonly h: number;
    readonly action: string;
    readonly children: readonly unknown[];
  },
): RecordDraft {
  const { action, by, children, h, ...options } = words;
  return { name, type: 'aggregation', by, sub: PARCEL, ...options, payload: { action, children, at: at(h) } };
}

export function notice(
  name: string,
  words: Options & {
    readonly by: string;
    readonly h: number;
    readonly against: string;
    readonly payload?: Fields;
  },
): RecordDraft {
  const { against, by, h, payload, ...options } = words;
  return {
    name,
    type: 'notice',
    by,
    ...options,
    payload: {
      against: idBytes(against),
      grounds: 'damaged',
      aspect: 'fracture',
      raisedAt: at(h),
      to: SELLER,
      written: true,
      namesDamage: true,
      discoveredAt: at(h - 1),
      ...payload,
    },
  };
}

export function statement(
  name: string,
  words: Options & { readonly by: string; readonly h: number; readonly payload?: Fields },
): RecordDraft {
  const { by, h, payload, ...options } = words;
  return {
    name,
    type: 'statement',
    by,
    ...options,
    payload: { occurredAt: at(h), about: { item: ITEM }, text: 'words', ...payload },
  };
}

/** Pseudo-random order from a seed; the same seed, the same order. */
export function shuffled<T>(list: readonly T[], seed: number): T[] {
  let state = seed >>> 0 || 1;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
  const out = [...list];
  for (let i = out.length - 1; i > 0; i -= 1) {
    const j = next() % (i + 1);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}
