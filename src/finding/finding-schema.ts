import '../record/zod-setup.js';
import * as z from 'zod/mini';
import { once } from '../record/field-schemas.js';
import { ENGINE, NOTICE } from './finding-form.js';
import { REFER_CODES, UNPROVED_CODES } from './reasons.js';

const count = once(() => z.int().check(z.gte(0)));
const hash = once(() => z.string().check(z.regex(/^[0-9a-f]{64}$/)));
const digits = once(() => z.string().check(z.regex(/^-?\d+$/)));
const utcSeconds = once(() => z.int());
const texts = once(() => z.array(z.string()));
const text = once(() => z.nullable(z.string()));
const verdict = once(() => z.enum(['TOTAL-PASSED', 'INDETERMINATE', 'TOTAL-FAILED']));
const fraction = once(() => z.tuple([digits(), digits()]));
const edgeStatus = once(() => z.enum(['liable', 'not-liable', 'barred', 'liable-amount-unproved', 'refer']));
const basis = once(() => z.enum(['time-bar', 'exception', 'presumption', 'proven', 'burden-default']));
const forks = once(() => z.array(z.strictObject({ rule: z.string(), leg: text(), matters: z.boolean() })));

const said = once(() => z.strictObject({ en: z.string(), zh: z.string() }));

const edge = once(() =>
  z.strictObject({
    id: z.string(),
    number: count(),
    template: z.string(),
    creditor: z.string(),
    debtor: z.string(),
    damage: z.string(),
    head: z.string(),
    debtId: z.string(),
    journey: text(),
    legs: texts(),
    pleaded: z.boolean(),
    claims: texts(),
    recourse: z.boolean(),
    parent: text(),
    contingent: z.boolean(),
    status: edgeStatus(),
    basis: basis(),
    location: z.nullable(z.enum(['implicated', 'bracketed', 'inferred'])),
    leg: text(),
    mode: z.enum(['sole', 'several', 'joint-and-several']),
    with: text(),
    share: fraction(),
    shareBasis: z.enum(['rule', 'equal', 'agreed', 'discretion']),
    amount: z.nullable(
      z.strictObject({
        minor: digits(),
        currency: z.string(),
        steps: z.array(
          z.strictObject({
            step: z.string(),
            by: text(),
            before: z.nullable(fraction()),
            after: fraction(),
            note: text(),
          }),
        ),
      }),
    ),
    amountUnproved: text(),
    rules: z.array(z.strictObject({ rule: z.string(), leg: text() })),
    records: z.array(hash()),
    referBecause: text(),
    forks: forks(),
    restsOnEdge: text(),
    why: z.nullable(
      z.strictObject({
        code: z.enum([...UNPROVED_CODES, ...REFER_CODES]),
        cure: said(),
        rule: text(),
        says: said(),
      }),
    ),
  }),
);

const grade = once(() =>
  z.strictObject({
    fact: z.string(),
    grade: count(),
    line: z.string(),
    lift: text(),
    caps: texts(),
  }),
);

const argument = once(() =>
  z.strictObject({
    side: z.string(),
    grade: z.int(),
    by: z.enum(['derivation', 'fact', 'rule', 'pleading']),
    source: z.string(),
    how: text(),
    rests: z.array(grade()),
    defeatedBy: texts(),
  }),
);

const issue = once(() =>
  z.strictObject({
    edge: z.string(),
    issue: z.string(),
    leg: text(),
    status: z.string(),
    by: z.enum(['evidence', 'presumption', 'burden']),
    pro: z.int(),
    con: z.int(),
    burden: z.string(),
    standard: z.string(),
    arguments: z.array(argument()),
    omittedArguments: count(),
    presumptions: z.array(
      z.strictObject({
        rule: z.string(),
        is: z.enum(['found', 'not-found']),
        rebut: z.string(),
        weight: z.int(),
        state: z.enum(['stands', 'not-needed', 'rebutted', 'fallen']),
      }),
    ),
    forks: forks(),
  }),
);

const span = { from: z.nullable(z.int()), to: z.nullable(z.int()) };

