import { columns, lineColumns } from './columns.js';
import type { Segment, StyledLine } from './styled-line.js';

/** A piece that is not broken: blanks, a word, or a mark. */
interface Piece {
  readonly segment: Segment;
  readonly columns: number;
  readonly blank: boolean;
}

/**
 * Lines of at most `width` columns, whatever stood in them: a name from a record may be hundreds of characters long. A
 * wide gap before a right-hand part gives way first; then the line is broken at blanks, and what follows is indented to
 * where the first line's text began. A word longer than a line is cut.
 */
export function fitLines(lines: readonly StyledLine[], width: number): StyledLine[] {
  return lines.flatMap((line) => (lineColumns(line) <= width ? [line] : fitLine(line, width)));
}

function fitLine(line: StyledLine, width: number): StyledLine[] {
  const pieces = squeezed(line.flatMap(piecesOf), lineColumns(line) - width, width);
  if (pieces.reduce((sum, piece) => sum + piece.columns, 0) <= width) return [segmentsOf(pieces)];
  const indent = hangingIndent(pieces, width);
  const lines: Piece[][] = [];
  let current: Piece[] = [];
  let used = 0;
  let room = width;
  for (const piece of pieces.flatMap((one) => cut(one, width - indent))) {
    if (used + piece.columns > room && current.some((one) => !one.blank)) {
      lines.push(current);
      current = [];
      used = 0;
      room = width - indent;
    }
    // Blanks at a break are the break.
    if (piece.blank && current.length === 0 && lines.length > 0) continue;
    current.push(piece);
    used += piece.columns;
  }
  if (current.some((one) => !one.blank)) lines.push(current);
  return lines.map((one, index) => {
    while (one.at(-1)?.blank === true) one.pop();
    return index === 0 ? segmentsOf(one) : [' '.repeat(indent), ...segmentsOf(one)];
  });
}

function piecesOf(segment: Segment): Piece[] {
  if (typeof segment !== 'string' && 'mark' in segment) return [{ segment, columns: 1, blank: false }];
  const text = typeof segment === 'string' ? segment : segment.text;
  return (text.match(/ +|[^ ]+/g) ?? []).map((part) => pieceOf(part, segment));
}

function pieceOf(text: string, like: Segment): Piece {
  const segment = typeof like === 'object' && 'style' in like ? { text, style: like.style } : text;
  return { segment, columns: columns(text), blank: text.startsWith(' ') };
}

/**
 * The wide gap before a part at the right edge, narrowed by as much as is too much, to two blanks at least. Gaps in the
 * left half keep columns in line, and stay.
 */
function squeezed(pieces: readonly Piece[], excess: number, width: number): readonly Piece[] {
  const gap = pieces.findLastIndex((piece, index) => piece.blank && piece.columns > 2 && index > 0);
  const wide = pieces[gap];
  const before = pieces.slice(0, gap).reduce((sum, piece) => sum + piece.columns, 0);
  if (wide === undefined || before < width / 2) return pieces;
  const narrow = pieceOf(' '.repeat(Math.max(2, wide.columns - excess)), wide.segment);
  return pieces.with(gap, narrow);
}

/** After a label and its gap, if the line begins so; else a little more than the line's own indentation. */
function hangingIndent(pieces: readonly Piece[], width: number): number {
  let at = 0;
  let leading = 0;
  for (const [index, piece] of pieces.entries()) {
    if (piece.blank && index === 0) leading = piece.columns;
    at += piece.columns;
    if (piece.blank && index > 0 && piece.columns > 1 && at <= width / 2) return at;
    if (at > width / 2) break;
  }
  return Math.min(leading + 2, width / 2);
}

function cut(piece: Piece, longest: number): Piece[] {
  if (piece.columns <= longest || piece.blank) return [piece];
  const text = typeof piece.segment === 'string' ? piece.segment : (piece.segment as { text: string }).text;
  const parts: Piece[] = [];
  let part = '';
  for (const character of text) {
    if (part !== '' && columns(part) + columns(character) > longest) {
      parts.push(pieceOf(part, piece.segment));
      part = '';
    }
    part += character;
  }
  return [...parts, pieceOf(part, piece.segment)];
}

function segmentsOf(pieces: readonly Piece[]): Segment[] {
  return pieces.map(({ segment }) => segment);
}
