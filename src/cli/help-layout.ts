import type { Command, HelpConfiguration, Option } from 'commander';
import { EXIT, type ExitCode } from './exit-code.js';

/** Columns of every help page. */
const HELP_WIDTH = 80;

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

/** A command line as it can be typed, and how it ends where the files that it names are as one expects them. */
export interface Example {
  readonly line: string;
  readonly exit: ExitCode;
}

const EXAMPLES = new WeakMap<Command, readonly Example[]>();

/** The examples that a command was given. */
export function examplesOf(command: Command): readonly Example[] {
  return EXAMPLES.get(command) ?? [];
}

/**
 * Examples and exit codes under a command's help. An example that is too long for a line is broken as a shell would
 * read it; one that does not end with 0 says so. `exits` holds `0 passed   10 failed`, one or several to a string.
 */
export function addHelpText(
  command: Command,
  given: readonly (string | Example)[],
  exits: readonly string[],
): Command {
  const examples = given.map((one) => (typeof one === 'string' ? { line: one, exit: EXIT.passed } : one));
  EXAMPLES.set(command, examples);
  const blocks = [`Examples:\n${examples.map(({ line }) => exampleText(line)).join('')}`];
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
