import { isUnsafe } from '../codec/unsafe-character.js';

/**
 * A value as JSON with a line break at its end: indented for `json`, one line for `ndjson`. Characters that would act on
 * a screen, or reorder what stands beside them, are written as escapes: to a parser it is the same text.
 */
export function jsonText(value: unknown, format: 'json' | 'ndjson'): string {
  return [...jsonPieces(value, format)].join('');
}

const PIECE_LENGTH = 65_536;

/** The same text in pieces: the report on a large passport is longer than what it reports on. */
export function* jsonPieces(value: unknown, format: 'json' | 'ndjson'): Generator<string> {
  const indent = format === 'json' ? '  ' : '';
  let collected = '';
  for (const piece of pieces(value, indent, format === 'json' ? '\n' : '', DEPTH_OF_PIECES)) {
    collected += piece;
    if (collected.length < PIECE_LENGTH) continue;
    yield collected;
    collected = '';
  }
  yield `${collected}\n`;
}

/** Reports keep their lists one or two levels down; below, a value is written as a whole. */
const DEPTH_OF_PIECES = 3;

function* pieces(value: unknown, indent: string, lineBreak: string, depth: number): Generator<string> {
  if (depth === 0 || typeof value !== 'object' || value === null || hasToJson(value)) {
    yield whole(value, indent, lineBreak);
    return;
  }
  const inner = `${lineBreak}${indent}`;
  let before = '';
  if (Array.isArray(value)) {
    for (const item of value) {
      yield `${before === '' ? '[' : ','}${inner}`;
      yield* pieces(item, indent, inner, depth - 1);
      before = ',';
    }
    yield before === '' ? '[]' : `${lineBreak}]`;
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    yield `${before === '' ? '{' : ','}${inner}${escaped(JSON.stringify(key))}:${indent === '' ? '' : ' '}`;
    yield* pieces(item, indent, inner, depth - 1);
    before = ',';
  }
  yield before === '' ? '{}' : `${lineBreak}}`;
}

function hasToJson(value: object): boolean {
  return typeof (value as { toJSON?: unknown }).toJSON === 'function';
}

/** JSON writes no line break inside a text, so every one of them is between two parts and takes the indent. */
function whole(value: unknown, indent: string, lineBreak: string): string {
  const text = JSON.stringify(value, null, indent) ?? 'null';
  return escaped(lineBreak === '\n' || indent === '' ? text : text.replaceAll('\n', lineBreak));
}

function escaped(text: string): string {
  return text.replace(/[\x7f-\u{10ffff}]/gu, escapeUnsafe);
}

function escapeUnsafe(character: string): string {
  if (!isUnsafe(character.codePointAt(0) ?? 0)) return character;
  let out = '';
  for (let index = 0; index < character.length; index += 1) {
    out += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return out;
}
