import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { CODES, TOOL_CODES } from '../../src/codes.js';

interface Attack {
  readonly id: string;
  readonly area: string;
  readonly attack: string;
  readonly stage: string;
}

interface Shown {
  readonly titles: string[];
  readonly codes: Set<string>;
}

const PAGE = 'docs/threat-model.md';
const BEGIN = '<!-- begin attacks: UPDATE_FIXTURES=1 npx vitest run test/attack/threat-model.test.ts -->\n';
const END = '<!-- end attacks -->';
const ATTACKS = (JSON.parse(readFileSync('fixtures/attacks/attacks.json', 'utf8')) as Attack[]).filter(
  ({ stage }) => stage === 'evidence' || stage === 'finding',
);
const KNOWN: ReadonlySet<string> = new Set([...Object.keys(CODES), ...TOOL_CODES]);
/** Said of nearly every small passport, whatever was done to it; `internal` is named to say that it does not come. */
const USUAL = new Set(['manifest.none', 'time.no-anchor', 'trust.none', 'token.not-checked', 'internal']);

/** What the tests say of each attack: title after the id, and the codes that stand in the test. */
function shownByTests(): ReadonlyMap<string, Shown> {
  const shown = new Map<string, Shown>();
  const files = [
    ...readdirSync('test/attack').map((name) => `test/attack/${name}`),
    ...readdirSync('test/slow')
      .filter((name) => name.startsWith('attack-'))
      .map((name) => `test/slow/${name}`),
  ].filter((name) => name.endsWith('.test.ts'));
  for (const file of files.sort()) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
    const visit = (node: ts.Node): void => {
      const title = titleOf(node);
      const [, id, says] =
        title === null ? [] : (/^([a-z0-9]+(?:-[a-z0-9]+)+): ?([\s\S]*)$/.exec(title) ?? []);
      if (id !== undefined && says !== undefined) {
        const entry = shown.get(id) ?? { titles: [], codes: new Set() };
        shown.set(id, entry);
        entry.titles.push(says.replace(/:? ?%[sjo]|:? ?\$[\w.]+/g, '').trim());
        collectCodes(node, entry.codes);
        return;
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return shown;
}

/** The title of a call of `test`, `describe` or one of their forms. */
function titleOf(node: ts.Node): string | null {
  if (!ts.isCallExpression(node) || !/^(?:test|describe)\b/.test(node.expression.getText())) return null;
  const [first] = node.arguments;
  return first !== undefined && ts.isStringLiteralLike(first) ? first.text : null;
}

function collectCodes(node: ts.Node, codes: Set<string>): void {
  if (ts.isStringLiteralLike(node) && KNOWN.has(node.text) && !USUAL.has(node.text)) codes.add(node.text);
  ts.forEachChild(node, (child) => collectCodes(child, codes));
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll(/\s+/g, ' ').trim();
}

/** The list tells each attack in full; its first sentence says which it is. */
function firstSentence(text: string): string {
  return cell(/^.*?(?<!e\.g)(?:[.;](?= )|\.?$)/.exec(text)?.[0] ?? text).replace(/[.;]$/, '');
}

function table(): string {
  const shown = shownByTests();
  const lines: string[] = [];
  for (const area of new Set(ATTACKS.map((attack) => attack.area))) {
    lines.push('', `### ${area}`, '', '| attack | what is tried | shown by | codes |', '|---|---|---|---|');
    for (const { id, attack } of ATTACKS.filter((one) => one.area === area)) {
      const { titles, codes } = shown.get(id) ?? { titles: [], codes: new Set<string>() };
      const says = [...new Set(titles.map(cell))].join('; ');
      const named = [...codes].sort().map((code) => `\`${code}\``);
      lines.push(`| \`${id}\` | ${firstSentence(attack)} | ${says} | ${named.join(' ')} |`);
    }
  }
  return `${lines.join('\n')}\n\n`;
}

describe('docs/threat-model.md', () => {
  const page = readFileSync(PAGE, 'utf8');
  const begin = page.indexOf(BEGIN) + BEGIN.length;
  const end = page.indexOf(END);

  test('its table is what the list of attacks and the titles of their tests give', () => {
    expect(begin).toBeGreaterThan(BEGIN.length);
    const expected = table();
    if (process.env['UPDATE_FIXTURES'] === '1') {
      writeFileSync(PAGE, page.slice(0, begin) + expected + page.slice(end));
      return;
    }
    expect(page.slice(begin, end)).toBe(expected);
  });

  test('what stays open is said of attacks that are on the list', () => {
    const section = page.slice(page.indexOf('## What stays open'), page.indexOf('## The attacks and what'));
    const named = Array.from(section.matchAll(/^\| `([^`]+)` \|/gm), ([, id]) => id as string);
    const ids = new Set(ATTACKS.map(({ id }) => id));
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((id) => !ids.has(id))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
  });
});
