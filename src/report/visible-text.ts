import { isUnsafe } from '../codec/unsafe-character.js';

/**
 * Text from a record, made safe to show in one line: unsafe code points become `\u{hex}`, so that a reader sees that
 * something was there. A backslash of the text is doubled, so that the escape cannot be forged.
 */
export function visibleText(text: string, maxLength = 500): string {
  let out = '';
  let count = 0;
  for (const character of text) {
    if (count === maxLength) return `${out}…`;
    count += 1;
    const codePoint = character.codePointAt(0) ?? 0;
    if (character === '\\') out += '\\\\';
    else if (isUnsafe(codePoint)) out += `\\u{${codePoint.toString(16)}}`;
    else out += character;
  }
  return out;
}

/** Unsafe code points alone made visible, in text that is otherwise as it should be. */
export function escapeUnsafe(text: string): string {
  let out = '';
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    out += isUnsafe(codePoint) ? `\\u{${codePoint.toString(16)}}` : character;
  }
  return out;
}
