import { GoodOrderError, type Place } from '../errors.js';

/**
 * RFC 8259 without its freedoms, for the files that people write (trust files, disputes): a key stands once in an
 * object, text is well-formed UTF-8 without byte order mark and without lone surrogates, at most 64 levels, and a
 * number is one that JavaScript holds: a whole number exactly, any other finite and not rounded to a whole one.
 * Objects have no prototype, so that `__proto__` is a key like any other.
 */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

const MAX_JSON_DEPTH = 64;

/** Throws GoodOrderError `json.syntax` or `json.duplicate-key` with file, line and column (code points, from 1). */
export function parseStrictJson(input: string | Uint8Array, file?: string): JsonValue {
  const text = typeof input === 'string' ? input : decodeText(input, file);
  return new JsonReader(text, file).document();
}

function decodeText(bytes: Uint8Array, file: string | undefined): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new GoodOrderError(
      'json.syntax',
      'the text is not well-formed UTF-8',
      file === undefined ? {} : { file },
    );
  }
}

// Sticky: each matches only where the reader stands.
const NUMBER = /-?(?:0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 §7 wants these escaped
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const SPACE = /[ \t\n\r]*/y;
const HEX_4 = /[0-9a-fA-F]{4}/y;
const LONE_SURROGATE = /[\ud800-\udfff]/u;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ['\\', '\\'],
  ['/', '/'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
]);
const WORDS: readonly (readonly [string, null | boolean])[] = [
  ['true', true],
  ['false', false],
  ['null', null],
];

class JsonReader {
  private at = 0;

  constructor(
    private readonly text: string,
    private readonly file: string | undefined,
  ) {}

  document(): JsonValue {
    if (this.text.startsWith('\ufeff')) throw this.error('the text begins with a byte order mark');
    const value = this.value(1);
    if (this.at < this.text.length) throw this.error('expected the end of the text');
    return value;
  }

  /** A value with the space around it. */
  private value(depth: number): JsonValue {
    if (depth > MAX_JSON_DEPTH) throw this.error(`nested deeper than ${MAX_JSON_DEPTH} levels`);
    this.match(SPACE);
    const value = this.bareValue(depth);
    this.match(SPACE);
    return value;
  }

  private bareValue(depth: number): JsonValue {
    switch (this.text[this.at]) {
      case '{':
        return this.object(depth);
      case '[':
        return this.array(depth);
      case '"':
        return this.string();
    }
    for (const [word, value] of WORDS) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    return this.number();
  }

  private object(depth: number): JsonObject {
    const object: Record<string, JsonValue> = Object.create(null);
    this.at++;
    this.match(SPACE);
    if (this.take('}')) return object;
    for (;;) {
      this.match(SPACE);
      const start = this.at;
      if (this.text[start] !== '"') throw this.error('expected a key in double quotes');
      const key = this.string();
      if (key in object)
        throw this.error(`the key \`${JSON.stringify(key)}\` stands twice`, start, 'json.duplicate-key');
      this.match(SPACE);
      if (!this.take(':')) throw this.error('expected `:`');
      object[key] = this.value(depth + 1);
      if (this.take('}')) return object;
      if (!this.take(',')) throw this.error('expected `,` or `}`');
    }
  }

  private array(depth: number): JsonValue[] {
    const array: JsonValue[] = [];
    this.at++;
    this.match(SPACE);
    if (this.take(']')) return array;
    for (;;) {
      array.push(this.value(depth + 1));
      if (this.take(']')) return array;
      if (!this.take(',')) throw this.error('expected `,` or `]`');
    }
  }

  private string(): string {
    const start = this.at++;
    let value = this.match(PLAIN);
    while (!this.take('"')) {
      if (!this.take('\\'))
        throw this.error(this.at < this.text.length ? 'control character in a string' : 'string without end');
      value += this.escape() + this.match(PLAIN);
    }
    if (LONE_SURROGATE.test(value)) throw this.error('string with a lone surrogate', start);
    return value;
  }

  private escape(): string {
    const letter = this.text[this.at] ?? '';
    const plain = ESCAPES.get(letter);
    if (plain === undefined && letter !== 'u') throw this.error('unknown escape in a string');
    this.at++;
    if (plain !== undefined) return plain;
    const digits = this.match(HEX_4);
    if (digits === '') throw this.error('expected four hex digits after `\\u`');
    return String.fromCharCode(Number.parseInt(digits, 16));
  }

  private number(): number {
    const start = this.at;
    NUMBER.lastIndex = start;
    const match = NUMBER.exec(this.text);
    if (match === null)
      throw this.error(start < this.text.length ? 'expected a value' : 'the text ends too early');
    this.at += match[0].length;
    const value = Number(match[0]);
    const whole = match[1] === undefined && match[2] === undefined;
    if (whole ? !Number.isSafeInteger(value) : !Number.isFinite(value)) {
      throw this.error('number too large to be held exactly', start);
    }
    if (!whole && Number.isSafeInteger(value) && significant(match[0]) !== significant(String(value))) {
      throw this.error('number that would be rounded to a whole one', start);
    }
    // −0 is not told from 0 by anything that reads a file.
    return value === 0 ? 0 : value;
  }

  /** What the sticky pattern matches here, possibly nothing. */
  private match(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }

  private take(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at++;
    return true;
  }

  private error(
    message: string,
    at: number = this.at,
    code: 'json.syntax' | 'json.duplicate-key' = 'json.syntax',
  ): GoodOrderError {
    const before = this.text.slice(0, at);
    const lineStart = before.lastIndexOf('\n') + 1;
    const place: Place = {
      line: before.split('\n').length,
      column: Array.from(before.slice(lineStart)).length + 1,
    };
    return new GoodOrderError(code, message, this.file === undefined ? place : { file: this.file, ...place });
  }
}

/** The digits of a JSON number from its first to its last that is not 0, and the power of ten of the last. */
function significant(number: string): string {
  const [mantissa = '', exponent = '0'] = number.replace(/^-/, '').toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.split('.');
  const digits = (whole + fraction).replace(/^0+/, '');
  const end = lastNonZero(digits) + 1;
  return end === 0
    ? '0'
    : `${digits.slice(0, end)}e${Number(exponent) - fraction.length + digits.length - end}`;
}

/** By hand: a pattern anchored at the end is quadratic in a run of zeros. */
function lastNonZero(digits: string): number {
  let at = digits.length - 1;
  while (at >= 0 && digits[at] === '0') at--;
  return at;
}
