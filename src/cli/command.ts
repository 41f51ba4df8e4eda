import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseInstant } from '../codec/instant.js';
import type { Language } from '../report/labels/code-label.js';
import type { StyledLine } from '../report/styled-line.js';
import type { ExitCode } from './exit-code.js';
import type { Io } from './io.js';
import { renderLines, type TerminalOptions, terminalOptions } from './terminal.js';

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
  readonly load: () => Promise<(command: Command, session: Session) => void>;
}

/** One run of the program: where it prints, and the exit code it will end with. */
export class Session {
  readonly io: Io;
  exit: ExitCode = 0;

  constructor(io: Io) {
    this.io = io;
  }

  /** Results go to stdout. */
  terminal(options: Pick<GlobalOptions, 'color'>): TerminalOptions {
    return terminalOptions(this.io.stdout, this.io.env, options.color);
  }

  print(lines: readonly StyledLine[], options: Pick<GlobalOptions, 'color'>): void {
    this.io.stdout.write(renderLines(lines, this.terminal(options)));
  }

  printJson(value: unknown, options: Pick<GlobalOptions, 'format'>): void {
    this.io.stdout.write(`${JSON.stringify(value, null, options.format === 'json' ? 2 : undefined)}\n`);
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

export function addGlobalOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--format <format>', 'how results are written')
        .choices(['text', 'json', 'ndjson'])
        .default('text'),
    )
    .addOption(new Option('--lang <language>', 'language of sentences').choices(['en', 'zh']).default('en'))
    .option('-q, --quiet', 'say nothing but results and errors')
    .option('-v, --verbose', 'say more')
    .option('--no-color', 'no colours')
    .option('--no-progress', 'no progress bar')
    .option('--no-input', 'never ask anything');
}

/** `--at`: RFC 3339 with an offset, or seconds UTC. */
export function parseAt(text: string): number {
  if (/^\d{1,12}$/.test(text)) return Number(text);
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

/** Examples and exit codes under a command's help. */
export function addHelpText(
  command: Command,
  examples: readonly string[],
  exits: readonly string[],
): Command {
  const block = (title: string, lines: readonly string[]): string =>
    `\n${title}:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
  return command.addHelpText(
    'after',
    `${block('Examples', examples)}${exits.length > 0 ? block('Exit codes', exits) : ''}`,
  );
}
