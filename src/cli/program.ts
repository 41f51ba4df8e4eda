import { Command, CommanderError } from 'commander';
import { GoodOrderError } from '../errors.js';
import { addGlobalOptions, Session } from './command.js';
import { COMMANDS } from './commands/index.js';
import { errorLine, errorReport } from './error-text.js';
import { EXIT, type ExitCode } from './exit-code.js';
import type { Io } from './io.js';
import { VERSION } from './version.js';

function machineFormat(argv: readonly string[]): boolean {
  return argv.some(
    (word, index) =>
      /^--format=(json|ndjson)$/.test(word) ||
      (word === '--format' && /^(json|ndjson)$/.test(argv[index + 1] ?? '')),
  );
}

/** Builds the command tree; only the command that the line names is loaded, the others stay a name and a summary. */
async function buildProgram(argv: readonly string[], session: Session): Promise<Command> {
  const program = new Command('goodorder');
  program
    .description('Signed evidence of an item’s condition, verified offline, and a computed finding over it.')
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .showHelpAfterError('Run `goodorder --help` to see the commands.')
    .configureHelp({ showGlobalOptions: false, helpWidth: 80 });
  const named = argv.find((word) => !word.startsWith('-'));
  for (const entry of COMMANDS) {
    const command = program
      .command(entry.name)
      .summary(entry.summary)
      .description(entry.summary)
      .helpGroup(`${entry.group}:`);
    if (entry.name === named) {
      (await entry.load())(command, session);
      for (const leaf of leaves(command)) addGlobalOptions(leaf);
    }
  }
  program.addHelpText(
    'after',
    '\nExit codes:\n  0 passed   10 failed (altered, forged, incomplete)   11 undecided   12 differs\n' +
      '  2 wrong command line   3 unreadable input   70 internal error\n\n' +
      'Start here:\n  goodorder demo                     a whole dispute, start to finish, in ./goodorder-demo\n' +
      '  goodorder help verify              one command, with examples\n',
  );
  return program;
}

function leaves(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leaves);
}

function prepare(command: Command, session: Session): void {
  command.exitOverride();
  command.configureOutput({
    writeOut: (text) => void session.io.stdout.write(text),
    writeErr: (text) => void session.io.stderr.write(text),
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  });
  command.commands.forEach((child) => {
    prepare(child, session);
  });
}

/** Runs one command line and tells how it ended. Never throws, never prints a stack trace. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  const session = new Session(io);
  const words = argv.length === 0 ? ['--help'] : argv[0] === 'help' ? helpWords(argv) : argv;
  try {
    const program = await buildProgram(words, session);
    prepare(program, session);
    await program.parseAsync([...words], { from: 'user' });
    return session.exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.passed : EXIT.usage;
    if (machineFormat(words)) io.stdout.write(`${JSON.stringify(errorReport(error))}\n`);
    io.stderr.write(`${errorLine(error)}\n`);
    if (!(error instanceof GoodOrderError)) {
      if (io.env['GOODORDER_DEBUG'] !== undefined && error instanceof Error)
        io.stderr.write(`${error.stack}\n`);
      return EXIT.internal;
    }
    if (error.code === 'internal') return EXIT.internal;
    return error.code === 'cli.usage' ? EXIT.usage : EXIT.input;
  }
}

/** `help verify` is `verify --help`; `help` alone is `--help`. */
function helpWords(argv: readonly string[]): readonly string[] {
  return [...argv.slice(1), '--help'];
}
