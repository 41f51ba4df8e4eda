import type { Command, HelpConfiguration, Option } from 'commander';

/** Columns of every help page. */
export const HELP_WIDTH = 80;

/** How commander lays out help pages: choices and defaults in words, subcommands by what is typed. */
export const HELP_LAYOUT: HelpConfiguration = {
  showGlobalOptions: false,
  helpWidth: HELP_WIDTH,
  optionDescription: (option) => `${option.description}${choicesText(option)}${defaultText(option)}`,
  argumentDescription: ({ description, defaultValue }) =>
    `${description}${defaultValue === undefined ? '' : ` (default ${String(defaultValue)})`}`,
  subcommandTerm: (command) =>
    [command.name(), ...command.registeredArguments.map((argument) => argumentText(argument))].join(' '),
};

function argumentText(argument: Command['registeredArguments'][number]): string {
  const shown = `${argument.name()}${argument.variadic ? '...' : ''}`;
  return argument.required ? `<${shown}>` : `[${shown}]`;
}

function choicesText({ argChoices }: Option): string {
  return argChoices === undefined ? '' : `: ${argChoices.join(', ')}`;
}

function defaultText({ defaultValue, defaultValueDescription, required }: Option): string {
  if (defaultValue === undefined || !required) return '';
  return ` (default ${defaultValueDescription ?? String(defaultValue)})`;
}

/**
 * Examples and exit codes under a command's help. An example that is too long for a line is broken as a shell would
 * read it; `exits` holds `0 passed   10 failed`, one or several to a string.
 */
export function addHelpText(
  command: Command,
  examples: readonly string[],
  exits: readonly string[],
): Command {
  const blocks = [`Examples:\n${examples.map(exampleText).join('')}`];
  if (exits.length > 0) blocks.push(`Exit codes:\n${exitTexts(exits).join('')}`);
  return command.addHelpText(
    'after',
    blocks
      .map((block) => `\n${block}`)
      .join('')
      .trimEnd(),
  );
}

function exampleText(example: string): string {
  const lines: string[] = [];
  let line = '';
  // An option stays with its value, and a pipe with what it leads to.
  for (const part of example.split(/ (?=-|\| )/)) {
    if (line !== '' && line.length + 1 + part.length > HELP_WIDTH - 2) {
      lines.push(`${line} \\`);
      line = '    ';
    }
    line += line === '' ? `  ${part}` : ` ${part}`;
  }
  return `${[...lines, line].join('\n')}\n`;
}

const EVERYWHERE = '2 wrong command line';

function exitTexts(exits: readonly string[]): string[] {
  const parts = exits.flatMap((line) => line.split(/ {2,}/));
  if (!parts.some((part) => part.startsWith('2 '))) parts.push(EVERYWHERE);
  return parts.map((part) => {
    const [, code, meaning] = /^(\d+) (.*)$/.exec(part) ?? [];
    return code === undefined ? `      ${part}\n` : `  ${code.padEnd(3)} ${meaning}\n`;
  });
}
