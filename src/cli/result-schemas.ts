import * as z from 'zod/mini';
import '../record/zod-setup.js';
import { FINDING_RESULT_SCHEMAS } from './finding-result-schemas.js';

const text = z.string();
const texts = z.array(text);
const number = z.int();
const flag = z.boolean();
const digest = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const nullable = <T extends z.core.SomeType>(inner: T) => z.nullable(inner);
/** What a record or a pack says, in its own form. */
const free = z.looseObject({});

function result<T extends z.core.$ZodLooseShape>(shape: T) {
  return z.strictObject({ schemaVersion: z.literal(1), ...shape });
}

const time = z.strictObject({ from: nullable(number), to: nullable(number) });
const code = { code: text, sentence: text };
const codeSeverity = { axis: text, severity: text, accuses: flag };
const optionalSeverity = {
  axis: z.optional(text),
  severity: z.optional(text),
  accuses: z.optional(flag),
};
const credential = z.strictObject({
  sha256: digest,
  issuer: digest,
  key: digest,
  party: text,
  roles: texts,
  subjects: nullable(texts),
  mayDelegate: number,
  from: text,
  until: text,
});
const key = { name: text, kid: digest, fingerprint: text, words: text, coseKey: text, iss: text };
const place = z.strictObject({
  file: z.optional(text),
  line: z.optional(number),
  column: z.optional(number),
  path: z.optional(text),
});
const problem = z.strictObject({ code: text, message: text, place });
const signed = {
  id: digest,
  statementHash: digest,
  type: text,
  sub: text,
  seq: number,
  seen: z.array(digest),
  openings: number,
  written: texts,
  missing: z.array(number),
  released: number,
  waiting: number,
  acknowledged: z.optional(z.array(digest)),
};
const trust = {
  name: text,
  sequence: number,
  issued: text,
  nextUpdate: text,
  sha256: digest,
  authorities: z.array(
    z.strictObject({
      party: text,
      kid: digest,
      key: text,
      roles: texts,
      subjects: z.optional(texts),
      mayDelegate: z.optional(number),
      from: text,
      until: text,
    }),
  ),
  logs: texts,
  revoked: number,
};
const shownRecord = z.looseObject({
  number,
  id: digest,
  state: text,
  verified: free,
  claimed: z.looseObject({ type: text, iss: text, sub: text, payload: free }),
});

/**
 * What a command writes under `--format json`, by its name; those with a report of their own (`verify`, `find`,
 * `doctor`, `trust suggest`) have a schema of their own. A draft is `record`'s result.
 */
