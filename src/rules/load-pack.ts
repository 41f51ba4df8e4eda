import { GoodOrderError, throwTogether } from '../errors.js';
import { checkRulePack, type RulePlaces } from './check-pack.js';
import { readTemplate } from './issue-template.js';
import { loadConditions } from './load-condition.js';
import { loadEvidencePack } from './load-evidence-pack.js';
import { loadBindings, loadRule, loadSaid } from './load-rule.js';
import type {
  EdgeParty,
  EdgeTemplate,
  Issue,
  Measure,
  Pack,
  QuantumStep,
  RulePack,
  SilentOrder,
} from './pack.js';
import { QUANTUM_STEPS } from './pack.js';
import { PackSource } from './pack-source.js';
import type { PositionedValue } from './positioned-value.js';
import { byIdAndDate, FORCES, LAYERS, STANDARDS } from './rule.js';
import { compareText, isName, PARTY_WORDS, type ProWord, ROLES } from './terms.js';

/** Every pair of rules is compared; no law of one forum comes near. */
const MAX_RULES = 2_000;

export interface LoadPackOptions {
  /** Name of the file, for messages. */
  readonly file?: string;
  /** Packs already loaded whose edges, issues and rules this one may name. */
  readonly known?: readonly Pack[];
}

/**
 * Reads a pack from the value of its text. Throws GoodOrderError with a `pack.*` code, file, line and column of the
 * first problem; its `cause` lists them all where there are several, as `lintPack` does.
 */
export function loadPack(value: PositionedValue, options: LoadPackOptions = {}): Pack {
  const { pack, problems } = readPack(value, options);
  throwTogether(problems);
  if (pack === null) throw new TypeError('a pack without problems was not read');
  return pack;
}

/** Every problem of a pack, in the order of the text where reading could go on. */
export function lintPack(value: PositionedValue, options: LoadPackOptions = {}): readonly GoodOrderError[] {
  return readPack(value, options).problems;
}

interface PackReading {
  readonly pack: Pack | null;
  readonly problems: readonly GoodOrderError[];
}

function readPack(value: PositionedValue, options: LoadPackOptions): PackReading {
  const source = new PackSource(value, options.file);
  const problems = new Problems();
  const pack = problems.catch(() => {
    if (source.entries().has('grades')) return loadEvidencePack(source);
    return loadRulePack(source, problems, options);
  });
  return { pack: pack ?? null, problems: problems.list };
}

/** Keeps reading where one part is at fault, so that an author sees all of it at once. */
class Problems {
  readonly list: GoodOrderError[] = [];

  catch<T>(read: () => T): T | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof GoodOrderError)) throw error;
      this.list.push(error);
      return undefined;
    }
  }

  each<T>(sources: Iterable<PackSource>, read: (source: PackSource) => T): readonly T[] {
    const results: T[] = [];
    for (const source of sources) {
      const result = this.catch(() => read(source));
      if (result !== undefined) results.push(result);
    }
    return results;
  }
}

function loadRulePack(source: PackSource, problems: Problems, options: LoadPackOptions): RulePack {
  const fields = source.fields(
    ['pack', 'layer', 'edges', 'issues', 'rules'],
    ['force', 'needs', 'measures', 'steps', 'silent'],
  );
  const layer = fields.get('layer')!.word(LAYERS);
  const force = fields.get('force')?.word(FORCES) ?? 'mandatory';
  const places: RulePlaces = new Map();
  const written = fields.get('rules')!.list();
  if (written.length > MAX_RULES) fields.get('rules')!.fail(`more than ${MAX_RULES} rules`);
  const rules = problems.each(written, (one) => {
    const rule = loadRule(one, { layer, force });
    places.set(rule, one);
    return rule;
  });
  const edges = problems.each(named(fields.get('edges')), loadEdgeTemplate);
  const issues = problems.each(named(fields.get('issues')), loadIssue);
  const steps = loadSteps(fields.get('steps'));
  const pack: RulePack = {
    kind: 'rules',
    pack: loadPackId(fields.get('pack')!),
    layer,
    force,
    needs: (fields.get('needs')?.list() ?? []).map((one) => one.text()).sort(compareText),
    edges: [...edges].sort((a, b) => compareText(a.name, b.name)),
    issues: [...issues].sort((a, b) => compareText(a.name, b.name)),
    measures: [...problems.each(named(fields.get('measures')), loadMeasure)].sort((a, b) =>
      compareText(a.name, b.name),
    ),
    steps,
    silent: loadSilent(fields.get('silent'), steps),
    rules: [...rules].sort(byIdAndDate),
  };
  // Cross-references of a pack half read would be reported as faults that are none.
  if (problems.list.length === 0) {
    for (const fault of checkRulePack(pack, options.known ?? [], places, source)) problems.list.push(fault);
  }
  return pack;
}

