import { readdirSync, readFileSync } from 'node:fs';
import type { CaseFacts } from '../../src/facts/case-facts.js';
import type { Predicate } from '../../src/facts/fact.js';
import { readDispute } from '../../src/finding/dispute.js';
import { type Assessment, assess } from '../../src/finding/finding.js';
import { loadPack } from '../../src/rules/load-pack.js';
import type { Pack } from '../../src/rules/pack.js';
import { BUILT_IN_PACKS } from '../../src/rules/packs/index.js';
import type { PositionedValue } from '../../src/rules/positioned-value.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import { readYaml } from '../../src/yaml/read-yaml.js';
import { shuffled } from '../facts/case-builder.js';
import type { ScenarioInput } from './scenario-digests.js';

/** The same facts, every list and map of them in another order. */
export function shuffledFacts(given: CaseFacts, seed: number): CaseFacts {
  const map = <K, V>(entries: ReadonlyMap<K, V>): ReadonlyMap<K, V> => new Map(shuffled([...entries], seed));
  return {
    ...given,
    facts: shuffled(given.facts, seed),
    byId: map(given.byId),
    records: map(given.records),
    custodies: map(given.custodies),
    of: <P extends Predicate>(predicate: P) => shuffled(given.of(predicate), seed),
    precedes: (earlier, later) => given.precedes(earlier, later),
  };
}

const FOLDER = new URL('../../src/rules/packs/', import.meta.url);

/** The files the built-in packs come from, by id. */
const written: ReadonlyMap<string, PositionedValue> = new Map(
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => {
      const text = readFileSync(new URL(name, FOLDER), 'utf8');
      return [/^pack: *(\S+)/m.exec(text)![1]!, readYaml(text, name)] as const;
    }),
);

/** Lists whose order is no law: that of steps, grades, lifts, caps and silent pairs is. */
const UNORDERED: ReadonlySet<string> = new Set(['rules', 'issues', 'edges', 'measures']);

function reordered(root: PositionedValue, seed: number): PositionedValue {
  if (root.kind !== 'map') return root;
  const entries = root.entries.map((entry) => {
    const { value } = entry;
    if (!UNORDERED.has(entry.key)) return entry;
    if (value.kind === 'list') return { ...entry, value: { ...value, items: shuffled(value.items, seed) } };
    if (value.kind === 'map')
      return { ...entry, value: { ...value, entries: shuffled(value.entries, seed) } };
    return entry;
  });
  return { ...root, entries: shuffled(entries, seed) };
}

const packs = new Map<string, Pack>();

/** A built-in pack as if its author had written its parts in another order. */
function packWritten(id: string, seed: number): Pack {
  const key = `${id} ${seed}`;
  const known = packs.get(key);
  if (known !== undefined) return known;
  const pack = loadPack(reordered(written.get(id)!, seed), {
    known: [...BUILT_IN_PACKS.values()].filter(({ pack: other }) => other !== id),
  });
  packs.set(key, pack);
  return pack;
}

/** The finding with passports, records, packs, rules, issues and edges in another order. */
export function assessShuffled(
  { dispute }: ScenarioInput,
  verified: readonly VerifiedPassport[],
  seed: number,
): Assessment {
  const read = readDispute(dispute);
  const rules = read.packs.map(({ id }) => packWritten(id, seed));
  const passports = verified.map((one) => ({ ...one, records: shuffled(one.records, seed) }));
  return assess(shuffled(passports, seed), read, shuffled(rules, seed));
}
