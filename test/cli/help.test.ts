import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { EXIT } from '../../src/cli/exit-code.js';
import { columns } from '../../src/report/columns.js';
import { Workplace } from './workplace.js';

const EXITS = Object.values(EXIT).map(String);

/** The pages of a command and of its subcommands. */
async function pages(place: Workplace, words: readonly string[]): Promise<Map<string, string>> {
  const { exit, out, err } = await place.run([...words, '--help']);
  expect({ exit, err }, words.join(' ')).toEqual({ exit: 0, err: '' });
  const found = new Map([[words.join(' '), out]]);
  const [, list] = /\nCommands:\n((?: .*\n)+)/.exec(out) ?? [];
  for (const [, name] of list?.matchAll(/^ {2}([a-z]+)/gm) ?? []) {
    for (const [path, page] of await pages(place, [...words, name as string])) found.set(path, page);
  }
  return found;
}

test.each(COMMANDS.map(({ name }) => name))('%s: every page is whole and fits 80 columns', async (name) => {
  const place = await Workplace.make();
  for (const [path, page] of await pages(place, [name])) {
    const lines = page.split('\n');
    for (const line of lines) expect(columns(line), line).toBeLessThanOrEqual(80);
    expect(lines[0], path).toMatch(new RegExp(`^Usage: goodorder ${path}( |$)`));
    expect(lines[2], path).toMatch(/^[a-z].{15,}$/);
    expect(page, path).not.toMatch(/undefined|\[object/);
    const [, examples, exits] = /\nExamples:\n([\s\S]*?)\n\nExit codes:\n([\s\S]*)\n$/.exec(page) ?? [];
    expect(examples, path).toContain('goodorder ');
    const codes = [...(exits ?? '').matchAll(/^ {2}(\d+) +\S/gm)].map(([, code]) => code);
    expect(codes, path).toContain('0');
    expect(codes, path).toContain('2');
    for (const code of codes) expect(EXITS, path).toContain(code);
  }
});

test('an example names a command and only options that it has', async () => {
  const place = await Workplace.make();
  for (const { name } of COMMANDS) {
    for (const page of (await pages(place, [name])).values()) {
      const [, examples = ''] = /\nExamples:\n([\s\S]*?)\n\n/.exec(page) ?? [];
      const commands = examples.replaceAll(/ \\\n +/g, ' ').split('\n');
      for (const [, line] of commands.flatMap((one) => [...one.matchAll(/goodorder ([^|]*)/g)])) {
        const words = (line as string).trim().split(' ');
        const help = await place.run(['help', ...words.filter((word) => /^[a-z]+$/.test(word)).slice(0, 1)]);
        expect(help.exit, line).toBe(0);
        const used = words
          .filter((word) => word.startsWith('--'))
          .map((word) => word.split('=')[0] as string);
        const all = [...(await pages(place, [words[0] as string])).values()].join('\n');
        for (const option of used) expect(all, line).toContain(` ${option}`);
      }
    }
  }
});

test('the first page lists every command and exit code', async () => {
  const place = await Workplace.make();
  const { exit, out } = await place.run([]);
  expect(exit).toBe(0);
  for (const { name, summary } of COMMANDS) expect(out).toMatch(new RegExp(`^  ${name} +${summary}$`, 'm'));
  for (const line of out.split('\n')) expect(columns(line), line).toBeLessThanOrEqual(80);
  const listed = [...out.matchAll(/^ {2}(\d+) /gm)].map(([, code]) => code);
  expect(listed.sort()).toEqual(EXITS.sort());
});
