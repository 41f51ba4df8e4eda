import type { EvidencePack } from './evidence-pack.js';
import { printTemplate } from './issue-template.js';
import { printGradeSource } from './load-effect.js';
import { printTests } from './load-evidence-pack.js';
import type { EdgeTemplate, Issue, Measure, Pack, RulePack } from './pack.js';
import { QUANTUM_STEPS } from './pack.js';
import { writeCondition } from './print-condition.js';
import type { CapMeasure, Effect, Rule, UnlessProven } from './rule.js';
import { STANDARDS } from './rule.js';

type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value };

/** The pack as text its author could have written: the same digest when read again. Comments and layout are not kept. */
export function printPack(pack: Pack): string {
  const top = pack.kind === 'rules' ? rulePackValue(pack) : evidencePackValue(pack);
  const lines: string[] = [];
  for (const [key, value] of Object.entries(top)) {
    if (Array.isArray(value) && value.some((item) => typeof item === 'object')) {
      lines.push(`${key}:`);
      for (const item of value) lines.push(...listItem(item as { readonly [key: string]: Value }));
    } else if (typeof value === 'object' && !Array.isArray(value)) {
      lines.push(`${key}:`);
      for (const [name, inner] of Object.entries(value)) lines.push(`  ${scalar(name)}: ${flow(inner)}`);
    } else lines.push(`${key}: ${flow(value)}`);
  }
  return `${lines.join('\n')}\n`;
}

function listItem(item: { readonly [key: string]: Value }): readonly string[] {
  return Object.entries(item).map(
    ([key, value], index) => `${index === 0 ? '  - ' : '    '}${key}: ${flow(value)}`,
  );
}

