import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  entryOf,
  type PositionedMap,
  type PositionedValue,
  toPlainValue,
} from '../../src/rules/positioned-value.js';
import { readYaml } from '../../src/yaml/read-yaml.js';
import { SCENARIOS } from './scenarios.js';

/** A scenario with something changed. */
export interface Variant {
  readonly title: string;
  readonly root: PositionedValue;
  readonly expect: unknown;
  /** Index in its file. */
  readonly index: number;
}

export interface VariantFile {
  readonly name: string;
  /** Path of the scenario that is changed. */
  readonly scenario: string;
  readonly root: PositionedValue;
  readonly variants: readonly Variant[];
}

/**
 * Files that change scenarios: `of` names one, each of `variants` has a title, what to `drop`, `set` and `insert`, and
 * what to `expect`. A part is named by keys, and by its id, or unit, where it stands in a list: `records.trace-a.payload.max`.
 */
export function variantFiles(): readonly VariantFile[] {
  return readdirSync(SCENARIOS)
    .filter((name) => name.endsWith('.variants.yaml'))
    .sort()
    .map((name): VariantFile => {
      const root = readYaml(readFileSync(join(SCENARIOS, name), 'utf8'), name);
      const scenario = join(SCENARIOS, String(toPlainValue(part(root, 'of'))));
      const given = readYaml(readFileSync(scenario, 'utf8'), scenario);
      const list = part(root, 'variants');
      if (list.kind !== 'list') throw new TypeError(`${name}: variants is no list`);
      const variants = list.items.map((item, index) => ({
        title: String(toPlainValue(part(item, 'title'))),
        root: changed(given, item),
        expect: toPlainValue(part(item, 'expect')),
        index,
      }));
      return { name, scenario, root, variants };
    });
}

function part(value: PositionedValue, key: string): PositionedValue {
  const found = value.kind === 'map' ? entryOf(value, key) : undefined;
  if (found === undefined) throw new TypeError(`\`${key}\` is missing on line ${value.position.line}`);
  return found;
}

function changed(scenario: PositionedValue, variant: PositionedValue): PositionedValue {
  let root = scenario;
  for (const { key, value } of entries(variant)) {
    switch (key) {
      case 'title':
      case 'expect':
        break;
      case 'set':
        for (const entry of entries(value)) root = replaced(root, entry.key.split('.'), entry.value);
        break;
      case 'drop':
        for (const path of toPlainValue(value) as readonly string[])
          root = replaced(root, path.split('.'), null);
        break;
      case 'insert':
        for (const item of value.kind === 'list' ? value.items : []) {
          root = inserted(root, String(toPlainValue(part(item, 'after'))), part(item, 'record'));
        }
        break;
      default:
        throw new TypeError(`\`${key}\` has no meaning in a variant`);
    }
  }
  return root;
}

function entries(value: PositionedValue): PositionedMap['entries'] {
  if (value.kind !== 'map') throw new TypeError(`no map on line ${value.position.line}`);
  return value.entries;
}

/** A map may get a new last key; everything else that is named must be there. */
function replaced(
  at: PositionedValue,
  [step, ...rest]: readonly string[],
  by: PositionedValue | null,
): PositionedValue {
  if (step === undefined) throw new TypeError('no path');
  const inner = (value: PositionedValue): readonly PositionedValue[] => {
    if (rest.length > 0) return [replaced(value, rest, by)];
    return by === null ? [] : [by];
  };
  if (at.kind === 'list') {
    const index = at.items.findIndex((item, i) => idOf(item) === step || String(i) === step);
    if (index < 0) throw new TypeError(`nothing is named \`${step}\``);
    return {
      ...at,
      items: [...at.items.slice(0, index), ...inner(at.items[index]!), ...at.items.slice(index + 1)],
    };
  }
  if (at.kind !== 'map') throw new TypeError(`\`${step}\` leads nowhere`);
  const held = at.entries.find(({ key }) => key === step);
  if (held === undefined && (rest.length > 0 || by === null)) throw new TypeError(`there is no \`${step}\``);
  const entry = held ?? { key: step, position: by!.position, value: by! };
  const [value] = inner(entry.value);
  const others = at.entries.filter(({ key }) => key !== step);
  return { ...at, entries: value === undefined ? others : [...others, { ...entry, value }] };
}

function inserted(root: PositionedValue, after: string, record: PositionedValue): PositionedValue {
  const records = part(root, 'records');
  if (records.kind !== 'list') throw new TypeError('the scenario has no records');
  const index = records.items.findIndex((item) => idOf(item) === after);
  if (index < 0) throw new TypeError(`no record is named \`${after}\``);
  const items = [...records.items.slice(0, index + 1), record, ...records.items.slice(index + 1)];
  return replaced(root, ['records'], { ...records, items });
}

function idOf(value: PositionedValue): unknown {
  const id = value.kind === 'map' ? (entryOf(value, 'id') ?? entryOf(value, 'unit')) : undefined;
  return id?.kind === 'scalar' ? id.value : undefined;
}
