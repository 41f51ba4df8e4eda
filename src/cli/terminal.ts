import { styleText } from 'node:util';
import { fitLines } from '../report/fit-lines.js';
import type { Mark, Segment, Style, StyledLine } from '../report/styled-line.js';
import { escapeUnsafe } from '../report/visible-text.js';

export interface TerminalOptions {
  readonly colour: boolean;
  /** False when piped or on a dumb terminal: marks, ellipses and quotes are ASCII. */
  readonly unicode: boolean;
  readonly width: number;
}

const UNICODE_MARKS: Readonly<Record<Mark, string>> = { passed: '✓', limited: '!', failed: '✗' };
const ASCII_MARKS: Readonly<Record<Mark, string>> = { passed: '+', limited: '!', failed: 'x' };
const MARK_STYLES: Readonly<Record<Mark, Style>> = { passed: 'good', limited: 'caution', failed: 'bad' };

type Format = Parameters<typeof styleText>[0];
const FORMATS: Readonly<Record<Style, Format | null>> = {
  plain: null,
  strong: 'bold',
  faint: 'dim',
  good: 'green',
  caution: 'yellow',
  bad: 'red',
  accent: 'cyan',
};

function paint(style: Style, text: string, colour: boolean): string {
  const format = FORMATS[style];
  return colour && format !== null ? styleText(format, text, { validateStream: false }) : text;
}

/** Typographic characters that our own sentences use, and what a plain terminal shows instead. */
const ASCII_FORMS: ReadonlyMap<string, string> = new Map([
  ['…', '...'],
  ['’', "'"],
  ['‘', "'"],
  ['“', '"'],
  ['”', '"'],
  ['–', '-'],
  ['—', '-'],
  ['→', '->'],
  ['·', '|'],
  ['≤', '<='],
  ['≥', '>='],
  ['×', 'x'],
]);

/** Columns stay where they were: what a longer spelling takes is given back by the next blanks, down to two of them. */
class AsciiLine {
  #grown = 0;

  segment(segment: Segment): Segment {
    if (typeof segment === 'string') return this.#text(segment);
    return 'mark' in segment ? segment : { ...segment, text: this.#text(segment.text) };
  }

  #text(text: string): string {
    let out = '';
    for (const [part] of text.matchAll(/ {3,}|./gsu)) {
      const blanks = part.length > 2 && part.startsWith(' ');
      const given = blanks ? Math.min(this.#grown, part.length - 2) : 0;
      const shown = ASCII_FORMS.get(part) ?? part.slice(given);
      this.#grown += shown.length - part.length;
      out += shown;
    }
    return out;
  }
}

function asciiLine(line: StyledLine): StyledLine {
  const ascii = new AsciiLine();
  return line.map((segment) => ascii.segment(segment));
}

function renderSegment(segment: Segment, options: TerminalOptions): string {
  if (typeof segment === 'string') return segment;
  if ('mark' in segment) {
    const mark = (options.unicode ? UNICODE_MARKS : ASCII_MARKS)[segment.mark];
    return paint(MARK_STYLES[segment.mark], mark, options.colour);
  }
  return paint(segment.style, segment.text, options.colour);
}

/** The last door before the screen: what some line forgot to make visible does not pass it raw. */
function safeSegment(segment: Segment): Segment {
  if (typeof segment === 'string') return escapeUnsafe(segment);
  return 'mark' in segment ? segment : { ...segment, text: escapeUnsafe(segment.text) };
}

/** Lines for one terminal, none wider than it. */
export function renderLines(lines: readonly StyledLine[], options: TerminalOptions): string {
  const safe = lines.map((line) => line.map(safeSegment));
  // First the characters, then the widths: three dots are wider than an ellipsis.
  const shown = options.unicode ? safe : safe.map(asciiLine);
  return fitLines(shown, options.width)
    .map(
      (line) =>
        `${line
          .map((segment) => renderSegment(segment, options))
          .join('')
          .trimEnd()}\n`,
    )
    .join('');
}

interface Stream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** Reads what a stream can show. `NO_COLOR` and `FORCE_COLOR` as in no-color.org; `TERM=dumb` shows ASCII. */
export function terminalOptions(
  stream: Stream,
  env: Readonly<Record<string, string | undefined>>,
  colourFlag: boolean,
): TerminalOptions {
  const tty = stream.isTTY === true && env['TERM'] !== 'dumb';
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '' && env['FORCE_COLOR'] !== '0';
  const refused = !colourFlag || (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '');
  return {
    colour: !refused && (tty || forced),
    unicode: tty,
    width: Math.max(60, Math.min(tty ? (stream.columns ?? 80) : 80, 100)),
  };
}
