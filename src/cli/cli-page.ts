import { Session } from './command.js';
import { allCommands, type CommandShape, loadCommandTree } from './command-tree.js';
import { COMMANDS } from './commands/index.js';
import type { Io } from './io.js';

/** They stand on every page of a command that does something, and once on ours. */
const COMMON_OPTIONS = /\nCommon options:\n(?: .*\n)+/;

/** Every command, subcommand, option, example and exit code, as Markdown: `docs/cli.md`. */
export async function cliPage(io: Io): Promise<string> {
  const session = new Session(io, async () => 0, COMMANDS);
  const tree = await loadCommandTree(COMMANDS, session);
  const groups = [...new Set(tree.map(({ group }) => group))];
  return [
    '# The command line',
    '',
    'Made from the commands by `node scripts/build-cli-docs.mjs`; do not edit. What stands under *Examples* is run by a test, in a folder',
    'that holds the files it names, and ends with the exit code beside it; `…` is where a key, an id or a number was cut.',
    '',
    '`goodorder help COMMAND` prints the same. Every command also takes these:',
    '',
    '```text',
    (COMMON_OPTIONS.exec(tree.at(-1)?.help ?? '')?.[0] ?? '').trim(),
    '```',
    '',
    ...groups.flatMap((group) => [`## ${group}`, '', ...contents(tree, group), '']),
    ...tree.flatMap((command) => allCommands([command]).flatMap(section)),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}

function contents(tree: readonly CommandShape[], group: string): string[] {
  return tree
    .filter((command) => command.group === group)
    .map(({ path, summary }) => `- [${path.join(' ')}](#goodorder-${path.join('-')}): ${summary}`);
}

function section({ path, help, examples }: CommandShape): string[] {
  const [usage] = help.replace(COMMON_OPTIONS, '').split('\nExamples:\n');
  const exits = help.split('\nExit codes:\n')[1] ?? '';
  return [
    `${'#'.repeat(path.length + 1)} goodorder ${path.join(' ')}`,
    '',
    '```text',
    (usage ?? '').trimEnd(),
    '',
    'Exit codes:',
    exits.trimEnd(),
    '```',
    '',
    'Examples:',
    '',
    '```sh',
    ...examples.map(({ line, exit }) => `${line}  # ${exit}`),
    '```',
    '',
  ];
}
