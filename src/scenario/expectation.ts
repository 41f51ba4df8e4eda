import { GoodOrderError } from '../errors.js';
import type { Finding, FoundEdge } from '../finding/finding-form.js';
import type { Flip, WhatIf } from '../finding/what-if.js';
import type { VerifiedPassport } from '../verify/verified-passport.js';
import type { BuiltScenario } from './build-scenario.js';
import { type EdgeKey, type Expectation, type ExpectedFlip, readExpectation } from './expectation-file.js';
import { pathText, type ScenarioPath, type ScenarioSource } from './scenario-source.js';

/** What came of a scenario. */
export interface Outcome {
  readonly verified: VerifiedPassport;
  readonly finding: Finding;
  /** Asked for edges of which something is expected. */
  whatIf(edge: string): WhatIf;
}

/**
 * Holds what came of a scenario against what it expects, whole: a liable edge that nobody expects is unmet as much as an
 * expected one that is missing. Each entry is a `scenario.expectation` with file, line and column; none = as expected.
 *
 * @param value the expectation as a plain value, which stands at `path` of the source
 */
export function unmetExpectations(
  value: unknown,
  source: ScenarioSource,
  path: ScenarioPath,
  scenario: Pick<BuiltScenario, 'parties' | 'records'>,
  outcome: Outcome,
): readonly GoodOrderError[] {
  const expected = readExpectation(value, source, path);
  return new Comparison(source, path, scenario, outcome).compare(expected);
}

class Comparison {
  readonly #source: ScenarioSource;
  readonly #path: ScenarioPath;
  readonly #outcome: Outcome;
  readonly #names: ReadonlyMap<string, string>;
  readonly #unmet: GoodOrderError[] = [];