function named(source: PackSource | undefined): readonly PackSource[] {
  return source === undefined ? [] : [...source.entries().values()];
}

function nameOf(source: PackSource): string {
  const name = source.path.slice(source.path.indexOf('.') + 1);
  if (!isName(name)) source.fail('a name has lowercase letters, digits and hyphens, at most 64');
  return name;
}

function loadPackId(source: PackSource): string {
  const id = source.text();
  if (!id.split('.').every(isName)) source.fail('a pack id is names joined by dots');
  return id;
}

const EDGE_PLACES = ['sender', 'consignee', 'leg.holder', 'contracting'] as const;
const EDGE_PARTIES: readonly EdgeParty[] = [...ROLES, ...EDGE_PLACES];

function loadEdgeTemplate(source: PackSource): EdgeTemplate {
  const fields = source.fields(['creditor', 'debtor'], ['per', 'recourse', 'requires']);
  const creditor = fields.get('creditor')!.word(EDGE_PARTIES);
  const debtor = fields.get('debtor')!.word(EDGE_PARTIES);
  const perJourney = fields.get('per')?.word(['journey']) === 'journey';
  const places: readonly EdgeParty[] = EDGE_PLACES;
  if (!perJourney && (places.includes(creditor) || places.includes(debtor))) {
    source.fail('an edge whose side is a place in a journey is `per: journey`');
  }
  return {
    name: nameOf(source),
    creditor,
    debtor,
    perJourney,
    recourse: fields.get('recourse')?.boolean() ?? false,
    requires: loadConditions(fields.get('requires')),
  };
}

const PRO_WORDS: readonly ProWord[] = [
  ...PARTY_WORDS.filter((word): word is Exclude<typeof word, 'leg.holder'> => word !== 'leg.holder'),
  ...ROLES.filter((role) => role !== 'buyer' && role !== 'seller'),
];

function loadIssue(source: PackSource): Issue {
  const fields = source.fields(['asks', 'pro', 'burden', 'standard', 'about'], ['shown', 'reads']);
  const about = loadBindings(fields.get('about')!);
  const shown = (fields.get('shown')?.list() ?? []).map(
    (one) => readTemplate(one.text()) ?? one.fail(`\`${one.text()}\` shows nothing`, 'pack.unknown-sentence'),
  );
  return {
    name: nameOf(source),
    asks: loadSaid(fields.get('asks')!),
    pro: fields.get('pro')!.word(PRO_WORDS),
    burden: fields.get('burden')!.word(['pro', 'con']),
    standard: fields.get('standard')!.word(STANDARDS),
    about,
    shown,
    reads: (fields.get('reads')?.list() ?? []).map((one) => one.text()).sort(compareText),
  };
}

function loadMeasure(source: PackSource): Measure {
  const fields = source.fields(['says', 'base'], ['times', 'minimum', 'currency']);
  if (fields.has('minimum') !== fields.has('currency')) source.fail('`minimum` and `currency` go together');
  const times = fields
    .get('times')
    ?.list()
    .map((one) => one.integer(1, 1_000_000)) ?? [1, 1];
  if (times.length !== 2) source.fail('`times` is numerator and denominator');
  return {
    name: nameOf(source),
    says: loadSaid(fields.get('says')!),
    base: fields.get('base')!.word(['claim', 'price', 'least-of-claim-and-price']),
    times: [times[0]!, times[1]!],
    minimumMinor: fields.get('minimum')?.integer(0, Number.MAX_SAFE_INTEGER) ?? null,
    currency: fields.get('currency')?.text() ?? null,
  };
}

/** Law may move a step, not drop one: an amount without its rounding would not be an amount. */
function loadSteps(source: PackSource | undefined): readonly QuantumStep[] {
  if (source === undefined) return QUANTUM_STEPS;
  const steps = source.list().map((one) => one.word(QUANTUM_STEPS));
  const complete = steps.length === QUANTUM_STEPS.length && new Set(steps).size === steps.length;
  if (!complete || steps[0] !== 'measure' || steps.at(-1) !== 'round') {
    source.fail('the steps are each of the nine once, `measure` first and `round` last');
  }
  return steps;
}

/** Pairs of steps whose order the law leaves open; what stands between them would move with them, so nothing may. */
function loadSilent(source: PackSource | undefined, steps: readonly QuantumStep[]): readonly SilentOrder[] {
  return (source?.list() ?? []).map((pair) => {
    const [first, second, ...more] = pair.list().map((one) => one.word(QUANTUM_STEPS));
    const beside = first !== undefined && steps[steps.indexOf(first) + 1] === second;
    if (first === undefined || second === undefined || more.length > 0 || !beside) {
      return pair.fail('an open order is two steps that stand side by side, in the order of `steps`');
    }
    if (first === 'measure' || second === 'round')
      pair.fail('`measure` is first and `round` last in any law');
    return [first, second] as const;
  });
}
