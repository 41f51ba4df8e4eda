import { isUnsafe } from '../codec/unsafe-character.js';
import type { Code } from '../codes.js';
import { GoodOrderError } from '../errors.js';
import type { PositionedMap, PositionedValue, SourcePosition } from './positioned-value.js';

/** Throws with the code and the place in the file. */
function refuse(code: Code, message: string, position: SourcePosition, file: string | undefined): never {
  throw new GoodOrderError(code, message, {
    ...(file === undefined ? {} : { file }),
    line: position.line,
    column: position.column,
  });
}

function refuseUnsafe(text: string, fail: (message: string) => never): void {
  for (const character of text) {
    const codePoint = character.codePointAt(0)!;
    if (!isUnsafe(codePoint)) continue;
    const name = `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
    fail(`with ${name}, which hides or reorders what stands beside it`);
  }
}

/** A part of a pack's text with its place, read strictly: what is not asked for is an error. */
export class PackSource {
  readonly value: PositionedValue;
  readonly file: string | undefined;
  /** What this part is, for messages: `rules[2].then`. */
  readonly path: string;

  constructor(value: PositionedValue, file: string | undefined, path = '') {
    this.value = value;
    this.file = file;
    this.path = path;
  }

  fail(message: string, code: Code = 'pack.malformed'): never {
    const where = this.path === '' ? 'pack' : `\`${this.path}\``;
    refuse(code, `${where}: ${message}`, this.value.position, this.file);
  }

  at(key: string | number, value: PositionedValue): PackSource {
    const path =
      typeof key === 'number' ? `${this.path}[${key}]` : this.path === '' ? key : `${this.path}.${key}`;
    return new PackSource(value, this.file, path);
  }

  /** A map with exactly these keys; those not in `required` may be absent. */
  fields(required: readonly string[], optional: readonly string[] = []): ReadonlyMap<string, PackSource> {
    const fields = this.entries();
    for (const [key, source] of fields) {
      if (!required.includes(key) && !optional.includes(key)) source.fail(`\`${key}\` has no meaning here`);
    }
    for (const key of required) if (!fields.has(key)) this.fail(`\`${key}\` is missing`);
    return fields;
  }

  /** A map with any keys. */
  entries(): ReadonlyMap<string, PackSource> {
    const map = this.map();
    return new Map(
      map.entries.map(({ key, position, value }) => {
        // The path of the part would name it by this key.
        refuseUnsafe(key, (message) =>
          refuse('pack.malformed', `pack: a key ${message}`, position, this.file),
        );
        return [key, this.at(key, value)];
      }),
    );
  }

  private map(): PositionedMap {
    if (this.value.kind !== 'map') this.fail('expected a map of names to values');
    return this.value;
  }

  isMap(): boolean {
    return this.value.kind === 'map';
  }

  list(): readonly PackSource[] {
    if (this.value.kind !== 'list') this.fail('expected a list');
    return this.value.items.map((item, index) => this.at(index, item));
  }

  /** A list, or one value standing for a list of one. */
  listOrOne(): readonly PackSource[] {
    return this.value.kind === 'list' ? this.list() : [this];
  }

  /** One line that shows all it holds: a pack is a stranger's file, and its sentences are read by people who judge. */
  text(): string {
    if (this.value.kind !== 'scalar' || typeof this.value.value !== 'string' || this.value.value === '') {
      this.fail('expected text');
    }
    refuseUnsafe(this.value.value, (message) => this.fail(`text ${message}`));
    return this.value.value;
  }

  boolean(): boolean {
    if (this.value.kind !== 'scalar' || typeof this.value.value !== 'boolean')
      this.fail('expected true or false');
    return this.value.value;
  }

  integer(min: number, max: number): number {
    const value = this.value.kind === 'scalar' ? this.value.value : null;
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min || value > max) {
      this.fail(`expected an integer from ${min} to ${max}`);
    }
    return value;
  }

  word<W extends string>(words: readonly W[]): W {
    const text = this.text();
    if (!(words as readonly string[]).includes(text)) {
      this.fail(`\`${text}\` is none of ${words.map((word) => `\`${word}\``).join(', ')}`);
    }
    return text as W;
  }
}