const timeline = once(() =>
  z.strictObject({
    damage: z.string(),
    sub: z.string(),
    complete: z.boolean(),
    complainedAt: utcSeconds(),
    intervals: z.array(
      z.strictObject({
        index: count(),
        holder: text(),
        capacity: text(),
        leg: text(),
        journey: text(),
        ...span,
      }),
    ),
    states: z.array(
      z.strictObject({
        boundary: z.string(),
        name: z.string(),
        journey: text(),
        ...span,
        omittedDerivations: count(),
        derivations: z.array(
          z.strictObject({ id: z.string(), value: z.string(), how: z.string(), facts: texts() }),
        ),
      }),
    ),
  }),
);

/** A finding as plain JSON; the type is `Finding`. From it `schemas/find-report.schema.json` is made. */
export const findingSchema = once(() =>
  z.strictObject({
    schemaVersion: z.literal(1),
    notice: z.literal(NOTICE),
    engine: z.literal(ENGINE),
    dispute: z.strictObject({
      id: z.string(),
      digest: hash(),
      forum: z.string(),
      openedAt: utcSeconds(),
      asOf: utcSeconds(),
    }),
    evidence: z.strictObject({
      verdict: verdict(),
      passports: z.array(
        z.strictObject({
          digest: hash(),
          item: z.string(),
          verdict: verdict(),
          at: utcSeconds(),
          trust: z.nullable(hash()),
        }),
      ),
    }),
    inputDigest: hash(),
    packDigests: z.array(z.strictObject({ id: z.string(), digest: hash() })),
    disposition: z.enum(['determined', 'shared', 'refer-to-human']),
    complete: z.boolean(),
    edges: z.array(edge()),
    debts: z.array(
      z.strictObject({
        id: z.string(),
        edges: texts(),
        collectable: z.nullable(z.strictObject({ minor: digits(), currency: z.string() })),
      }),
    ),
    issues: z.array(issue()),
    timelines: z.array(timeline()),
    whyNot: z.array(
      z.strictObject({
        edge: z.string(),
        rule: z.string(),
        leg: text(),
        value: z.enum(['false', 'unknown']),
        failedConditions: texts(),
      }),
    ),
    remarks: z.array(
      z.strictObject({
        code: z.string(),
        records: z.array(hash()),
        signers: texts(),
        bySeconds: z.optional(z.int()),
      }),
    ),
    unmatchedClaims: texts(),
    digest: hash(),
  }),
);

/** One step of an explanation; the type is `ExplainedStep`. */
const explainedStepSchema = once(() =>
  z.strictObject({
    kind: z.enum(['rule', 'condition', 'exception', 'issue', 'presumption', 'argument', 'fact', 'edge']),
    says: said(),
    result: said(),
    rule: z.nullable(
      z.strictObject({
        id: z.string(),
        status: z.string(),
        cite: z.array(z.strictObject({ source: z.string(), article: z.string(), verified: z.boolean() })),
      }),
    ),
    sentence: text(),
    lines: texts(),
    facts: texts(),
    records: z.array(hash()),
    get steps(): z.ZodMiniArray<z.ZodMiniAny> {
      return z.array(explainedStepSchema() as unknown as z.ZodMiniAny);
    },
  }),
);

/** Why one edge is as it is; the type is `Explanation`. */
export const explanationSchema = once(() =>
  z.strictObject({ edge: z.string(), says: said(), reason: said(), steps: z.array(explainedStepSchema()) }),
);

const flips = once(() =>
  z.array(
    z.strictObject({
      adds: z.array(z.looseObject({ id: z.string(), kind: z.string(), value: z.string() })),
      status: z.string(),
      basis: z.string(),
    }),
  ),
);

/** What would change one edge; the type is `WhatIf`. */
export const whatIfSchema = once(() =>
  z.strictObject({
    finding: hash(),
    edge: z.string(),
    restsOn: z.array(hash()),
    wouldFlip: z.strictObject({ wouldHave: flips(), couldStill: flips() }),
    complete: z.boolean(),
  }),
);
