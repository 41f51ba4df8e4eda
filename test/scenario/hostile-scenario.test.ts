import { describe, expect, test } from 'vitest';
import { GoodOrderError } from '../../src/errors.js';
import type { PositionedValue } from '../../src/rules/positioned-value.js';
import { buildScenario } from '../../src/scenario/build-scenario.js';
import { readYaml } from '../../src/yaml/read-yaml.js';
import { FILE, SMALL } from './small-scenario.js';

const ROOT = readYaml(SMALL, FILE);

const WEIRD: readonly unknown[] = [
  null,
  -1,
  'x'.repeat(70_000),
  'record:pickup',
  'hex:zz',
  '\ud800',
  [],
  { $file: 'x', $sensor: null },
];

function positioned(value: unknown, like: PositionedValue): PositionedValue {
  const { position } = like;
  if (Array.isArray(value))
    return { kind: 'list', items: value.map((item) => positioned(item, like)), position };
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, member]) => ({
      key,
      position,
      value: positioned(member, like),
    }));
    return { kind: 'map', entries, position };
  }
  return { kind: 'scalar', value: value as string | number | boolean | null, position };
}

/** The value with each part of it in turn put through a change. */
function* changes(
  at: PositionedValue,
  change: (part: PositionedValue) => PositionedValue,
): Generator<PositionedValue> {
  yield change(at);
  if (at.kind === 'list') {
    for (const [index, item] of at.items.entries()) {
      for (const inner of changes(item, change)) yield { ...at, items: at.items.with(index, inner) };
    }
  } else if (at.kind === 'map') {
    for (const [index, entry] of at.entries.entries()) {
      for (const value of changes(entry.value, change)) {
        yield { ...at, entries: at.entries.with(index, { ...entry, value }) };
      }
    }
  }
}

/** Built, or refused with a code and a place; anything else is a bug. */
async function outcome(root: PositionedValue): Promise<'built' | 'refused'> {
  try {
    await buildScenario(root, FILE);
    return 'built';
  } catch (error) {
    if (!(error instanceof GoodOrderError)) throw error;
    const { column, file, line } = error.place;
    expect({ file, placed: line !== undefined && column !== undefined }).toEqual({
      file: FILE,
      placed: true,
    });
    expect(error.message).not.toMatch(/^[A-Z][a-z]|\.$|\n/);
    return 'refused';
  }
}

describe('a scenario with something strange in it is built or refused in one sentence', () => {
  test.each(WEIRD.map((weird) => [JSON.stringify(weird).slice(0, 40), weird] as const))(
    '%s in every place',
    async (_, weird) => {
      const outcomes = new Set<string>();
      for (const root of changes(ROOT, (part) => positioned(weird, part))) outcomes.add(await outcome(root));
      expect(outcomes).toContain('refused');
    },
  );

  test('a missing entry, whichever it is', async () => {
    const without = (part: PositionedValue): PositionedValue =>
      part.kind === 'map'
        ? { ...part, entries: part.entries.slice(1) }
        : part.kind === 'list'
          ? { ...part, items: part.items.slice(1) }
          : part;
    const outcomes: string[] = [];
    for (const root of changes(ROOT, without)) outcomes.push(await outcome(root));
    expect(new Set(outcomes)).toEqual(new Set(['built', 'refused']));
  });
});
