import type { Command } from 'commander';
import { LOGGER_FAMILIES } from '../../capture/sensor/families/index.js';
import { type GuessedMap, guessColumnMap } from '../../capture/sensor/guess-map.js';
import type { LoggerFamily } from '../../capture/sensor/logger-family.js';
import { type LoggerFile, openLoggerFile } from '../../capture/sensor/logger-file.js';
import { GoodOrderError } from '../../errors.js';
import { visibleText } from '../../report/visible-text.js';
import { addHelpText, type GlobalOptions, type Session } from '../command.js';
import { readInput } from '../read-input.js';
import { writeOutput } from '../write-output.js';
import { loggerInput } from './logger-input.js';

interface GuessOptions extends GlobalOptions {
  readonly sheet?: string;
  readonly output?: string;
  readonly force?: boolean;
}

export function defineSensorGuess(command: Command, session: Session): void {
  const guess = command
    .command('guess')
    .description('propose a column map for a file, with reasons; nothing is read by it')
    .argument('<file>', 'the logger’s file (text or XLSX)')
    .option('--sheet <name>', 'which sheet of a workbook (XLSX)')
    .option('-o, --output <file>', 'the map (default: printed)')
    .option('--force', 'replace the file if it exists');
  addHelpText(
    guess,
    ['goodorder sensor guess leg-b.csv', 'goodorder sensor guess leg-b.csv -o guessed.columns.yaml'],
    [
      '0 proposed   3 the file has no rows of a time and a number',
      'Check every line, fill in what stays open, then import with --map.',
    ],
  );
  guess.action(async (file: string, options: GuessOptions) => {
    const { io } = session;
    const { bytes } = await readInput(file, io);
    const input = await loggerInput(bytes, options.sheet, 'text');
    const opened = openLoggerFile(input.bytes);
    const families = LOGGER_FAMILIES.filter((family) => family.recognises(opened) && opens(family, opened));
    const guessed = guessColumnMap(opened);
    if (guessed === null) {
      const known = families.map(({ name }) => `\`${name}\``).join(', ');
      throw new GoodOrderError(
        'sensor-import.columns',
        known === ''
          ? 'the file shows no rows of a time and a number'
          : `the file needs no map: \`goodorder sensor import\` reads it as ${known}`,
        { file },
      );
    }
    const text = mapText(
      file,
      guessed,
      families.map(({ name }) => name),
    );
    if (options.output !== undefined) {
      await writeOutput(options.output, text, io, { overwrite: options.force === true });
    }
    const result = {
      schemaVersion: 1,
      file,
      families: families.map(({ name }) => name),
      parts: guessed.parts,
      alternatives: guessed.alternatives,
      ...(options.output === undefined ? {} : { written: options.output }),
    };
    // A map that is printed must stay YAML: no line of it is broken for a narrow screen.
    if (options.format === 'text' && options.output === undefined) io.stdout.write(text);
    else
      session.result(options, result, [
        [`A proposal, with its reasons: ${visibleText(options.output ?? '')}`],
      ]);
    session.talk([[], ['Check every line; nothing was read by this map.']], options);
  });
}

/** A family may recognise a file that it cannot read without being told more. */
function opens(family: LoggerFamily, file: LoggerFile): boolean {
  try {
    family.open(file);
    return true;
  } catch {
    return false;
  }
}

/** The map as YAML, each line under its reason; what the file leaves open stands commented out. */
function mapText(file: string, { parts, alternatives }: GuessedMap, families: readonly string[]): string {
  const lines = comment(
    `Proposed for ${file}. Check every line: nothing is read by it until you give it with --map.`,
  );
  for (const family of families) {
    lines.push(...comment(`The file is recognised as \`${family}\`: it may be read without a map.`));
  }
  for (const { key, value, why } of parts) {
    lines.push(...comment(why));
    const holes = typeof value === 'object' && value !== null && Object.values(value).includes(null);
    if (value === null) lines.push(`# ${key}:`);
    else if (holes) lines.push(`${key}: ${withHoles(value as Record<string, unknown>)}`);
    else lines.push(`${key}: ${JSON.stringify(value)}`);
  }
  for (const alternative of alternatives) lines.push(...comment(`Also numbers: ${alternative}`));
  return `${lines.join('\n')}\n`;
}

/** What the file leaves open within a part is no YAML value that a map takes. */
function withHoles(value: Readonly<Record<string, unknown>>): string {
  const members = Object.entries(value).map(
    ([key, member]) => `${key}: ${member === null ? '<say it>' : JSON.stringify(member)}`,
  );
  return `{ ${members.join(', ')} }`;
}

const WIDTH = 78;

/** Lines of a comment, no wider than a screen. */
function comment(text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of visibleText(text).split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > WIDTH) {
      lines.push(`# ${line}`);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, `# ${line}`];
}
