import { Command, CommanderError } from 'commander';
import { GoodOrderError } from '../errors.js';
import { addGlobalOptions, type DefineCommand, Session } from './command.js';
import { type CommandLine, readCommandLine } from './command-line.js';
import { COMMANDS } from './commands/index.js';
import { errorReport, errorText } from './error-text.js';
import { EXIT, type ExitCode } from './exit-code.js';
import { HELP_LAYOUT } from './help-layout.js';
import type { Io } from './io.js';
import { jsonText } from './json-text.js';
import { VERSION } from './version.js';

const ABOUT = 'Signed evidence of an item’s condition, verified offline, and a computed finding over it.';

const AFTER_HELP = `
Exit codes:
  0   passed
  10  failed: altered, forged, or proven incomplete
  11  undecided
  12  different (diff, pack diff, pack test, what-if)
  2   wrong command line
  3   unreadable or refused input
  70  internal error
  130 interrupted

File names that begin with a hyphen stand behind --:
  goodorder verify -- *.passport

Start here:
  goodorder demo           a whole dispute, in a folder to play with
  goodorder help verify    one command, with examples`;

const NONE_READY: ReadyCommands = Object.freeze(Object.create(null));

/** Builds the command tree; only the command that the line names is loaded, the others stay a name and a summary. */
async function buildProgram(
  { named }: CommandLine,
  session: Session,
  said: string[],
  ready: ReadyCommands,
): Promise<Command> {
  const program = new Command('goodorder');
  program
    .description(ABOUT)
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .configureHelp(HELP_LAYOUT)
    .addHelpText('after', AFTER_HELP);
  // A line that names a command needs no other: not for its help, nor for what is said of its faults.
  const needed = COMMANDS.filter(({ name }) => name === named);
  for (const entry of needed.length > 0 ? needed : COMMANDS) {
    const command = program
      .command(entry.name)
      .summary(entry.summary)
      .description(entry.summary)
      .helpGroup(`${entry.group}:`);
    if (entry.name === named) {
      const define = ready[entry.name] ?? (await entry.load());
      define(command, session);
      for (const leaf of leaves(command)) addGlobalOptions(leaf);
    }
  }
  prepare(program, session, said);
  return program;
}

function leaves(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

/** What commander says of a wrong line is kept in `said`: it is told our way, or as data. */
function prepare(command: Command, session: Session, said: string[]): void {
  command.exitOverride().helpCommand(false);
  command.configureOutput({
    writeOut: (text) => void session.io.stdout.write(text),
    writeErr: (text) => void said.push(text),
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
  for (const child of command.commands) prepare(child, session, said);
}

/** Commands that need no loading, by name. */
export type ReadyCommands = Readonly<Record<string, DefineCommand>>;

/** Runs one command line and tells how it ended. Never throws, never prints a stack trace. */
export async function run(
  argv: readonly string[],
  io: Io,
  ready: ReadyCommands = NONE_READY,
): Promise<ExitCode> {
  const session = new Session(io, run, COMMANDS);
  const line = readCommandLine(
    argv,
    COMMANDS.map(({ name }) => name),
  );
  const said: string[] = [];
  try {
    const program = await buildProgram(line, session, said, ready);
    await program.parseAsync([...line.words], { from: 'user' });
    return session.exit;
  } catch (error) {
    if (!(error instanceof CommanderError)) return fail(error, line, io);
    if (error.exitCode === 0) return EXIT.passed;
    // A group of commands without the command: its help is the best answer.
    if (error.code === 'commander.help' && !line.machine) io.stderr.write(said.join(''));
    else tell(usageError(error, line), line, io, `Run \`${line.help}\` to see what there is.\n`);
    return EXIT.usage;
  }
}

function fail(error: unknown, line: CommandLine, io: Io): ExitCode {
  tell(error, line, io);
  if (!(error instanceof GoodOrderError)) {
    if (io.env['GOODORDER_DEBUG'] !== undefined && error instanceof Error)
      io.stderr.write(`${error.stack}\n`);
    return EXIT.internal;
  }
  if (error.code === 'internal') return EXIT.internal;
  return error.code === 'cli.usage' ? EXIT.usage : EXIT.input;
}

/** An error goes to stderr in words or, where a machine listens, to stdout as data, and then stderr stays silent. */
function tell(error: unknown, { machine }: CommandLine, io: Io, hint = ''): void {
  if (machine !== null) io.stdout.write(jsonText(errorReport(error), machine));
  else io.stderr.write(`${errorText(error)}${hint}`);
}

function usageError(error: CommanderError, { help }: CommandLine): GoodOrderError {
  if (error.code === 'commander.help')
    return new GoodOrderError('cli.usage', `name a subcommand; \`${help}\` lists them`);
  const message = error.message
    .replace(/^error: /, '')
    .replace(/ is invalid\. (\w)/, (_, first: string) => ` is invalid; ${first.toLowerCase()}`)
    .replace(/\n\(Did you mean ([^\n]*)\?\)/, '; did you mean $1?')
    .replaceAll(/'([^']*)'/g, '`$1`')
    .replace(/\.$/, '');
  return new GoodOrderError('cli.usage', message);
}
