import { isUnsafe } from '../report/visible-text.js';

/**
 * A value as JSON with a line break at its end: indented for `json`, one line for `ndjson`. Characters that would act on
 * a screen, or reorder what stands beside them, are written as escapes: to a parser it is the same text.
 */
export function jsonText(value: unknown, format: 'json' | 'ndjson'): string {
  const text = JSON.stringify(value, null, format === 'json' ? 2 : undefined);
  return `${text.replace(/[\x7f-\u{10ffff}]/gu, escapeUnsafe)}\n`;
}

function escapeUnsafe(character: string): string {
  if (!isUnsafe(character.codePointAt(0) ?? 0)) return character;
  let out = '';
  for (let index = 0; index < character.length; index += 1) {
    out += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return out;
}