/** One line of YAML flow style; texts that are more than plain words are quoted as JSON, which YAML reads alike. */
function flow(value: Value): string {
  if (typeof value === 'string') return scalar(value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  const entries = Object.entries(value).map(([key, inner]) => `${scalar(key)}: ${flow(inner)}`);
  return `{ ${entries.join(', ')} }`;
}

/** Words that YAML's core schema would read as something else than text. */
const NOT_TEXT: ReadonlySet<string> = new Set([
  'true',
  'false',
  'null',
  'True',
  'False',
  'Null',
  'TRUE',
  'FALSE',
  'NULL',
]);

function scalar(text: string): string {
  const first = text.charCodeAt(0);
  const startsWithLetter = (first >= 0x61 && first <= 0x7a) || (first >= 0x41 && first <= 0x5a);
  let plain = startsWithLetter && !text.endsWith(' ') && !NOT_TEXT.has(text);
  for (const char of text) {
    const code = char.charCodeAt(0);
    const word =
      (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39);
    if (!word && !' .-()|'.includes(char)) plain = false;
  }
  return plain ? text : JSON.stringify(text);
}

function rulePackValue(pack: RulePack): { readonly [key: string]: Value } {
  return {
    pack: pack.pack,
    layer: pack.layer,
    force: pack.force,
    needs: pack.needs,
    edges: Object.fromEntries(pack.edges.map((edge) => [edge.name, edgeValue(edge)])),
    issues: Object.fromEntries(pack.issues.map((issue) => [issue.name, issueValue(issue)])),
    ...(pack.measures.length === 0
      ? {}
      : { measures: Object.fromEntries(pack.measures.map((one) => [one.name, measureValue(one)])) }),
    ...(pack.steps.every((step, index) => step === QUANTUM_STEPS[index]) ? {} : { steps: pack.steps }),
    ...(pack.silent.length === 0 ? {} : { silent: pack.silent }),
    rules: pack.rules.map((rule) => ruleValue(rule, pack)),
  };
}

function edgeValue(edge: EdgeTemplate): Value {
  return {
    creditor: edge.creditor,
    debtor: edge.debtor,
    ...(edge.perJourney ? { per: 'journey' } : {}),
    ...(edge.recourse ? { recourse: true } : {}),
    ...(edge.requires.length === 0 ? {} : { requires: edge.requires.map(writeCondition) as Value }),
  };
}

function issueValue(issue: Issue): Value {
  return {
    asks: { en: issue.asks.en, zh: issue.asks.zh },
    pro: issue.pro,
    burden: issue.burden,
    standard: issue.standard,
    about: issue.about,
    ...(issue.shown.length === 0 ? {} : { shown: issue.shown.map(printTemplate) }),
    ...(issue.reads.length === 0 ? {} : { reads: issue.reads }),
  };
}

function measureValue(measure: Measure): Value {
  return {
    says: { en: measure.says.en, zh: measure.says.zh },
    base: measure.base,
    times: measure.times,
    ...(measure.minimumMinor === null ? {} : { minimum: measure.minimumMinor }),
    ...(measure.currency === null ? {} : { currency: measure.currency }),
  };
}

function ruleValue(rule: Rule, pack: RulePack): { readonly [key: string]: Value } {
  return {
    id: rule.id,
    says: { en: rule.says.en, zh: rule.says.zh },
    cite: rule.cite.map(({ source, article, verified }) => ({ source, article, verified })),
    status: rule.status,
    'in-force': { from: rule.inForce.from, ...(rule.inForce.to === null ? {} : { to: rule.inForce.to }) },
    ...(rule.appliesBy === 'contractDate' ? {} : { 'applies-by': rule.appliesBy }),
    ...(rule.layer === pack.layer ? {} : { layer: rule.layer }),
    ...(rule.force === pack.force ? {} : { force: rule.force }),
    ...(rule.overrides.length === 0 ? {} : { overrides: rule.overrides }),
    on: { claim: rule.claims.length === 1 ? rule.claims[0]! : rule.claims, each: rule.each },
    ...(rule.if.length === 0 ? {} : { if: rule.if.map(writeCondition) as Value }),
    ...(rule.unless.length === 0 ? {} : { unless: rule.unless.map(writeCondition) as Value }),
    ...(rule.unlessProven.length === 0 ? {} : { 'unless-proven': rule.unlessProven.map(provenValue) }),
    // biome-ignore lint/suspicious/noThenProperty: `then` is the word packs use
    then: effectValue(rule.effect),
  };
}

function provenValue(proven: UnlessProven): Value {
  return {
    by: proven.by,
    issue: proven.issue,
    ...(proven.standard === null ? {} : { standard: proven.standard }),
    ...(proven.someLeg ? { some: 'leg' } : {}),
    ...(proven.from === null ? {} : { from: proven.from }),
  };
}

function effectValue(effect: Effect): Value {
  switch (effect.kind) {
    case 'allocate':
      return {
        allocate: effect.issue,
        to: effect.to,
        ...(effect.standard === null ? {} : { standard: effect.standard }),
      };
    case 'presume':
      return {
        presume: effect.issue,
        is: effect.is,
        rebut: effect.rebut,
        ...(effect.weight === 0 ? {} : { weight: effect.weight }),
        ...(effect.standard === null ? {} : { standard: effect.standard }),
      };
    case 'argue':
      return { argue: effect.issue, side: effect.side, 'grade-from': effect.gradeFrom.map(printGradeSource) };
    case 'adverse':
      return { adverse: effect.issue, is: effect.is, weight: effect.weight };
    case 'bar':
      return { bar: effect.edge, ...(effect.head === null ? {} : { head: effect.head }) };
    case 'liable':
      return {
        liable: effect.edge,
        as: effect.as,
        head: effect.head,
        mode: effect.mode,
        ...(effect.measure === null ? {} : { measure: effect.measure }),
        ...(effect.with === null ? {} : { with: effect.with }),
      };
    case 'cap':
      return {
        cap: effect.edge,
        ...capValue(effect.measure),
        ...(effect.brokenBy === null ? {} : { 'broken-by': effect.brokenBy }),
      };
    case 'share':
      return { share: effect.edge, is: effect.is };
    case 'adjust':
      return {
        adjust: effect.edge,
        step: effect.step,
        ...(effect.ratePpm === null ? {} : { 'rate-ppm': effect.ratePpm }),
        ...(effect.from === null ? {} : { from: effect.from }),
      };
    case 'refer':
      return {
        refer: effect.edge,
        ...(effect.head === null ? {} : { head: effect.head }),
        because: effect.because,
      };
  }
}

function capValue(measure: CapMeasure): { readonly [key: string]: Value } {
  if ('choose' in measure) return { [`${measure.choose}-of`]: measure.of.map(capValue) };
  if ('from' in measure) return { from: `agreed.${measure.from}` };
  if ('times' in measure) return { per: measure.per, times: measure.times };
  return { per: measure.per, rate: measure.rateMinor, currency: measure.currency };
}

function evidencePackValue(pack: EvidencePack): { readonly [key: string]: Value } {
  const standards = STANDARDS.map((name) => [
    name,
    pack.standards[name].map(({ left, compare, right }) => `${left} ${compare} ${right}`).join(' and '),
  ]);
  const cited = (cite: string | null): { readonly [key: string]: Value } => (cite === null ? {} : { cite });
  return {
    pack: pack.pack,
    layer: pack.layer,
    status: pack.status,
    anchorWithinH: pack.anchorWithinH,
    occasionWithinH: pack.occasionWithinH,
    standards: Object.fromEntries(standards),
    grades: pack.grades.map(({ id, when, grade, cite }) => ({
      id,
      when: printTests(when),
      grade,
      ...cited(cite),
    })),
    lifts: pack.lifts.map(({ id, when, cite }) => ({ id, when: printTests(when), ...cited(cite) })),
    caps: pack.caps.map(({ id, when, to, cite }) => ({ id, when: printTests(when), to, ...cited(cite) })),
  };
}
