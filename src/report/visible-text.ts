/**
 * Code points that must never reach a screen raw: C0, DEL and C1 controls (terminal escapes), soft hyphen, zero-width
 * and bidi marks (they reorder or hide what stands beside them), line and paragraph separators, invisible format
 * characters of scripts and music, variation selectors, tags, noncharacters and lone surrogates. Unicode TR36 §3,
 * CVE-2021-42574.
 */
export function isUnsafe(codePoint: number): boolean {
  return (
    codePoint < 0x20 ||
    (codePoint >= 0x7f && codePoint <= 0x9f) ||
    codePoint === 0xad ||
    codePoint === 0x34f ||
    codePoint === 0x61c ||
    codePoint === 0x115f ||
    codePoint === 0x1160 ||
    codePoint === 0x17b4 ||
    codePoint === 0x17b5 ||
    (codePoint >= 0x180b && codePoint <= 0x180f) ||
    (codePoint >= 0x200b && codePoint <= 0x200f) ||
    (codePoint >= 0x2028 && codePoint <= 0x202e) ||
    (codePoint >= 0x2060 && codePoint <= 0x206f) ||
    codePoint === 0x3164 ||
    (codePoint >= 0xfe00 && codePoint <= 0xfe0f) ||
    (codePoint >= 0xd800 && codePoint <= 0xdfff) ||
    (codePoint >= 0xfdd0 && codePoint <= 0xfdef) ||
    codePoint === 0xfeff ||
    codePoint === 0xffa0 ||
    (codePoint >= 0xfff0 && codePoint <= 0xfffb) ||
    (codePoint & 0xfffe) === 0xfffe ||
    (codePoint >= 0x13430 && codePoint <= 0x1343f) ||
    (codePoint >= 0x1bca0 && codePoint <= 0x1bca3) ||
    (codePoint >= 0x1d173 && codePoint <= 0x1d17a) ||
    (codePoint >= 0xe0000 && codePoint <= 0xe0fff)
  );
}

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
