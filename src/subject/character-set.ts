/** GS1 AI encodable character set 82 (General Specifications figure 7.11-1). */
export function isCset82(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) if (!inCset82(text.charCodeAt(i))) return false;
  return true;
}

function inCset82(code: number): boolean {
  return (
    code === 0x21 || // !
    code === 0x22 || // "
    (code >= 0x25 && code <= 0x3f) || // % & ' ( ) * + , - . / 0-9 : ; < = > ?
    (code >= 0x41 && code <= 0x5a) ||
    code === 0x5f || // _
    (code >= 0x61 && code <= 0x7a)
  );
}

/** RFC 3986 unreserved: what a canonical URI writes as it is. */
function isUnreserved(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x2d ||
    code === 0x2e ||
    code === 0x5f ||
    code === 0x7e
  );
}

export function isDigits(text: string): boolean {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code < 0x30 || code > 0x39) return false;
  }
  return text.length > 0;
}

const HEX = '0123456789ABCDEF';

/** Percent-encodes every byte outside the unreserved set with capital hex. The text is ASCII. */
export function percentEncode(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    out += isUnreserved(code) ? text.charAt(i) : `%${HEX.charAt(code >> 4)}${HEX.charAt(code & 15)}`;
  }
  return out;
}

function hexDigit(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  if (code >= 0x41 && code <= 0x46) return code - 0x37;
  if (code >= 0x61 && code <= 0x66) return code - 0x57;
  return -1;
}

/** Undoes percent-encoding of ASCII bytes in either case; null for a broken escape or a byte above 7F. */
export function percentDecode(text: string): string | null {
  if (!text.includes('%')) return text;
  let out = '';
  for (let i = 0; i < text.length; i += 1) {
    if (text.charCodeAt(i) !== 0x25) {
      out += text.charAt(i);
      continue;
    }
    const high = hexDigit(text.charCodeAt(i + 1));
    const low = hexDigit(text.charCodeAt(i + 2));
    if (high < 0 || high > 7 || low < 0) return null;
    out += String.fromCharCode(high * 16 + low);
    i += 2;
  }
  return out;
}
