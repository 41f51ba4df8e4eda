import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { fileURLToPath } from 'node:url';

interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}
interface Script {
  readonly url: string;
  readonly functions: readonly { readonly ranges: readonly Range[] }[];
}

/**
 * Which characters of the product's code ran, by V8's own counting of blocks. To be made before the code is loaded: V8
 * does not count in what it compiled earlier.
 */
export class BlockCoverage {
  readonly #session = new Session();

  constructor() {
    this.#session.connect();
    this.#session.post('Profiler.enable');
    this.#session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** Follows one bundle, in which a comment with the path stands before each module's code. */
  watch(url: string): WatchedFile {
    return new WatchedFile(url, () => {
      let scripts: readonly Script[] = [];
      this.#session.post('Profiler.takePreciseCoverage', (error, answer) => {
        if (error !== null) throw error;
        scripts = answer.result;
      });
      return scripts;
    });
  }
}

export class WatchedFile {
  readonly #url: string;
  readonly #take: () => readonly Script[];
  /** 1: a character of the product's code. */
  readonly #product: Uint8Array;
  readonly #seen: Uint8Array;
  readonly #painted: Uint8Array;

  constructor(url: string, take: () => readonly Script[]) {
    this.#url = url;
    this.#take = take;
    const text = readFileSync(fileURLToPath(url), 'utf8');
    this.#product = new Uint8Array(text.length);
    this.#seen = new Uint8Array(text.length);
    this.#painted = new Uint8Array(text.length);
    const starts = [...text.matchAll(/^\/\/ (?:\.\.\/)*([\w@.-]+)\/\S+$/gm)];
    for (const [index, start] of starts.entries()) {
      const end = starts[index + 1]?.index ?? text.length;
      if (start[1] === 'src') this.#product.fill(1, start.index, end);
    }
  }

  /** Counts from here on. */
  reset(): void {
    this.#take();
  }

  /** How many characters ran since the last call that never ran before; with `keep`, they count as seen. */
  fresh(keep: boolean): number {
    const script = this.#take().find(({ url }) => url === this.#url);
    if (script === undefined) return 0;
    const painted = this.#painted.fill(0);
    // Outer functions come before inner ones, a function's own range before its blocks.
    for (const { ranges } of script.functions) {
      for (const { startOffset, endOffset, count } of ranges)
        painted.fill(count > 0 ? 1 : 0, startOffset, endOffset);
    }
    let found = 0;
    for (let at = 0; at < painted.length; at += 1) {
      if (painted[at] === 0 || this.#product[at] === 0 || this.#seen[at] === 1) continue;
      found += 1;
      if (keep) this.#seen[at] = 1;
    }
    return found;
  }

  covered(): { readonly characters: number; readonly of: number } {
    let characters = 0;
    let of = 0;
    for (let at = 0; at < this.#product.length; at += 1) {
      of += this.#product[at]!;
      characters += this.#seen[at]!;
    }
    return { characters, of };
  }
}
