import type { PackSource } from './pack-source.js';
import {
  ADJUSTMENTS,
  CAP_UNITS,
  type CapMeasure,
  type Effect,
  type GradeSource,
  MODES,
  type PlainCapMeasure,
  REBUTTALS,
  REFERRALS,
  STANDARDS,
  type Standard,
} from './rule.js';
import {
  AGREED_TERMS,
  type AgreedTerm,
  EVENTS,
  HEADS,
  PARTY_WORDS,
  SHOCK_LIMITS,
  type ShockLimits,
} from './terms.js';

const FINDS = ['found', 'not-found'] as const;

/** What stands under `then`: a map whose first word says the kind of effect. */
export function loadEffect(source: PackSource): Effect {
  const keys = source.entries();
  if (keys.has('allocate')) {
    const fields = source.fields(['allocate', 'to'], ['standard']);
    return {
      kind: 'allocate',
      issue: fields.get('allocate')!.text(),
      to: fields.get('to')!.word(['pro', 'con']),
      standard: standardOf(fields.get('standard')),
    };
  }
  if (keys.has('presume')) {
    const fields = source.fields(['presume', 'is', 'rebut'], ['weight', 'standard']);
    return {
      kind: 'presume',
      issue: fields.get('presume')!.text(),
      is: fields.get('is')!.word(FINDS),
      rebut: fields.get('rebut')!.word(REBUTTALS),
      weight: fields.get('weight')?.integer(0, 5) ?? 0,
      standard: standardOf(fields.get('standard')),
    };
  }
  if (keys.has('argue')) {
    const fields = source.fields(['argue', 'side', 'grade-from']);
    const gradeFrom = fields.get('grade-from')!.listOrOne().map(loadGradeSource);
    if (gradeFrom.length === 0) source.fail('`grade-from` names nothing the grade could come from');
    return {
      kind: 'argue',
      issue: fields.get('argue')!.text(),
      side: fields.get('side')!.word(['pro', 'con']),
      gradeFrom: [...new Set(gradeFrom)].sort(),
    };
  }
  if (keys.has('adverse')) {
    const fields = source.fields(['adverse', 'is', 'weight']);
    return {
      kind: 'adverse',
      issue: fields.get('adverse')!.text(),
      is: fields.get('is')!.word(FINDS),
      weight: fields.get('weight')!.integer(0, 5),
    };
  }
  return loadEdgeEffect(source, keys);
}

function loadEdgeEffect(source: PackSource, keys: ReadonlyMap<string, PackSource>): Effect {
  if (keys.has('bar')) {
    const fields = source.fields(['bar'], ['head']);
    return { kind: 'bar', edge: fields.get('bar')!.text(), head: fields.get('head')?.word(HEADS) ?? null };
  }
  if (keys.has('liable')) {
    const fields = source.fields(['liable', 'as', 'head', 'mode'], ['measure', 'with']);
    return {
      kind: 'liable',
      edge: fields.get('liable')!.text(),
      as: fields.get('as')!.word(['principal']),
      head: fields.get('head')!.word(HEADS),
      mode: fields.get('mode')!.word(MODES),
      measure: fields.get('measure')?.text() ?? null,
      with: fields.get('with')?.word(PARTY_WORDS) ?? null,
    };
  }
  if (keys.has('cap')) {
    const fields = source.fields(
      ['cap'],
      ['from', 'per', 'times', 'rate', 'currency', 'higher-of', 'lower-of', 'broken-by'],
    );
    return {
      kind: 'cap',
      edge: fields.get('cap')!.text(),
      measure: loadCapChoice(source, fields),
      brokenBy: fields.get('broken-by')?.text() ?? null,
    };
  }
  if (keys.has('share')) {
    const fields = source.fields(['share', 'is']);
    return { kind: 'share', edge: fields.get('share')!.text(), is: loadShare(fields.get('is')!) };
  }
  if (keys.has('adjust')) return loadAdjustment(source);
  if (keys.has('refer')) {
    const fields = source.fields(['refer', 'because'], ['head']);
    return {
      kind: 'refer',
      edge: fields.get('refer')!.text(),
      head: fields.get('head')?.word(HEADS) ?? null,
      because: fields.get('because')!.word(REFERRALS),
    };
  }
  return source.fail(
    'expected one of `allocate`, `presume`, `argue`, `adverse`, `bar`, `liable`, `cap`, `share`, `adjust`, `refer`',
  );
}

