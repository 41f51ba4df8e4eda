/** A command line as it is handed to commander. */
export interface CommandLine {
  readonly words: readonly string[];
  /** The command it names, as typed: perhaps none that there is. */
  readonly named: string | undefined;
  /** The format in which a machine reads the answer, errors included; null for people. */
  readonly machine: 'json' | 'ndjson' | null;
  /** The command line that shows the help for it. */
  readonly help: string;
}

/** Common options that are followed by a value. */
const WITH_VALUE = ['--format', '--lang'];

/**
 * Reads what commander must be told before it parses: which command to load, and how to speak. `help verify` is
 * `verify --help`, and common options may stand before the command.
 */
export function readCommandLine(argv: readonly string[], commands: readonly string[]): CommandLine {
  const leading = leadingOptions(argv);
  const rest = argv.slice(leading.length);
  const asked = rest[0] === 'help' ? rest.slice(1).concat('--help') : rest;
  const named = asked.find((word) => !word.startsWith('-'));
  const known = named !== undefined && commands.includes(named);
  const end = asked.includes('--') ? asked.indexOf('--') : asked.length;
  const words = known
    ? [...asked.slice(0, end), ...leading, ...asked.slice(end)]
    : // Without a command there is nothing the options could be for: help, or the word that is no command.
      asked.filter((word) => named === undefined || !isHelp(word));
  return {
    words: words.length === 0 ? ['--help'] : words,
    named,
    machine: machineFormat(argv),
    help: known ? `goodorder ${named} --help` : 'goodorder --help',
  };
}

function leadingOptions(argv: readonly string[]): readonly string[] {
  let end = 0;
  while (end < argv.length && argv[end]?.startsWith('-') === true && !isAboutProgram(argv[end] as string)) {
    end += WITH_VALUE.includes(argv[end] as string) ? 2 : 1;
  }
  return argv.slice(0, end);
}

function isHelp(word: string): boolean {
  return word === '--help' || word === '-h';
}

function isAboutProgram(word: string): boolean {
  return isHelp(word) || word === '--version' || word === '-V';
}

function machineFormat(argv: readonly string[]): 'json' | 'ndjson' | null {
  for (const [index, word] of argv.entries()) {
    const value = word === '--format' ? argv[index + 1] : /^--format=(.*)$/.exec(word)?.[1];
    if (value === 'json' || value === 'ndjson') return value;
  }
  return null;
}
