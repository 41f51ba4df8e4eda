import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { Workplace } from './workplace.js';

async function script(shell: string): Promise<string> {
  const place = await Workplace.make();
  const ran = await place.run(['completion', shell]);
  expect({ exit: ran.exit, err: ran.err }).toEqual({ exit: 0, err: '' });
  return ran.out;
}

/** What bash itself offers where the cursor stands behind these words. */
function completed(source: string, words: readonly string[]): string[] {
  const line = words.map((word) => `'${word}'`).join(' ');
  const asked = `${source}
COMP_WORDS=(${line}); COMP_CWORD=${words.length - 1}; COMPREPLY=()
_goodorder && printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-c', asked], {
    encoding: 'utf8',
  });
  expect({ status, stderr }, words.join(' ')).toEqual({ status: 0, stderr: '' });
  return stdout.split('\n').filter((word) => word !== '');
}

test('bash completes commands, subcommands, options and their values', async () => {
  const source = await script('bash');
  const names = COMMANDS.map(({ name }) => name);
  expect(completed(source, ['goodorder', ''])).toEqual([...names, 'help']);
  expect(completed(source, ['goodorder', 've'])).toEqual(['verify', 'version']);
  expect(completed(source, ['goodorder', 'help', 'fi'])).toEqual(['find']);
  expect(completed(source, ['goodorder', '--he'])).toEqual(['--help']);
  expect(completed(source, ['goodorder', 'pack', ''])).toEqual(
    expect.arrayContaining(['list', 'show', 'lint', 'hash', 'diff']),
  );
  expect(completed(source, ['goodorder', 'pack', 'sh'])).toEqual(['show']);
  expect(completed(source, ['goodorder', 'verify', '--tr'])).toEqual(['--trust', '--trust-min-sequence']);
  expect(completed(source, ['goodorder', 'verify', '--format', ''])).toEqual(['text', 'json', 'ndjson']);
  expect(completed(source, ['goodorder', 'verify', '--format', '=', 'j'])).toEqual(['json']);
  expect(completed(source, ['goodorder', 'verify', '--lang', '='])).toEqual(['en', 'zh']);
  expect(completed(source, ['goodorder', 'countersign', 'x', '2', '--stance', 'r'])).toEqual([
    'reserve',
    'refuse',
  ]);
  expect(completed(source, ['goodorder', 'record', 'hand'])).toEqual(['handover']);
  expect(completed(source, ['goodorder', 'completion', ''])).toEqual(['bash', 'zsh', 'fish']);
});

test('where a file belongs, bash is left to its own file names', async () => {
  const source = await script('bash');
  expect(source).toContain('complete -o default -F _goodorder goodorder');
  for (const words of [
    ['verify', ''],
    ['verify', '--trust', ''],
    ['verify', '--trust', '--'],
    ['merge', 'a', '-o', ''],
  ])
    expect(completed(source, ['goodorder', ...words])).toEqual([]);
});

test('every option of every command is offered in every shell', async () => {
  const place = await Workplace.make();
  for (const shell of ['bash', 'zsh', 'fish']) {
    const source = await script(shell);
    for (const { name } of COMMANDS) {
      const { out } = await place.run([name, '--help']);
      for (const [, option = ''] of out.matchAll(/^ +(?:-\w, )?(--[a-z-]+)/gm))
        expect(source, `${shell} ${name}`).toContain(shell === 'fish' ? `-l ${option.slice(2)}` : option);
    }
  }
});

test('words that come from help texts cannot end a quote', async () => {
  for (const shell of ['bash', 'zsh', 'fish']) {
    const source = await script(shell);
    for (const line of source.split('\n').filter((one) => !one.startsWith('#')))
      expect((line.match(/(?<!\\)'/g) ?? []).length % 2, `${shell}: ${line}`).toBe(0);
  }
});

test.each(['zsh', 'fish'])('%s reads its script, where it is installed', async (shell) => {
  const source = await script(shell);
  const { error, status, stderr } = spawnSync(shell, ['-n'], { input: source, encoding: 'utf8' });
  // Few machines have every shell: where this one is not, its syntax is not asked.
  if (error !== undefined) return;
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('as data, and refused', async () => {
  const place = await Workplace.make();
  expect(await place.must(['completion', 'bash'])).toEqual({
    schemaVersion: 1,
    shell: 'bash',
    script: await script('bash'),
  });
  const refused = await place.run(['completion', 'tcsh']);
  expect({ exit: refused.exit, out: refused.out }).toEqual({ exit: 2, out: '' });
  expect(refused.err).toContain('bash, zsh, fish');
});
