import fastStringWidth from 'fast-string-width';
import type { Segment } from './styled-line.js';

/** Columns a text takes on a terminal; a Chinese character takes two. */
export function columns(text: string): number {
  return ASCII.test(text) ? text.length : fastStringWidth(text);
}

/** Printable ASCII, one column a character: nearly all that is shown, and it needs no table of scripts. */
const ASCII = /^[ -~]*$/;

function textOf(segment: Segment): string {
  if (typeof segment === 'string') return segment;
  return 'mark' in segment ? '*' : segment.text;
}

export function lineColumns(line: readonly Segment[]): number {
  return line.reduce((sum, segment) => sum + columns(textOf(segment)), 0);
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

/** Left part, then the right part at the right edge; two spaces at least between them. */
export function leftRight(left: readonly Segment[], right: Segment, width: number): Segment[] {
  const gap = width - lineColumns(left) - columns(textOf(right));
  return [...left, ' '.repeat(Math.max(2, gap)), right];
}

/** Breaks a text at spaces (or between Chinese characters) into lines of at most `width` columns. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of wordsOf(text)) {
    if (/^\s+$/.test(word)) {
      if (line !== '') line += ' ';
      continue;
    }
    if (line !== '' && columns(line) + columns(word) > width) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += word;
  }
  if (line.trim() !== '') lines.push(line.trimEnd());
  return lines;
}

function wordsOf(text: string): readonly string[] {
  if (ASCII.test(text)) return text.match(/ +|[^ ]+/g) ?? [];
  return (
    text.match(
      /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]|[^\s\p{Script=Han}\u3000-\u303f\uff00-\uffef]+|\s+/gu,
    ) ?? []
  );
}
