// Headings and settings of logger files, taken apart by searching from an end: a file may hold a cell as long as itself,
// and a pattern that tries every split of it takes the square of that.

const LINE_BREAK = /[\n\r\u2028\u2029]/;

/** `Temperature [°C]`: what stands in the last brackets, and before them; null where the text does not end in brackets. */
export function bracketedEnd(
  text: string,
  brackets: '()' | '[]' | '()[]',
): { readonly before: string; readonly inside: string } | null {
  const last = text.length - 1;
  if (!isOneOf(brackets, text[last], 1)) return null;
  for (let at = last - 1; at >= 0; at -= 1) {
    if (!brackets.includes(text[at]!)) continue;
    const before = text.slice(0, at);
    if (!isOneOf(brackets, text[at], 0) || LINE_BREAK.test(before.trimEnd())) return null;
    return { before, inside: text.slice(at + 1, last) };
  }
  return null;
}

/** `Serial number: 42`, or with another sign; null where nothing stands before the sign, or more than a line behind it. */
export function keyAndValue(
  text: string,
  sign: ':' | '=',
): { readonly key: string; readonly value: string } | null {
  const at = text.indexOf(sign);
  if (at < 1) return null;
  const value = text.slice(at + 1).trimStart();
  return LINE_BREAK.test(value) ? null : { key: text.slice(0, at), value };
}

/** Brackets stand in pairs: the opening one, then the closing one. */
function isOneOf(brackets: string, character: string | undefined, side: 0 | 1): boolean {
  return character !== undefined && brackets.indexOf(character) % 2 === side;
}
