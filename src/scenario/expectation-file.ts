import * as z from 'zod/mini';
import '../record/zod-setup.js';
import { throwTogether } from '../errors.js';
import type { ScenarioPath, ScenarioSource } from './scenario-source.js';

/** One edge among those of a finding, by the names of its parties. What is left out is what most cases have one of. */
const edgeKey = {
  template: z.string(),
  creditor: z.string(),
  debtor: z.string(),
  /** The only damage, where left out. */
  damage: z.optional(z.string()),
  head: z._default(z.string(), 'loss'),
  journey: z.optional(z.string()),
};

function buildSchema() {
  const text = z.string();
  const grade = z.int().check(z.gte(0), z.lte(5));
  const edge = z.strictObject({
    ...edgeKey,
    status: text,
    basis: text,
    /** Ids of the rules that decided it, those that failed where it is not liable. */
    rules: z.array(text),
    location: z._default(z.nullable(text), null),
    leg: z._default(z.nullable(text), null),
    mode: z._default(text, 'sole'),
    /** Party with whom it is liable jointly. */
    with: z._default(z.nullable(text), null),
    /** Minor units. */
    amount: z._default(z.nullable(text), null),
    contingent: z.optional(z.boolean()),
    /** Code of why there is no answer or no amount. */
    why: z.optional(text),
  });
  const issue = z.strictObject({
    ...edgeKey,
    issue: text,
    leg: z._default(z.nullable(text), null),
    status: text,
    by: z.optional(text),
    pro: z.optional(grade),
    con: z.optional(grade),
    presumptions: z.optional(z.array(z.strictObject({ rule: text, state: text }))),
  });
  const whyNot = z.strictObject({
    ...edgeKey,
    rule: text,
    leg: z._default(z.nullable(text), null),
    value: z._default(z.enum(['false', 'unknown']), 'false'),
    /** The conditions that were not met, as the finding words them. */
    failed: z.array(text),
  });
  const flip = z.strictObject({
    becomes: text,
    basis: z.optional(text),
    adds: z.array(
      z.strictObject({
        kind: text,
        value: text,
        by: z._default(z.nullable(text), null),
        with: z._default(z.nullable(text), null),
        /** Name of the boundary, or the leg; null where it has neither. */
        at: z._default(z.nullable(text), null),
      }),
    ),
  });
  const whatIf = z.strictObject({
    ...edgeKey,
    /** Names of the records each of which, struck out, changes the edge: these and no others. */
    restsOn: z.optional(z.array(text)),
    /** Among what would have changed it and no longer can be had. */
    wouldHave: z.optional(z.array(flip)),
    /** Among what would change it and still can be had. */
    couldStill: z.optional(z.array(flip)),
  });
  return z.strictObject({
    verdict: z.enum(['TOTAL-PASSED', 'INDETERMINATE', 'TOTAL-FAILED']),
    /** Codes of all failures, open questions and warnings of verification. */
    diagnostics: z._default(z.array(text), []),
    disposition: z.enum(['determined', 'shared', 'refer-to-human']),
    /** Every edge that is pleaded, and every other one that is not `not-liable`. */
    edges: z.array(edge),
    issues: z._default(z.array(issue), []),
    whyNot: z._default(z.array(whyNot), []),
    whatIf: z._default(z.array(whatIf), []),
    /** Codes of all remarks. */
    remarks: z._default(z.array(text), []),
    unmatchedClaims: z._default(z.array(text), []),
  });
}

let built: ReturnType<typeof buildSchema> | undefined;

export type Expectation = z.infer<ReturnType<typeof buildSchema>>;
export type ExpectedEdge = Expectation['edges'][number];
export type ExpectedFlip = NonNullable<Expectation['whatIf'][number]['wouldHave']>[number];
/** What names an edge. */
export type EdgeKey = Pick<ExpectedEdge, 'template' | 'creditor' | 'debtor' | 'damage' | 'head' | 'journey'>;

/** Reads what a scenario expects. Throws GoodOrderError `scenario.malformed` with the place. */
export function readExpectation(value: unknown, source: ScenarioSource, path: ScenarioPath): Expectation {
  built ??= buildSchema();
  const read = built.safeParse(value);
  if (read.success) return read.data;
  throwTogether(
    read.error.issues.flatMap((issue) => {
      const at = [...path, ...issue.path.filter((step) => typeof step !== 'symbol')];
      if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => source.strayKey([...at, key]));
      return [source.malformed(`\`${at.at(-1)}\` is missing or has a value it cannot have`, at)];
    }),
  );
  throw new TypeError('what was refused has no problem');
}
