import type { CborFaultCode } from './cbor-fault.js';

/**
 * The text of the profile: well-formed UTF-8 (RFC 3629) without U+0000–08, 0B–1F, 7F–9F and FEFF. Characters that
 * deceive the eye, such as bidi overrides, are legal bytes and are escaped when shown.
 */

/** True if the bytes from `start` to `end` are such text; else code and offset are put into `report`. */
export function scanText(
  bytes: Uint8Array,
  start: number,
  end: number,
  report: { code: CborFaultCode; offset: number },
): boolean {
  let at = start;
  const lastFour = end - 3;
  while (at < end) {
    // Most text is printable ASCII: four at a time is four times as fast as one by one with every question asked.
    while (
      at < lastFour &&
      isPrintable(bytes[at]!) &&
      isPrintable(bytes[at + 1]!) &&
      isPrintable(bytes[at + 2]!) &&
      isPrintable(bytes[at + 3]!)
    ) {
      at += 4;
    }
    if (at === end) return true;
    const lead = bytes[at]!;
    if (lead < 0x80) {
      if (lead < 0x20 ? lead !== 0x09 && lead !== 0x0a : lead === 0x7f)
        return fault(report, 'cbor.text-control', at);
      at++;
      continue;
    }
    const length = sequenceLength(bytes, at, end, lead);
    if (length === 0) return fault(report, 'cbor.text-utf8', at);
    // C2 80–9F are U+0080–9F; EF BB BF is U+FEFF.
    if (
      (lead === 0xc2 && bytes[at + 1]! < 0xa0) ||
      (lead === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf)
    ) {
      return fault(report, 'cbor.text-control', at);
    }
    at += length;
  }
  return true;
}

/** 20 to 7E. */
function isPrintable(byte: number): boolean {
  return (byte - 0x20) >>> 0 < 0x5f;
}

/** Length of the well-formed sequence of two to four bytes at `at`, or 0: RFC 3629 §4, UTF8-2 to UTF8-4. */
function sequenceLength(bytes: Uint8Array, at: number, end: number, lead: number): 0 | 2 | 3 | 4 {
  const length = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (length === 0 || length > end - at) return 0;
  const second = bytes[at + 1]!;
  // Overlong forms, surrogates and code points above U+10FFFF are all told by the second byte.
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let i = 2; i < length; i++) if ((bytes[at + i]! & 0xc0) !== 0x80) return 0;
  return length;
}

function fault(report: { code: CborFaultCode; offset: number }, code: CborFaultCode, offset: number): false {
  report.code = code;
  report.offset = offset;
  return false;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the code points that the profile refuses
const REFUSED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff\ud800-\udfff]/u;

/**
 * True if the string may stand in evidence: no refused code point and no lone surrogate (with the `u` flag a pair is
 * one code point and does not match).
 */
export function isProfileText(text: string): boolean {
  return !REFUSED.test(text);
}