export const RESULT_SCHEMAS: Readonly<Record<string, z.core.$ZodType>> = {
  ...FINDING_RESULT_SCHEMAS,
  completion: result({ shell: text, script: text }),
  countersign: result(signed),
  'credential add': result({ kept: z.array(credential) }),
  'credential issue': result({ sha256: digest, issuer: digest, key: digest, written: text }),
  'credential list': result({ credentials: z.array(credential) }),
  diff: result({
    same: flag,
    items: texts,
    differences: z.array(z.strictObject({ member: text, sha256: digest, only: text })),
  }),
  explain: z.union([
    result({ ...code, ...optionalSeverity, advice: z.optional(text) }),
    result({
      codes: z.array(z.strictObject({ ...code, ...optionalSeverity, advice: z.optional(text) })),
    }),
    result({
      record: digest,
      number,
      state: text,
      findings: z.array(z.strictObject({ ...code, ...codeSeverity })),
    }),
    result({
      finding: digest,
      part: nullable(text),
      // As those of `find`, whose schema says more: a schema that holds itself cannot stand inside this list of them.
      steps: z.array(free),
      records: z.array(
        z.strictObject({ id: digest, number, type: text, file: text, offset: number, length: number }),
      ),
    }),
  ]),
  export: result({
    item: text,
    sha256: z.optional(digest),
    bytes: z.optional(number),
    written: z.optional(text),
    manifests: z.array(digest),
    reused: flag,
    withheld: z.array(
      z.strictObject({
        id: digest,
        reason: text,
        at: z.strictObject({ kid: digest, subject: digest, seq: number }),
      }),
    ),
    leftOut: z.array(free),
    volumes: z.optional(z.array(z.strictObject({ written: text, sha256: digest, bytes: number }))),
  }),
  extract: result({
    item: text,
    written: z.array(z.strictObject({ element: text, sha256: digest, bytes: number, file: text })),
  }),
  init: result({ home: text, party: text, key: z.strictObject({ name: text, kid: digest }) }),
  inspect: result({
    bytes: number,
    sha256: digest,
    item: z.optional(nullable(text)),
    elements: z.optional(
      z.array(
        z.strictObject({
          member: text,
          index: number,
          number: z.optional(nullable(number)),
          offset: number,
          length: number,
          sha256: digest,
        }),
      ),
    ),
    findings: z.array(z.looseObject({ code: text })),
    diagnostic: z.optional(text),
  }),
  'key list': result({ keys: z.array(z.strictObject(key)) }),
  'key new': result(key),
  'key release': result({ released: texts }),
  'key revoke': result(signed),
  'key rotate': result(signed),
  'key show': result(key),
  'media check': result({
    verdict: text,
    matched: number,
    total: number,
    absent: texts,
    mismatched: texts,
    unsigned: texts,
    skipped: texts,
  }),
  'media compare': result({
    sent: text,
    hintOnly: z.literal(true),
    originals: z.array(
      z.strictObject({
        original: text,
        hint: z.enum(['likely-copy', 'alike', 'no-sign']),
        distance: number,
        turn: text,
        same: flag,
        damaged: flag,
        signedIn: nullable(z.array(number)),
      }),
    ),
  }),
  'media seal': result({
    files: z.array(
      z.strictObject({ sha256: text, bytes: number, mediaType: text, chunkBytes: number, chunkRoot: text }),
    ),
    written: z.optional(text),
  }),
  merge: result({
    item: text,
    sha256: digest,
    bytes: number,
    written: text,
    leftOut: z.array(z.strictObject({ code: text, element: text, sha256: digest, from: text })),
  }),
  'pack diff': result({ changes: z.array(z.looseObject({ change: text, rule: text })) }),
  'pack hash': result({ id: text, digest }),
  'pack lint': result({ problems: z.array(problem) }),
  'pack list': result({ packs: z.array(z.strictObject({ id: text, kind: text, digest, rules: number })) }),
  'pack show': z.union([result({ digest, pack: free }), result({ rules: z.array(free) })]),
  'pack test': result({
    scenarios: z.array(
      z.strictObject({
        file: text,
        passed: flag,
        unmet: z.array(problem),
        error: z.optional(
          z.strictObject({ code: text, message: text, place, problems: z.optional(z.array(problem)) }),
        ),
      }),
    ),
  }),
  'sensor import': z.union([
    result({ file: text, payload: free, report: free, written: z.optional(text) }),
    result({ file: text, batches: z.array(z.strictObject({ payload: free, report: free })) }),
  ]),
  'sensor guess': result({
    file: text,
    families: z.array(text),
    parts: z.array(z.strictObject({ key: text, value: z.unknown(), why: text })),
    alternatives: z.array(text),
    written: z.optional(text),
  }),
  show: z.union([
    result({ item: text, sha256: digest, verdict: text, records: z.array(shownRecord) }),
    z.looseObject({ schemaVersion: z.literal(1), ...shownRecord.def.shape }),
  ]),
  sign: result(signed),
  timeline: result({
    item: text,
    verdict: text,
    passages: z.array(z.looseObject({ index: number, from: text, to: text, time, records: z.array(digest) })),
    boundaries: z.array(z.looseObject({ id: text, position: number, name: text, records: z.array(digest) })),
    intervals: z.array(z.looseObject({ index: number })),
    journeys: z.array(free),
    conditions: z.array(free),
  }),
  'trust add': result(trust),
  'trust check': result({ ...trust, stale: flag }),
  'trust list': result(trust),
  version: result({
    version: text,
    formats: z.strictObject({ passport: number, trust: number, dispute: number }),
    packs: z.array(z.strictObject({ id: text, digest })),
    node: text,
  }),
};
