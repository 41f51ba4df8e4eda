import { walkCondition } from './condition.js';
import type { RulePack } from './pack.js';
import { issueOf, type Rule } from './rule.js';
import { conditionsOf } from './rule-conditions.js';
import { compareText } from './terms.js';

/** One thing to decide on the edges of a template: an issue, or the edge itself. */
export interface DecisionNode {
  readonly id: string;
  readonly template: string;
  /** Null for the edge itself. */
  readonly issue: string | null;
}

export type DecisionOrder =
  | { readonly ok: true; readonly nodes: readonly DecisionNode[] }
  /** Ids of nodes, the first again at the end. */
  | { readonly ok: false; readonly cycle: readonly string[] };

/**
 * The order in which issues and edges are decided, so that nothing is read before it stands: issues of a template and
 * the edges that rules read, each after what it reads. A circle is an error at load.
 */
export function decisionOrder(packs: readonly RulePack[]): DecisionOrder {
  const graph = buildGraph(packs);
  const nodes: DecisionNode[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const path: string[] = [];
  const visit = (id: string): readonly string[] | null => {
    if (state.get(id) === 'done') return null;
    if (state.get(id) === 'open') return [...path.slice(path.indexOf(id)), id];
    state.set(id, 'open');
    path.push(id);
    const node = graph.get(id)!;
    for (const read of [...node.reads].sort(compareText)) {
      const cycle = visit(read);
      if (cycle !== null) return cycle;
    }
    path.pop();
    state.set(id, 'done');
    nodes.push({ id, template: node.template, issue: node.issue });
    return null;
  };
  for (const id of [...graph.keys()].sort(compareText)) {
    const cycle = visit(id);
    if (cycle !== null) return { ok: false, cycle };
  }
  return { ok: true, nodes };
}

interface GraphNode {
  readonly template: string;
  readonly issue: string | null;
  readonly reads: Set<string>;
}

function issueNodeId(issue: string, template: string): string {
  return `issue ${issue} of ${template}`;
}

function edgeNodeId(template: string): string {
  return `edge ${template}`;
}

function buildGraph(packs: readonly RulePack[]): Map<string, GraphNode> {
  const graph = new Map<string, GraphNode>();
  const reads = new Map(packs.flatMap((pack) => pack.issues.map((issue) => [issue.name, issue.reads])));
  const issueNode = (issue: string, template: string): string => {
    const id = issueNodeId(issue, template);
    if (!graph.has(id)) {
      const node: GraphNode = { template, issue, reads: new Set() };
      graph.set(id, node);
      for (const read of reads.get(issue) ?? []) node.reads.add(issueNode(read, template));
    }
    return id;
  };
  const edgeNode = (template: string): string => {
    const id = edgeNodeId(template);
    if (!graph.has(id)) graph.set(id, { template, issue: null, reads: new Set() });
    return id;
  };
  for (const pack of packs) {
    for (const { name } of pack.edges) edgeNode(name);
    for (const rule of pack.rules) {
      for (const template of rule.claims) addRule(rule, template, graph, issueNode, edgeNode);
    }
  }
  return graph;
}

function addRule(
  rule: Rule,
  template: string,
  graph: ReadonlyMap<string, GraphNode>,
  issueNode: (issue: string, template: string) => string,
  edgeNode: (template: string) => string,
): void {
  const issue = issueOf(rule.effect);
  const node = graph.get(issue === null ? edgeNode(template) : issueNode(issue, template))!;
  for (const condition of conditionsOf(rule)) {
    walkCondition(condition, (part) => {
      if (part.op === 'issue') node.reads.add(issueNode(part.issue, part.edge ?? template));
      if (part.op === 'edge') node.reads.add(edgeNode(part.edge));
    });
  }
  for (const proven of rule.unlessProven) node.reads.add(issueNode(proven.issue, template));
  if (rule.effect.kind === 'cap' && rule.effect.brokenBy !== null) {
    node.reads.add(issueNode(rule.effect.brokenBy, template));
  }
}
