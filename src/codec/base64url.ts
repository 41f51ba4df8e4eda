const URL_SAFE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** RFC 4648 §5, without padding. */
export function toBase64url(bytes: Uint8Array): string {
  return encode(bytes, URL_SAFE);
}

/**
 * The bytes of an unpadded base64url text. Throws TypeError for padding, a character outside the alphabet, an
 * impossible length, or leftover bits that are not zero: each byte string has one text.
 */
export function fromBase64url(text: string): Uint8Array {
  return decode(text, URL_SAFE, 'base64url');
}

/** RFC 4648 §4, padded with `=`. */
export function toBase64(bytes: Uint8Array): string {
  const text = encode(bytes, STANDARD);
  return text + '='.repeat((4 - (text.length % 4)) % 4);
}

/** The bytes of a padded base64 text. As strict as `fromBase64url`; the padding is required. */
export function fromBase64(text: string): Uint8Array {
  if (text.length % 4 !== 0)
    throw new TypeError(`base64 text has a length of ${text.length}, no multiple of 4`);
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  return decode(text.slice(0, text.length - padding), STANDARD, 'base64');
}

function encode(bytes: Uint8Array, alphabet: string): string {
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const group = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const digits = Math.min(bytes.length - i, 3) + 1;
    for (let d = 0; d < digits; d++) text += alphabet.charAt((group >> (18 - 6 * d)) & 63);
  }
  return text;
}

function decode(text: string, alphabet: string, name: string): Uint8Array {
  if (text.length % 4 === 1) throw new TypeError(`${name} text has an impossible length of ${text.length}`);
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let pending = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = alphabet.indexOf(text.charAt(i));
    if (digit < 0) throw new TypeError(`${name} text has a foreign character at ${i}`);
    pending = ((pending << 6) | digit) & 0x3fff;
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      bytes[at++] = pending >> bits;
    }
  }
  if ((pending & ((1 << bits) - 1)) !== 0)
    throw new TypeError(`${name} text has leftover bits that are not zero`);
  return bytes;
}