/** Numerator and denominator, or `discretion`. */
function loadShare(source: PackSource): readonly [number, number] | 'discretion' {
  if (source.value.kind !== 'list') return source.word(['discretion'] as const);
  const [n, d, ...more] = source.list().map((one) => one.integer(1, 1_000_000));
  if (n === undefined || d === undefined || more.length > 0 || n > d) {
    return source.fail('a share is numerator and denominator, and no more than all');
  }
  return [n, d];
}

function loadAdjustment(source: PackSource): Effect {
  const fields = source.fields(['adjust', 'step'], ['rate-ppm', 'from']);
  const step = fields.get('step')!.word(ADJUSTMENTS);
  const ratePpm = fields.get('rate-ppm')?.integer(1, 1_000_000) ?? null;
  const from = fields.get('from')?.word(EVENTS) ?? null;
  const complete = ratePpm !== null && from !== null;
  const empty = ratePpm === null && from === null;
  if (step === 'interest' ? !complete : !empty) {
    source.fail('`interest`, and no other step, has a `rate-ppm` and an event `from` which it runs');
  }
  return { kind: 'adjust', edge: fields.get('adjust')!.text(), step, ratePpm, from };
}

const CAP_FIGURES = ['from', 'per', 'times', 'rate', 'currency'] as const;

function loadCapChoice(source: PackSource, fields: ReadonlyMap<string, PackSource>): CapMeasure {
  const higher = fields.get('higher-of');
  const lower = fields.get('lower-of');
  const list = higher ?? lower;
  if (list === undefined) return loadCapMeasure(source, fields);
  if ((higher !== undefined && lower !== undefined) || CAP_FIGURES.some((name) => fields.has(name))) {
    source.fail('a cap has one of `higher-of` and `lower-of`, and then no figure of its own');
  }
  const of = list.list().map((one) => loadCapMeasure(one, one.fields([], CAP_FIGURES)));
  if (of.length < 2) list.fail('of one limit none is higher or lower');
  return { choose: higher === undefined ? 'lower' : 'higher', of };
}

function loadCapMeasure(source: PackSource, fields: ReadonlyMap<string, PackSource>): PlainCapMeasure {
  const from = fields.get('from');
  if (from !== undefined) {
    if (fields.has('per') || fields.has('times') || fields.has('rate')) {
      source.fail('a cap has `from`, or `per` with `times` or `rate`, not both');
    }
    return { from: agreedTerm(from) };
  }
  const per =
    fields.get('per')?.word(CAP_UNITS) ?? source.fail('a cap has `from`, or `per` with `times` or `rate`');
  const times = fields.get('times');
  const rate = fields.get('rate');
  if ((times === undefined) === (rate === undefined))
    source.fail('a cap has `times` or `rate`, and not both');
  if (times !== undefined) return { per, times: times.integer(1, 1_000_000) };
  const currency = fields.get('currency')?.text() ?? source.fail('a `rate` has a `currency`');
  return { per, rateMinor: rate!.integer(1, Number.MAX_SAFE_INTEGER), currency };
}

function standardOf(source: PackSource | undefined): Standard | null {
  return source?.word(STANDARDS) ?? null;
}

function agreedTerm(source: PackSource): AgreedTerm {
  const text = source.text();
  const term = AGREED_TERMS.find((one) => text === `agreed.${one}`);
  return term ?? source.fail(`\`${text}\` is no term an agreement has`, 'pack.unknown-name');
}

function loadGradeSource(source: PackSource): GradeSource {
  const text = source.text();
  if (text === 'sensor') return 'sensor';
  if (Object.hasOwn(SHOCK_LIMITS, text)) return `agreed.${SHOCK_LIMITS[text as ShockLimits]}`;
  return `agreed.${agreedTerm(source)}`;
}

/** `agreed.handlingEnvelope` back as authors write it. */
export function printGradeSource(source: GradeSource): string {
  for (const [word, field] of Object.entries(SHOCK_LIMITS)) if (source === `agreed.${field}`) return word;
  return source;
}
