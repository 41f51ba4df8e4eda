import { allCommands, type CommandShape, type OptionShape } from '../command-tree.js';
import { quietText } from './words.js';

/** A completion script for fish 3. */
export function fishCompletion(tree: readonly CommandShape[]): string {
  const names = tree.map(({ path }) => path[0]).join(' ');
  const lines = [
    '# Completion of goodorder for fish. To keep it:',
    '# goodorder completion fish > ~/.config/fish/completions/goodorder.fish',
    'function __goodorder_at',
    '    set -l words (commandline -opc | string match -v -- "-*")',
    '    set -e words[1]',
    '    test "$words[1]" = help; and set -e words[1]',
    '    test (count $words) -ge (count $argv); or return 1',
    '    for i in (seq (count $argv))',
    '        test "$words[$i]" = "$argv[$i]"; or return 1',
    '    end',
    'end',
    'function __goodorder_start',
    '    set -l words (commandline -opc | string match -v -- "-*")',
    '    test (count $words) -le 1; or test (count $words) -eq 2 -a "$words[2]" = help',
    'end',
    `complete -c goodorder -n __goodorder_start -f -a help -d 'help of a command'`,
    "complete -c goodorder -n __goodorder_start -l version -d 'print the version'",
  ];
  for (const { path, summary } of tree)
    lines.push(`complete -c goodorder -n __goodorder_start -f -a ${path[0]} -d '${quietText(summary)}'`);
  lines.push(`# ${names}`);
  for (const command of allCommands(tree)) lines.push(...commandLines(command));
  return `${lines.join('\n')}\n`;
}

function commandLines({ path, options, commands, arguments: given }: CommandShape): string[] {
  const at = `__goodorder_at ${path.join(' ')}`;
  const below = commands.map((one) => one.path.at(-1)).join(' ');
  const none = below === '' ? at : `${at}; and not __fish_seen_subcommand_from ${below}`;
  const words = given.flatMap((choices) => choices ?? []);
  return [
    ...commands.map(
      (one) => `complete -c goodorder -n '${none}' -f -a ${one.path.at(-1)} -d '${quietText(one.summary)}'`,
    ),
    ...(words.length === 0 ? [] : [`complete -c goodorder -n '${at}' -f -a '${words.join(' ')}'`]),
    ...options.map((option) => `complete -c goodorder -n '${none}'${optionText(option)}`),
  ];
}

function optionText({ short, long, description, takesValue, choices }: OptionShape): string {
  const value = choices === null ? (takesValue ? ' -r' : '') : ` -x -a '${choices.join(' ')}'`;
  return `${short === null ? '' : ` -s ${short.slice(1)}`} -l ${long.slice(2)}${value} -d '${quietText(description)}'`;
}
