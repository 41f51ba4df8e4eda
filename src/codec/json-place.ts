/** Line and column of a place in a JSON text, both from 1; columns count code points. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/**
 * Where the value at `path` (keys and indexes from the root) stands in a text that `parseStrictJson` has accepted; for
 * a path that leads nowhere, the deepest container on the way. `'key'` gives the place of the last key instead of its value.
 */
export function jsonPlace(
  text: string,
  path: readonly (string | number)[],
  what: 'key' | 'value' = 'value',
): TextPlace {
  const walker = new Walker(text);
  let place = walker.at;
  for (const [position, step] of path.entries()) {
    const found = typeof step === 'number' ? walker.enterElement(step) : walker.enterMember(step);
    if (found === null) break;
    place = what === 'key' && position === path.length - 1 ? found : walker.at;
  }
  const before = text.slice(0, place);
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: Array.from(before.slice(lineStart)).length + 1 };
}

const SPACE = /[ \t\n\r]*/y;
const SCALAR = /[^,\]}\s]+/y;

/** Steps over values without judging them. It always stands at the first character of a value. */
class Walker {
  at = 0;

  constructor(private readonly text: string) {
    this.space();
  }

  /** Moves to the element; null when there is none. */
  enterElement(index: number): number | null {
    if (this.text[this.at] !== '[') return null;
    const start = this.at++;
    for (let passed = 0; ; passed += 1) {
      this.space();
      if (this.text[this.at] === ']') break;
      if (passed === index) return this.at;
      this.skipValue();
      this.space();
      if (this.text[this.at] !== ',') break;
      this.at += 1;
    }
    this.at = start;
    return null;
  }

  /** Moves to the member's value and gives the place of its key; null when there is none. */
  enterMember(key: string): number | null {
    if (this.text[this.at] !== '{') return null;
    const start = this.at++;
    for (;;) {
      this.space();
      const keyAt = this.at;
      if (this.text[keyAt] !== '"') break;
      const name = JSON.parse(this.string()) as string;
      this.space();
      this.at += 1;
      this.space();
      if (name === key) return keyAt;
      this.skipValue();
      this.space();
      if (this.text[this.at] !== ',') break;
      this.at += 1;
    }
    this.at = start;
    return null;
  }

  private skipValue(): void {
    // Depth is counted, not recursed into; a bracket inside a string is passed with the string.
    let depth = 0;
    do {
      this.space();
      const character = this.text[this.at];
      if (character === undefined) return;
      if (character === '"') this.string();
      else if (character === '{' || character === '[') {
        depth += 1;
        this.at += 1;
      } else if (character === '}' || character === ']') {
        depth -= 1;
        this.at += 1;
      } else if (character === ',' || character === ':') this.at += 1;
      else this.take(SCALAR);
    } while (depth > 0);
  }

  /** By hand: a pattern that repeats a group runs out of stack in a text of some megabytes. */
  private string(): string {
    const start = this.at;
    this.at += 1;
    while (this.at < this.text.length) {
      const character = this.text[this.at];
      this.at += character === '\\' ? 2 : 1;
      if (character === '"') break;
    }
    return this.text.slice(start, this.at);
  }

  private space(): void {
    this.take(SPACE);
  }

  private take(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? '';
    this.at += found.length;
    return found;
  }
}
