import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { toPlainValue } from '../../src/rules/positioned-value.js';
import { ScenarioSource } from '../../src/scenario/scenario-source.js';
import { type Played, play, readScenarioYaml, SCENARIOS, unmet } from './scenarios.js';

const PATH = join(SCENARIOS, '11-silent-leg.scenario.yaml');
const ROOT = readScenarioYaml(PATH);
const SOURCE = new ScenarioSource(ROOT, PATH);
const EXPECT = (toPlainValue(ROOT) as { readonly expect: unknown }).expect;

let played: Played;

beforeAll(async () => {
  played = await play(ROOT, PATH);
});

function check(value: unknown): readonly string[] {
  try {
    return unmet(played, value, SOURCE, ['expect']);
  } catch (error) {
    return [(error as Error).message];
  }
}

type Path = readonly (string | number)[];

/** Paths of everything in the value that holds no other value. */
function leaves(value: unknown, path: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return keys.flatMap((key) =>
    leaves((value as Readonly<Record<string | number, unknown>>)[key], [...path, key]),
  );
}

function withChange(value: unknown, [key, ...rest]: Path, change: (leaf: unknown) => unknown): unknown {
  if (key === undefined) return change(value);
  const copy: Record<string | number, unknown> | unknown[] = Array.isArray(value)
    ? [...value]
    : { ...(value as Record<string, unknown>) };
  const inner = withChange((copy as Record<string | number, unknown>)[key], rest, change);
  (copy as Record<string | number, unknown>)[key] = inner;
  return copy;
}

function otherThan(leaf: unknown): unknown {
  if (typeof leaf === 'number') return (leaf + 1) % 6;
  if (typeof leaf === 'boolean') return !leaf;
  return `${String(leaf)}-not`;
}

describe('an expectation', () => {
  test('is met by what it was written for', () => {
    expect(check(EXPECT)).toEqual([]);
  });

  test('is unmet whichever of its values is changed', () => {
    const paths = leaves(EXPECT);
    expect(paths.length).toBeGreaterThan(80);
    const passed = paths.filter((path) => check(withChange(EXPECT, path, otherThan)).length === 0);
    expect(passed).toEqual([]);
  });

  test('is unmet by a liable or pleaded edge that nobody expects', () => {
    const { edges } = EXPECT as { readonly edges: readonly unknown[] };
    for (const [index] of edges.entries()) {
      const fewer = withChange(EXPECT, ['edges'], (list) => (list as unknown[]).toSpliced(index, 1));
      expect(check(fewer)).toHaveLength(1);
      expect(check(fewer)[0]).toMatch(/edges: nothing is expected of `/);
    }
  });

  test('names line and column of what is unmet', () => {
    const changed = withChange(EXPECT, ['edges', 2, 'basis'], () => 'proven');
    const { column, line } = SOURCE.place(['expect', 'edges', 2, 'basis']);
    expect(check(changed)).toEqual([
      `${line}:${column} edges[2].basis: expected \`proven\`, found \`presumption\``,
    ]);
  });

  test('may name no edge twice, and none that several answer to', () => {
    const twice = withChange(EXPECT, ['edges'], (list) => [...(list as unknown[]), (list as unknown[])[0]]);
    expect(check(twice).join()).toMatch(/edges\[4\]: two entries name this edge/);
    const stranger = withChange(EXPECT, ['edges', 0, 'debtor'], () => 'network');
    expect(check(stranger).join()).toMatch(/edges\[0\]: the finding has no such edge/);
  });

  test('refuses what it does not know', () => {
    expect(check({ ...(EXPECT as object), colour: 'red' })).toEqual(['`colour` has no meaning here']);
    expect(check(withChange(EXPECT, ['edges', 0, 'rules'], () => undefined))).toEqual([
      '`rules` is missing or has a value it cannot have',
    ]);
  });
});
