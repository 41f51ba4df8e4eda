import type { Code } from '../codes.js';
import { GoodOrderError } from '../errors.js';
import { findCollisions } from './collisions.js';
import { type Condition, walkCondition } from './condition.js';
import { decisionOrder } from './dependencies.js';
import { templateNeedsLeg } from './issue-template.js';
import type { EdgeTemplate, Issue, Measure, Pack, RulePack } from './pack.js';
import type { PackSource } from './pack-source.js';
import { isEdgeEffect, issueOf, type Rule } from './rule.js';
import { conditionNeedsLeg, conditionsOf } from './rule-conditions.js';
import type { PathName, ProWord } from './terms.js';

/** Where each rule stands in the text. */
export type RulePlaces = Map<Rule, PackSource>;

interface Names {
  readonly issues: ReadonlyMap<string, Issue>;
  readonly edges: ReadonlyMap<string, EdgeTemplate>;
  readonly measures: ReadonlyMap<string, Measure>;
  readonly rules: ReadonlySet<string>;
}

/** Paths an edge's `requires` may ask: what the dispute says of parties, goods and damage before any leg is known. */
const EDGE_PATHS: ReadonlySet<PathName> = new Set<PathName>([
  'goods.durable',
  'goods.category',
  'goods.sold',
  'creditor.consumer',
  'debtor.role',
  'damage.kind',
  'damage.aspect',
  'contract.mode',
]);

/** Everything that can be wrong between the parts of a pack, and with the packs it stands beside. */
export function checkRulePack(
  pack: RulePack,
  known: readonly Pack[],
  places: RulePlaces,
  root: PackSource,
): readonly GoodOrderError[] {
  const problems: GoodOrderError[] = [];
  const packs = [...known.filter((one): one is RulePack => one.kind === 'rules'), pack];
  const names = namesOf(packs);
  for (const need of pack.needs) {
    if (known.some((one) => one.pack === need)) continue;
    problems.push(fault(root, 'pack.unknown-name', `it needs the pack \`${need}\`, which is not loaded`));
  }
  twice(
    pack.edges.map(({ name }) => name),
    known,
    'edges',
    root,
    problems,
  );
  twice(
    pack.issues.map(({ name }) => name),
    known,
    'issues',
    root,
    problems,
  );
  for (const template of pack.edges) checkEdge(template, root, problems);
  for (const issue of pack.issues) checkIssue(issue, names, packs, root, problems);
  for (const rule of pack.rules) checkRule(rule, names, places.get(rule) ?? root, problems);
  if (problems.length > 0) return problems;
  const rules = packs.flatMap((one) => one.rules);
  for (const collision of findCollisions(rules)) {
    const at = collision.rules.map((rule) => places.get(rule)).find((place) => place !== undefined);
    problems.push(fault(at ?? root, collision.code, collision.message));
  }
  const order = decisionOrder(packs);
  if (!order.ok) {
    const ring = order.cycle.map((node) => `\`${node}\``).join(' → ');
    problems.push(fault(root, 'pack.cycle', `it decides in a circle: ${ring}`));
  }
  return problems;
}

function fault(source: PackSource, code: Code, message: string): GoodOrderError {
  const { line, column } = source.value.position;
  const where = source.path === '' ? '' : `\`${source.path}\`: `;
  return new GoodOrderError(code, where + message, {
    ...(source.file === undefined ? {} : { file: source.file }),
    line,
    column,
  });
}

function namesOf(packs: readonly RulePack[]): Names {
  return {
    issues: new Map(packs.flatMap((pack) => pack.issues.map((one) => [one.name, one]))),
    edges: new Map(packs.flatMap((pack) => pack.edges.map((one) => [one.name, one]))),
    measures: new Map(packs.flatMap((pack) => pack.measures.map((one) => [one.name, one]))),
    rules: new Set(packs.flatMap((pack) => pack.rules.map(({ id }) => id))),
  };
}

function twice(
  names: readonly string[],
  known: readonly Pack[],
  part: 'edges' | 'issues',
  root: PackSource,
  problems: GoodOrderError[],
): void {
  for (const other of known) {
    if (other.kind !== 'rules') continue;
    for (const { name } of other[part]) {
      if (!names.includes(name)) continue;
      problems.push(fault(root, 'pack.collision', `\`${name}\` is declared in \`${other.pack}\` too`));
    }
  }
}

function checkEdge(template: EdgeTemplate, root: PackSource, problems: GoodOrderError[]): void {
  for (const condition of template.requires) {
    walkCondition(condition, (part) => {
      const combinator = part.op === 'all' || part.op === 'any' || part.op === 'not';
      const closed = (part.op === 'eq' || part.op === 'in') && EDGE_PATHS.has(part.path);
      if (combinator || closed) return;
      problems.push(
        fault(root, 'pack.malformed', `edge \`${template.name}\` may require only what a dispute states`),
      );
    });
  }
}

function checkIssue(
  issue: Issue,
  names: Names,
  packs: readonly RulePack[],
  root: PackSource,
  problems: GoodOrderError[],
): void {
  const argued = packs.some((pack) =>
    pack.rules.some(({ effect }) => effect.kind === 'argue' && effect.issue === issue.name),
  );
  if (issue.shown.length === 0 && !argued) {
    problems.push(fault(root, 'pack.malformed', `nothing shows the issue \`${issue.name}\``));
  }
  for (const template of issue.shown) {
    if (!templateNeedsLeg(template) || issue.about.includes('leg')) continue;
    problems.push(
      fault(root, 'pack.malformed', `issue \`${issue.name}\` is shown on a leg and is not about one`),
    );
  }
  for (const read of issue.reads) {
    if (names.issues.has(read)) continue;
    problems.push(
      fault(root, 'pack.unknown-name', `issue \`${issue.name}\` reads \`${read}\`, which no pack declares`),
    );
  }
}

