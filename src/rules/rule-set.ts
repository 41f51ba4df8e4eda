import { GoodOrderError } from '../errors.js';
import { disputedSlots, findCollisions } from './collisions.js';
import { decisionOrder } from './dependencies.js';
import type {
  EdgeTemplate,
  EvidencePack,
  Issue,
  Measure,
  Pack,
  QuantumStep,
  RulePack,
  SilentOrder,
} from './pack.js';
import { packDigest } from './pack-digest.js';
import { byIdAndDate, type EdgeEffect, isEdgeEffect, issueOf, layerRank, type Rule } from './rule.js';
import { compareText, type Head } from './terms.js';

/** What the packs say of the edges of one template. */
export interface TemplateRules {
  readonly template: EdgeTemplate;
  /** Rules that make the edge liable, bar it, leave it to a person, or act on its amount, by id. */
  readonly liable: readonly Rule[];
  readonly bar: readonly Rule[];
  readonly refer: readonly Rule[];
  readonly cap: readonly Rule[];
  readonly share: readonly Rule[];
  readonly adjust: readonly Rule[];
  /** Rules that allocate, presume, argue or infer, by the issue they act on. */
  readonly byIssue: ReadonlyMap<string, readonly Rule[]>;
  /** Issues the edge depends on, each after those it reads. */
  readonly issues: readonly Issue[];
  /** What the edge can owe, in code-unit order. */
  readonly heads: readonly Head[];
}

/** Packs that were checked together and made ready to apply. */
export interface RuleSet {
  readonly packs: readonly { readonly id: string; readonly digest: string }[];
  readonly evidence: EvidencePack;
  readonly issues: ReadonlyMap<string, Issue>;
  readonly measures: ReadonlyMap<string, Measure>;
  readonly steps: readonly QuantumStep[];
  readonly silent: readonly SilentOrder[];
  /** By name, in the order in which templates are decided. */
  readonly templates: readonly TemplateRules[];
  readonly byTemplate: ReadonlyMap<string, TemplateRules>;
  /** For each rule those before which it stands back where they hold. */
  readonly suppressors: ReadonlyMap<Rule, readonly Rule[]>;
}

const compiled = new WeakMap<readonly Pack[], RuleSet>();

/**
 * Makes packs ready to apply; remembered for the same array. Throws GoodOrderError: `pack.collision` or `pack.cycle`
 * where packs that are sound alone contradict one another, `pack.unknown-name` where a needed one is missing,
 * `pack.malformed` unless exactly one of them says how evidence is weighed.
 */
export function compileRules(packs: readonly Pack[]): RuleSet {
  const known = compiled.get(packs);
  if (known !== undefined) return known;
  const set = compile([...packs].sort((a, b) => compareText(a.pack, b.pack)));
  compiled.set(packs, set);
  return set;
}

function compile(packs: readonly Pack[]): RuleSet {
  const rulePacks = packs.filter((pack): pack is RulePack => pack.kind === 'rules');
  const evidence = packs.filter((pack): pack is EvidencePack => pack.kind === 'evidence');
  checkTogether(packs, rulePacks, evidence);
  const rules = rulePacks.flatMap((pack) => pack.rules).sort(byIdAndDate);
  const issues = new Map(rulePacks.flatMap((pack) => pack.issues.map((one) => [one.name, one] as const)));
  const order = decisionOrder(rulePacks);
  if (!order.ok) {
    throw new GoodOrderError('pack.cycle', `the packs decide in a circle: ${order.cycle.join(' → ')}`);
  }
  const declared = new Map(rulePacks.flatMap((pack) => pack.edges.map((edge) => [edge.name, edge] as const)));
  const templates: TemplateRules[] = [];
  for (const node of order.nodes) {
    if (node.issue !== null) continue;
    const edgeIssues = order.nodes
      .filter((other) => other.issue !== null && other.template === node.template)
      .map((other) => issues.get(other.issue!)!);
    templates.push(templateRules(declared.get(node.template)!, rules, edgeIssues));
  }
  return {
    packs: packs.map((pack) => ({ digest: packDigest(pack), id: pack.pack })),
    evidence: evidence[0]!,
    issues,
    measures: new Map(rulePacks.flatMap((pack) => pack.measures.map((one) => [one.name, one] as const))),
    steps: rulePacks[0]!.steps,
    silent: rulePacks.flatMap((pack) => pack.silent),
    templates,
    byTemplate: new Map(templates.map((one) => [one.template.name, one])),
    suppressors: new Map(rules.map((rule) => [rule, suppressorsOf(rule, rules)])),
  };
}

function checkTogether(
  packs: readonly Pack[],
  rulePacks: readonly RulePack[],
  evidence: readonly EvidencePack[],
): void {
  const ids = packs.map(({ pack }) => pack);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new GoodOrderError('pack.malformed', `the pack \`${twice}\` is given twice`);
  for (const pack of rulePacks) {
    const missing = pack.needs.find((need) => !ids.includes(need));
    if (missing === undefined) continue;
    throw new GoodOrderError('pack.unknown-name', `\`${pack.pack}\` needs the pack \`${missing}\``);
  }
  if (evidence.length !== 1 || rulePacks.length === 0) {
    throw new GoodOrderError(
      'pack.malformed',
      'a finding takes rule packs and exactly one pack that says how evidence is weighed',
    );
  }
  const steps = new Set(rulePacks.map((pack) => pack.steps.join(' ')));
  if (steps.size > 1)
    throw new GoodOrderError('pack.collision', 'two packs order the steps of an amount differently');
  for (const part of ['edges', 'issues', 'measures'] as const) {
    const names = rulePacks.flatMap((pack) => pack[part].map(({ name }) => name));
    const name = names.find((one, index) => names.indexOf(one) !== index);
    if (name !== undefined) throw new GoodOrderError('pack.collision', `two packs declare \`${name}\``);
  }
  const [collision] = findCollisions(rulePacks.flatMap((pack) => pack.rules));
  if (collision !== undefined) throw new GoodOrderError(collision.code, collision.message);
}

function templateRules(
  template: EdgeTemplate,
  rules: readonly Rule[],
  issues: readonly Issue[],
): TemplateRules {
  const bound = rules.filter((rule) => rule.claims.includes(template.name));
  const acting = (kind: EdgeEffect['kind']): readonly Rule[] =>
    bound.filter(
      ({ effect }) => isEdgeEffect(effect) && effect.kind === kind && effect.edge === template.name,
    );
  const byIssue = new Map<string, Rule[]>();
  for (const rule of bound) {
    const issue = issueOf(rule.effect);
    if (issue === null) continue;
    const same = byIssue.get(issue) ?? [];
    same.push(rule);
    byIssue.set(issue, same);
  }
  const liable = acting('liable');
  const heads = new Set(liable.flatMap(({ effect }) => (effect.kind === 'liable' ? [effect.head] : [])));
  return {
    template,
    liable,
    bar: acting('bar'),
    refer: acting('refer'),
    cap: acting('cap'),
    share: acting('share'),
    adjust: acting('adjust'),
    byIssue,
    issues,
    heads: [...heads].sort(compareText),
  };
}

function suppressorsOf(rule: Rule, rules: readonly Rule[]): readonly Rule[] {
  return rules.filter((other) => {
    if (other === rule || other.id === rule.id) return false;
    if (other.overrides.includes(rule.id)) return true;
    const higher = layerRank(other.layer, other.force) > layerRank(rule.layer, rule.force);
    return higher && disputedSlots(other.effect, rule.effect).length > 0;
  });
}
