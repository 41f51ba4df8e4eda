import { readFileSync, writeFileSync } from 'node:fs';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { EXIT } from '../../src/cli/exit-code.js';

const PAGE = 'docs/stability.md';
const BEGIN = '<!-- begin names: UPDATE_FIXTURES=1 npx vitest run test/examples/stability.test.ts -->\n';
const END = '<!-- end names -->';

/** What `src/index.ts` exports: values, and names of types alone. */
function publicNames(): { values: string[]; types: string[] } {
  const text = readFileSync('src/index.ts', 'utf8');
  const source = ts.createSourceFile('index.ts', text, ts.ScriptTarget.ES2022, true);
  const values: string[] = [];
  const types: string[] = [];
  for (const statement of source.statements) {
    if (!ts.isExportDeclaration(statement) || statement.exportClause === undefined)
      throw new Error('not a list of names');
    if (!ts.isNamedExports(statement.exportClause)) throw new Error('not a list of names');
    for (const { name, isTypeOnly } of statement.exportClause.elements) {
      (statement.isTypeOnly || isTypeOnly ? types : values).push(name.text);
    }
  }
  return { values: values.sort(), types: types.sort() };
}

function listed(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

test('docs/stability.md lists the public names, no more and no fewer', () => {
  const page = readFileSync(PAGE, 'utf8');
  const begin = page.indexOf(BEGIN) + BEGIN.length;
  const end = page.indexOf(END);
  const { values, types } = publicNames();
  const expected = `\nFunctions, values and classes: ${listed(values)}.\n\nTypes: ${listed(types)}.\n\n`;
  expect(begin).toBeGreaterThan(BEGIN.length);
  if (process.env['UPDATE_FIXTURES'] === '1') {
    writeFileSync(PAGE, page.slice(0, begin) + expected + page.slice(end));
    return;
  }
  expect(page.slice(begin, end)).toBe(expected);
});

test('and the exit codes', () => {
  const section = /## Exit codes\n([\s\S]*?)\n## /.exec(readFileSync(PAGE, 'utf8'))?.[1] ?? '';
  const codes = Array.from(section.matchAll(/^\| (\d+) \|/gm), ([, code]) => Number(code));
  expect(codes).toEqual(Object.values(EXIT));
});