function checkRule(rule: Rule, names: Names, place: PackSource, problems: GoodOrderError[]): void {
  const complain = (code: Code, message: string): void => {
    problems.push(fault(place, code, `${rule.id}: ${message}`));
  };
  const unknown = (what: string, name: string): void =>
    complain('pack.unknown-name', `\`${name}\` is no ${what} of this pack or of those it needs`);
  for (const claim of rule.claims) if (!names.edges.has(claim)) unknown('edge', claim);
  for (const id of rule.overrides) if (!names.rules.has(id)) unknown('rule', id);
  const legBound = rule.each.includes('leg');
  for (const condition of conditionsOf(rule)) {
    walkCondition(condition, (part, inLeg) => {
      checkConditionNames(part, names, unknown);
      if (!legBound && !inLeg && conditionNeedsLeg(part, names.issues)) {
        complain(
          'pack.malformed',
          'it asks about a leg and binds none: say `each: [damage, leg]` or `some: leg`',
        );
      }
      if (part.op === 'issue' && part.edge !== null) {
        const declared = names.issues.get(part.issue);
        if (declared !== undefined) checkSide(declared.pro, [part.edge], names, complain);
      }
      if (part.op === 'shown' && part.by !== 'leg.holder') checkSide(part.by, rule.claims, names, complain);
    });
  }
  checkEffect(rule, names, complain, unknown);
  for (const { issue, by, standard, someLeg, from } of rule.unlessProven) {
    const declared = names.issues.get(issue);
    if (declared === undefined) {
      unknown('issue', issue);
      continue;
    }
    if (declared.pro !== by)
      complain('pack.malformed', `\`${issue}\` is for \`${declared.pro}\` to prove, not \`${by}\``);
    if (standard !== null && standard !== declared.standard) {
      complain(
        'pack.malformed',
        `\`${issue}\` has the standard \`${declared.standard}\`, not \`${standard}\``,
      );
    }
    const aboutLeg = declared.about.includes('leg');
    if (someLeg !== (aboutLeg && !legBound)) {
      complain(
        'pack.malformed',
        `\`some: leg\` stands where the issue is about a leg and the rule is not: \`${issue}\``,
      );
    }
    if (from !== null && !names.rules.has(from)) unknown('rule', from);
  }
  for (const issue of issuesOf(rule)) {
    const declared = names.issues.get(issue);
    if (declared !== undefined) checkSide(declared.pro, rule.claims, names, complain);
  }
}

/** Issues a rule reads on its own edges, or acts on. */
function issuesOf(rule: Rule): readonly string[] {
  const issues = new Set<string>();
  const own = issueOf(rule.effect);
  if (own !== null) issues.add(own);
  for (const { issue } of rule.unlessProven) issues.add(issue);
  for (const condition of conditionsOf(rule)) {
    walkCondition(condition, (part) => {
      if (part.op === 'issue' && part.edge === null) issues.add(part.issue);
    });
  }
  return [...issues];
}

function checkConditionNames(
  part: Condition,
  names: Names,
  unknown: (what: string, name: string) => void,
): void {
  if (part.op === 'issue') {
    if (!names.issues.has(part.issue)) unknown('issue', part.issue);
    if (part.edge !== null && !names.edges.has(part.edge)) unknown('edge', part.edge);
  }
  if (part.op === 'edge' && !names.edges.has(part.edge)) unknown('edge', part.edge);
}

/** A role must be the creditor's or the debtor's on every edge the rule binds to: else nobody would carry the burden. */
function checkSide(
  word: ProWord,
  claims: readonly string[],
  names: Names,
  complain: (code: Code, message: string) => void,
): void {
  if (word === 'claimant' || word === 'defendant' || word === 'creditor' || word === 'debtor') return;
  for (const claim of claims) {
    const template = names.edges.get(claim);
    if (template === undefined || template.creditor === word || template.debtor === word) continue;
    complain('pack.malformed', `\`${word}\` is on neither side of \`${claim}\``);
  }
}

function checkEffect(
  rule: Rule,
  names: Names,
  complain: (code: Code, message: string) => void,
  unknown: (what: string, name: string) => void,
): void {
  const { effect } = rule;
  const issue = issueOf(effect);
  if (issue !== null && !names.issues.has(issue)) unknown('issue', issue);
  if (!isEdgeEffect(effect)) return;
  if (!rule.claims.includes(effect.edge)) {
    complain(
      'pack.malformed',
      `it acts on \`${effect.edge}\` and binds to ${rule.claims.map((one) => `\`${one}\``).join(', ')}`,
    );
  }
  if (effect.kind === 'liable') {
    if (effect.measure !== null && !names.measures.has(effect.measure)) unknown('measure', effect.measure);
    if (effect.with === 'leg.holder' && !rule.each.includes('leg')) {
      complain('pack.malformed', '`with: leg.holder` needs a leg: say `each: [damage, leg]`');
    }
  }
  if (effect.kind === 'cap' && effect.brokenBy !== null && !names.issues.has(effect.brokenBy)) {
    unknown('issue', effect.brokenBy);
  }
}
