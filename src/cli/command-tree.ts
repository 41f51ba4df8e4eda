import { Command, type Option } from 'commander';
import { addGlobalOptions, type CommandEntry, type Session } from './command.js';
import { type Example, examplesOf, HELP_LAYOUT } from './help-layout.js';

/** An option as it can be typed. */
export interface OptionShape {
  /** `-o`; null without a short form. */
  readonly short: string | null;
  readonly long: string;
  readonly description: string;
  readonly takesValue: boolean;
  /** The values there are; null where any will do, such as a file. */
  readonly choices: readonly string[] | null;
}

/** A command as it can be typed, with all below it. */
export interface CommandShape {
  /** Words after `goodorder`. */
  readonly path: readonly string[];
  readonly group: string;
  readonly summary: string;
  readonly options: readonly OptionShape[];
  /** Of each argument the values there are, or null. */
  readonly arguments: readonly (readonly string[] | null)[];
  readonly commands: readonly CommandShape[];
  /** Its help page. */
  readonly help: string;
  readonly examples: readonly Example[];
}

/** Every command, with all that `--help` tells of it: what completions and the documentation are made from. */
export async function loadCommandTree(
  entries: readonly CommandEntry[],
  session: Session,
): Promise<readonly CommandShape[]> {
  const program = new Command('goodorder').configureHelp(HELP_LAYOUT).helpCommand(false);
  const shapes: CommandShape[] = [];
  for (const { name, group, summary, load } of entries) {
    const command = program.command(name).summary(summary).description(summary);
    (await load())(command, session);
    prepare(command);
    shapes.push(shapeOf(command, [name], group));
  }
  return shapes;
}

/** Every command and subcommand, each before those below it. */
export function allCommands(shapes: readonly CommandShape[]): CommandShape[] {
  return shapes.flatMap((shape) => [shape, ...allCommands(shape.commands)]);
}

function prepare(command: Command): void {
  command.helpCommand(false);
  if (command.commands.length === 0) addGlobalOptions(command);
  for (const child of command.commands) prepare(child);
}

function shapeOf(command: Command, path: readonly string[], group: string): CommandShape {
  const options = command.options.filter(({ hidden }) => !hidden).map(optionShape);
  return {
    path,
    group,
    summary: command.description(),
    options: [
      ...options,
      { short: '-h', long: '--help', description: 'show this help', takesValue: false, choices: null },
    ],
    arguments: command.registeredArguments.map(({ argChoices }) => argChoices ?? null),
    commands: command.commands.map((child) => shapeOf(child, [...path, child.name()], group)),
    help: pageOf(command),
    examples: examplesOf(command),
  };
}

function optionShape({ short, long, description, required, optional, argChoices }: Option): OptionShape {
  return {
    short: short ?? null,
    long: long ?? '',
    description,
    takesValue: required || optional,
    choices: argChoices ?? null,
  };
}

/** As `--help` prints it: commander gives the text after the page only when it is printed. */
function pageOf(command: Command): string {
  let page = '';
  command.configureOutput({
    writeOut: (text) => {
      page += text;
    },
    getOutHasColors: () => false,
  });
  command.outputHelp();
  return page;
}
