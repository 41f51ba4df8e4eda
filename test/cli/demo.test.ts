import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Workplace } from './workplace.js';

const GOLDEN = new URL('../../fixtures/demo-golden/', import.meta.url);

/** `UPDATE_FIXTURES=1 npx vitest run test/cli/demo.test.ts` writes them anew, for a reader to look at. */
function golden(name: string, text: string): void {
  const path = new URL(name, GOLDEN);
  if (process.env['UPDATE_FIXTURES'] === '1') writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
}

function hashes(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => {
      const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
      return `${sha256}  ${path.slice(folder.length + 1).replaceAll('\\', '/')}\n`;
    })
    .join('');
}

test('the demo prints the same on every machine, leaves the same files, and does so again', async () => {
  const place = await Workplace.make();
  const first = await place.run(['demo']);
  expect(first.err).toBe('');
  expect(first.exit).toBe(0);
  golden('output.txt', first.out);
  const files = hashes(place.path('goodorder-demo'));
  golden('files.sha256', files);
  const second = await place.run(['demo']);
  expect(second.out).toBe(first.out);
  expect(hashes(place.path('goodorder-demo'))).toBe(files);
});

test('the demo speaks Chinese too', async () => {
  const place = await Workplace.make();
  const told = await place.run(['demo', '--lang', 'zh']);
  expect(told.exit).toBe(0);
  golden('output.zh.txt', told.out);
});

test('the demo’s files can be played with as its last lines say', async () => {
  const place = await Workplace.make();
  const { out } = await place.run(['demo']);
  const lines = out.slice(out.indexOf('Now you')).replaceAll(/\\\n\s+/g, '');
  const commands = [...lines.matchAll(/^ {3}goodorder (.+)$/gm)].map(([, words]) =>
    (words as string).split(' '),
  );
  expect(commands.map(([name]) => name)).toEqual(['show', 'timeline', 'diff', 'find']);
  for (const words of commands) {
    const ran = await place.run(
      [...words, ...(words[0] === 'diff' || words[0] === 'find' ? [] : ['--at', '1788998400'])],
      { in: 'goodorder-demo' },
    );
    expect(ran.exit, words.join(' ')).toBe(words[0] === 'diff' ? 12 : 0);
    expect(ran.err, words.join(' ')).not.toContain('goodorder:');
  }
});

test('the demo leaves a folder alone that holds something else', async () => {
  const place = await Workplace.make();
  mkdirSync(place.path('mine'));
  writeFileSync(place.path('mine/letter.txt'), 'dear');
  const refused = await place.run(['demo', 'mine']);
  expect(refused.exit).toBe(3);
  expect(refused.err).toContain('file.exists');
  expect(readdirSync(place.path('mine'))).toEqual(['letter.txt']);
});

test('the scenario in its folder can be played there', async () => {
  const place = await Workplace.make();
  await place.run(['demo']);
  const { out, err, exit } = await place.run(['pack', 'test', 'dinner-set.scenario.yaml'], {
    in: 'goodorder-demo',
  });
  expect({ out, err, exit }).toEqual({
    out: '+ dinner-set.scenario.yaml  comes out as it says\n',
    err: '',
    exit: 0,
  });
});