  constructor(
    source: ScenarioSource,
    path: ScenarioPath,
    { parties, records }: Pick<BuiltScenario, 'parties' | 'records'>,
    outcome: Outcome,
  ) {
    this.#source = source;
    this.#path = path;
    this.#outcome = outcome;
    this.#names = new Map([
      ...[...parties].map(([name, { uri }]) => [uri, name] as const),
      ...[...records].map(([name, { id }]) => [id, name] as const),
    ]);
  }

  compare(expected: Expectation): readonly GoodOrderError[] {
    const { finding, verified } = this.#outcome;
    this.#same(['verdict'], expected.verdict, verified.verdict);
    const grave = verified.diagnostics.filter(({ severity }) => severity !== 'info');
    this.#sameSet(['diagnostics'], expected.diagnostics, unique(grave.map(({ code }) => code)));
    this.#same(['disposition'], expected.disposition, finding.disposition);
    this.#sameSet(['remarks'], expected.remarks, unique(finding.remarks.map(({ code }) => code)));
    this.#sameSet(['unmatchedClaims'], expected.unmatchedClaims, finding.unmatchedClaims);
    this.#edges(expected);
    for (const [index, entry] of expected.issues.entries()) this.#issue(entry, ['issues', index]);
    for (const [index, entry] of expected.whyNot.entries()) this.#whyNot(entry, ['whyNot', index]);
    for (const [index, entry] of expected.whatIf.entries()) this.#whatIf(entry, ['whatIf', index]);
    return this.#unmet;
  }

  #edges(expected: Expectation): void {
    const met = new Set<string>();
    for (const [index, entry] of expected.edges.entries()) {
      const path = ['edges', index];
      const edge = this.#find(entry, path);
      if (edge === null) continue;
      if (met.has(edge.id)) this.#miss(path, 'two entries name this edge');
      met.add(edge.id);
      this.#same([...path, 'status'], entry.status, edge.status);
      this.#same([...path, 'basis'], entry.basis, edge.basis);
      this.#sameSet([...path, 'rules'], entry.rules, unique(edge.rules.map(({ rule }) => rule)));
      this.#same([...path, 'location'], entry.location, edge.location);
      this.#same([...path, 'leg'], entry.leg, edge.leg);
      this.#same([...path, 'mode'], entry.mode, edge.mode);
      this.#same([...path, 'with'], entry.with, edge.with === null ? null : this.#name(edge.with));
      this.#same([...path, 'amount'], entry.amount, edge.amount?.minor ?? null);
      if (entry.why !== undefined) this.#same([...path, 'why'], entry.why, edge.why?.code ?? null);
      if (entry.contingent !== undefined)
        this.#same([...path, 'contingent'], entry.contingent, edge.contingent);
    }
    for (const edge of this.#outcome.finding.edges) {
      if (met.has(edge.id) || (!edge.pleaded && edge.status === 'not-liable')) continue;
      const which = `${edge.template} ${this.#name(edge.creditor)} → ${this.#name(edge.debtor)}`;
      this.#miss(['edges'], `nothing is expected of \`${which}\` (${edge.damage}), which is ${edge.status}`);
    }
  }

  #issue(entry: Expectation['issues'][number], path: ScenarioPath): void {
    const edge = this.#find(entry, path);
    if (edge === null) return;
    const found = this.#outcome.finding.issues.find(
      (one) => one.edge === edge.id && one.issue === entry.issue && one.leg === entry.leg,
    );
    if (found === undefined) {
      this.#miss(path, 'the finding has no such issue on this edge');
      return;
    }
    this.#same([...path, 'status'], entry.status, found.status);
    if (entry.by !== undefined) this.#same([...path, 'by'], entry.by, found.by);
    if (entry.pro !== undefined) this.#same([...path, 'pro'], entry.pro, found.pro);
    if (entry.con !== undefined) this.#same([...path, 'con'], entry.con, found.con);
    if (entry.presumptions === undefined) return;
    const said = (list: readonly { readonly rule: string; readonly state: string }[]): readonly string[] =>
      list.map(({ rule, state }) => `${rule} ${state}`);
    this.#sameSet([...path, 'presumptions'], said(entry.presumptions), said(found.presumptions));
  }

  #whyNot(entry: Expectation['whyNot'][number], path: ScenarioPath): void {
    const edge = this.#find(entry, path);
    if (edge === null) return;
    const found = this.#outcome.finding.whyNot.find(
      (one) => one.edge === edge.id && one.rule === entry.rule && one.leg === entry.leg,
    );
    if (found === undefined) {
      this.#miss(path, `${entry.rule} did not fail on this edge`);
      return;
    }
    this.#same([...path, 'value'], entry.value, found.value);
    this.#sameSet([...path, 'failed'], entry.failed, found.failedConditions);
  }

  #whatIf(entry: Expectation['whatIf'][number], path: ScenarioPath): void {
    const edge = this.#find(entry, path);
    if (edge === null) return;
    const { complete, restsOn, wouldFlip } = this.#outcome.whatIf(edge.id);
    this.#same(path, true, complete);
    if (entry.restsOn !== undefined) {
      this.#sameSet(
        [...path, 'restsOn'],
        entry.restsOn,
        restsOn.map((id) => this.#name(id)),
      );
    }
    for (const list of ['wouldHave', 'couldStill'] as const) {
      for (const [index, flip] of (entry[list] ?? []).entries()) {
        if (!wouldFlip[list].some((one) => this.#isFlip(one, flip)))
          this.#miss([...path, list, index], 'the finding would not be changed by this');
      }
    }
  }

  #isFlip({ adds, basis, status }: Flip, expected: ExpectedFlip): boolean {
    if (status !== expected.becomes || (expected.basis !== undefined && basis !== expected.basis))
      return false;
    const words = (add: ExpectedFlip['adds'][number]): string =>
      [add.kind, add.value, add.by, add.with, add.at].join(' ');
    const found = adds.map(({ boundaryName, by, kind, leg, value, with: joint }) =>
      words({
        kind,
        value,
        by: by === null ? null : this.#name(by),
        with: joint === null ? null : this.#name(joint),
        at: boundaryName ?? leg,
      }),
    );
    return found.sort().join('\n') === expected.adds.map(words).sort().join('\n');
  }

  /** The one edge that an entry names. */
  #find(key: EdgeKey, path: ScenarioPath): FoundEdge | null {
    const found = this.#outcome.finding.edges.filter(
      (edge) =>
        edge.template === key.template &&
        this.#name(edge.creditor) === key.creditor &&
        this.#name(edge.debtor) === key.debtor &&
        edge.head === key.head &&
        (key.damage === undefined || edge.damage === key.damage) &&
        (key.journey === undefined || edge.journey === key.journey),
    );
    if (found.length === 1) return found[0]!;
    this.#miss(
      path,
      found.length === 0
        ? 'the finding has no such edge'
        : `${found.length} edges answer to this; name the damage or the journey`,
    );
    return null;
  }

  #name(id: string): string {
    return this.#names.get(id) ?? id;
  }

  #same(path: ScenarioPath, expected: unknown, found: unknown): void {
    if (expected !== found) this.#miss(path, `expected \`${expected}\`, found \`${found}\``);
  }

  #sameSet(path: ScenarioPath, expected: readonly string[], found: readonly string[]): void {
    this.#same(path, [...expected].sort().join(', '), [...found].sort().join(', '));
  }

  #miss(path: ScenarioPath, message: string): void {
    const whole = [...this.#path, ...path];
    this.#unmet.push(
      new GoodOrderError('scenario.expectation', `${pathText(path)}: ${message}`, this.#source.place(whole)),
    );
  }
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
