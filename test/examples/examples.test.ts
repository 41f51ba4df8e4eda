import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';

const FOLDER = 'docs/examples';
/** `parties.ts` is what the programs share; it prints nothing. */
const PROGRAMS = readdirSync(FOLDER).filter((name) => name.endsWith('.ts') && name !== 'parties.ts');
const PRINTS = '\n// Prints:\n';

/** What the program says it prints, and the program without it. */
function split(source: string): { program: string; prints: string | null } {
  const at = source.indexOf(PRINTS);
  if (at < 0) return { program: source.trimEnd(), prints: null };
  const lines = source
    .slice(at + PRINTS.length)
    .trimEnd()
    .split('\n');
  return {
    program: source.slice(0, at).trimEnd(),
    prints: lines.map((line) => line.replace(/^\/\/ ?/, '')).join('\n'),
  };
}

// Types are checked by `npm run types`, whose tsconfig includes the folder.
describe('programs of docs/examples', () => {
  test.each(PROGRAMS)('%s prints what it says', async (name) => {
    const path = `${FOLDER}/${name}`;
    const lines: string[] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((...words) => {
      lines.push(words.map(String).join(' ').trimEnd());
    });
    try {
      await import(`../../${path}`);
    } finally {
      log.mockRestore();
    }
    const { program, prints } = split(readFileSync(path, 'utf8'));
    if (process.env['UPDATE_FIXTURES'] === '1') {
      writeFileSync(path, `${program}\n${PRINTS}${lines.map((line) => `// ${line}\n`).join('')}`);
      return;
    }
    expect(lines.length).toBeGreaterThan(0);
    expect(prints).toBe(lines.join('\n'));
  });

  test('each stands in the list, and imports the library by its name alone', () => {
    const list = readFileSync(`${FOLDER}/README.md`, 'utf8');
    expect(Array.from(list.matchAll(/\]\(([a-z-]+\.ts)\) \|/g), (match) => match[1]).sort()).toEqual(
      PROGRAMS,
    );
    for (const name of [...PROGRAMS, 'parties.ts']) {
      const source = readFileSync(`${FOLDER}/${name}`, 'utf8');
      const from = Array.from(source.matchAll(/from '([^']+)'/g), (match) => match[1]);
      expect(from.filter((module) => module !== 'goodorder' && module !== './parties.js')).toEqual([]);
    }
  });
});
