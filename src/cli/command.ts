import { type Command, InvalidArgumentError, Option } from 'commander';
import { isInstant, parseInstant } from '../codec/instant.js';
import type { Language } from '../report/labels/code-label.js';
import type { StyledLine } from '../report/styled-line.js';
import type { ExitCode } from './exit-code.js';
import type { Io } from './io.js';
import { jsonPieces } from './json-text.js';
import { renderLines, type TerminalOptions, terminalOptions } from './terminal.js';

export { addHelpText } from './help-layout.js';

export type Format = 'text' | 'json' | 'ndjson';

/** Options that every command takes. */
export interface GlobalOptions {
  readonly format: Format;
  readonly lang: Language;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color: boolean;
  readonly progress: boolean;
  readonly input: boolean;
}

export interface CommandEntry {
  readonly name: string;
  readonly group: string;
  readonly summary: string;
  /** Loads the one file that defines the command, so that `verify` does not read what it does not use. */
  readonly load: () => Promise<DefineCommand>;
}

/** Gives a command its arguments, options and action. */
export type DefineCommand = (command: Command, session: Session) => void;

/** Runs one command line in a world of its own and tells how it ended. */
export type RunLine = (argv: readonly string[], io: Io) => Promise<ExitCode>;

/** One run of the program: where it prints, how to run another line, and the exit code it will end with. */
export class Session {
  readonly io: Io;
  readonly runLine: RunLine;
  /** Every command there is, for those that tell of the others. */
  readonly commands: readonly CommandEntry[];
  exit: ExitCode = 0;

  constructor(io: Io, runLine: RunLine, commands: readonly CommandEntry[]) {
    this.io = io;
    this.runLine = runLine;
    this.commands = commands;
  }

  /** Results go to stdout. */
  terminal(options: Pick<GlobalOptions, 'color'>): TerminalOptions {
    return terminalOptions(this.io.stdout, this.io.env, options.color);
  }

  print(lines: readonly StyledLine[], options: Pick<GlobalOptions, 'color'>): void {
    this.io.stdout.write(renderLines(lines, this.terminal(options)));
  }

  printJson(value: unknown, { format }: Pick<GlobalOptions, 'format'>): void {
    for (const piece of jsonPieces(value, format === 'ndjson' ? 'ndjson' : 'json'))
      this.io.stdout.write(piece);
  }

  /** A result, as data or as lines for people. */
  result(options: GlobalOptions, data: unknown, lines: readonly StyledLine[]): void {
    if (options.format === 'text') this.print(lines, options);
    else this.printJson(data, options);
  }

  /** Talk goes to stderr; nothing is said there under `--quiet` or a machine format. */
  talk(lines: readonly StyledLine[], options: GlobalOptions): void {
    if (options.quiet === true || options.format !== 'text') return;
    this.io.stderr.write(renderLines(lines, terminalOptions(this.io.stderr, this.io.env, options.color)));
  }
}

const COMMON = 'Common options:';

export function addGlobalOptions(command: Command): Command {
  const common = (option: Option): Command => command.addOption(option.helpGroup(COMMON));
  common(new Option('--format <format>', 'results as').choices(['text', 'json', 'ndjson']).default('text'));
  common(new Option('--lang <language>', 'sentences in').choices(['en', 'zh']).default('en'));
  common(new Option('-q, --quiet', 'say nothing but results and errors'));
  common(new Option('-v, --verbose', 'say more'));
  common(new Option('--no-color', 'no colours'));
  common(new Option('--no-progress', 'no progress bar'));
  common(new Option('--no-input', 'never ask anything'));
  return command.addHelpOption(new Option('-h, --help', 'show this help').helpGroup(COMMON));
}

/** `--at`: RFC 3339 with an offset, or seconds UTC. */
export function parseAt(text: string): number {
  if (/^\d{1,12}$/.test(text) && isInstant(Number(text))) return Number(text);
  try {
    return parseInstant(text).utcS;
  } catch {
    throw new InvalidArgumentError('expected a time such as 2026-09-08T12:00:00Z or seconds since 1970 UTC');
  }
}

export function parseCount(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('expected a whole number');
  return Number(text);
}
