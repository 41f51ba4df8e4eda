import { describe, expect, test } from 'vitest';
import { entryOf, positionAt, toPlainValue } from '../../src/rules/positioned-value.js';
import { readYaml } from '../../src/yaml/read-yaml.js';
import { refusal } from './built-packs.js';

describe('YAML with positions', () => {
  test('keeps values and places', () => {
    const value = readYaml('a: 1\nb:\n  - yes\n  - { c: true, d: null }\n"__proto__": x\n');
    expect(toPlainValue(value)).toEqual(
      Object.assign(Object.create(null), {
        a: 1,
        b: ['yes', Object.assign(Object.create(null), { c: true, d: null })],
        ['__proto__']: 'x',
      }),
    );
    expect(Object.keys(toPlainValue(value) as object)).toEqual(['a', 'b', '__proto__']);
    expect(positionAt(value, ['b', 1, 'd'])).toEqual({ line: 4, column: 19 });
    expect(positionAt(value, ['b', 9, 'd'])).toEqual({ line: 3, column: 3 });
    expect(value.kind === 'map' && entryOf(value, 'a')).toEqual({
      kind: 'scalar',
      value: 1,
      position: { line: 1, column: 4 },
    });
  });

  test('takes JSON alike', () => {
    expect(toPlainValue(readYaml('{"a": [1, "b", {"c": false}]}'))).toEqual(
      toPlainValue(readYaml('a:\n  - 1\n  - b\n  - c: false')),
    );
  });

  test.each([
    ['a: &x 1\nb: *x', 'yaml.alias', 1, 7],
    ['b: *x', 'yaml.alias', 1, 4],
    ['a: 1\na: 2', 'yaml.duplicate-key', 2, 1],
    ['{ a: 1, "a": 2 }', 'yaml.duplicate-key', 1, 9],
    ['1: a\n"1": b', 'yaml.duplicate-key', 2, 1],
    ['a:\n  b: 1\n  c: 2\n  b: 3', 'yaml.duplicate-key', 4, 3],
    [`a: ${'x'.repeat(1024 * 1024)}`, 'yaml.syntax', 1, 1],
    ['a: !!binary aGk=', 'yaml.syntax', 1, 13],
    ['a: !!str b', 'yaml.syntax', 1, 10],
    ['!!map { a: 1 }', 'yaml.syntax', 1, 7],
    ['a: !own x', 'yaml.syntax', 1, 4],
    ['a: 1.5', 'yaml.syntax', 1, 4],
    ['a: 1.0', 'yaml.syntax', 1, 4],
    ['a: 1e3', 'yaml.syntax', 1, 4],
    ['a: 9007199254740993', 'yaml.syntax', 1, 4],
    ['a: .inf', 'yaml.syntax', 1, 4],
    ['a: [1, 2', 'yaml.syntax', 1, 9],
    ['a: 1\n---\nb: 2', 'yaml.syntax', 2, 1],
    ['? [a, b]\n: 1', 'yaml.syntax', 1, 1],
    ['', 'yaml.syntax', 1, 1],
    ['# nothing', 'yaml.syntax', 1, 1],
  ])('%j is refused', (text, code, line, column) => {
    expect(refusal(() => readYaml(text))).toMatchObject({ code, line, column });
  });

  test('nesting without end is an error, no crash', () => {
    expect(refusal(() => readYaml(`${'['.repeat(65)}${']'.repeat(65)}`)).code).toBe('yaml.syntax');
    expect(refusal(() => readYaml('['.repeat(100_000))).code).toBe('yaml.syntax');
  });

  test('names the file', () => {
    try {
      readYaml('a: 1\na: 2', 'case.yaml');
      expect.unreachable();
    } catch (error) {
      expect((error as { place: unknown }).place).toEqual({ file: 'case.yaml', line: 2, column: 1 });
    }
  });
});
