import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface Attack {
  readonly id: string;
  readonly area: string;
  readonly stage: 'evidence' | 'ledger' | 'finding' | 'reports' | 'interop';
}

const ATTACKS = JSON.parse(
  readFileSync(new URL('../../fixtures/attacks/attacks.json', import.meta.url), 'utf8'),
) as readonly Attack[];

/** An id at the beginning of a title, as in `test('cbor-trailing-bytes: …')`. */
const TITLE =
  /\b(?:test|describe)(?:\.(?:each|skipIf|runIf|for)\b[^'"`]*)?\(\s*['"`]([a-z0-9]+(?:-[a-z0-9]+)+):/g;

function titlesIn(folder: string, isAttack: (name: string) => boolean): string[] {
  const place = new URL(folder, import.meta.url);
  return readdirSync(place)
    .filter((name) => name.endsWith('.test.ts') && name !== 'coverage.test.ts' && isAttack(name))
    .flatMap((name) => [...readFileSync(new URL(name, place), 'utf8').matchAll(TITLE)])
    .map(([, id]) => id!);
}

const TESTED = new Set([
  ...titlesIn('./', () => true),
  ...titlesIn('../slow/', (name) => name.startsWith('attack-')),
]);

describe('the attacks of the list', () => {
  test('have an id each', () => {
    expect(ATTACKS.length).toBe(194);
    expect(new Set(ATTACKS.map(({ id }) => id)).size).toBe(ATTACKS.length);
  });

  test('on evidence have a test that carries their id', () => {
    const evidence = ATTACKS.filter(({ stage }) => stage === 'evidence');
    expect(evidence.length).toBe(122);
    expect(evidence.filter(({ id }) => !TESTED.has(id)).map(({ area, id }) => `${area}: ${id}`)).toEqual([]);
  });

  test('on the finding have a test that carries their id', () => {
    const finding = ATTACKS.filter(({ stage }) => stage === 'finding');
    expect(finding.length).toBe(10);
    expect(finding.filter(({ id }) => !TESTED.has(id)).map(({ area, id }) => `${area}: ${id}`)).toEqual([]);
  });

  test('are all that tests name', () => {
    const ids = new Set(ATTACKS.map(({ id }) => id));
    expect([...TESTED].filter((id) => !ids.has(id))).toEqual([]);
  });
});
