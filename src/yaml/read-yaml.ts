import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type YAMLError,
} from 'yaml';
import type { ToolCode } from '../codes.js';
import { GoodOrderError } from '../errors.js';
import type { PositionedEntry, PositionedValue, SourcePosition } from '../rules/positioned-value.js';

/** No file that people write is deeper or longer. */
const MAX_DEPTH = 64;
const MAX_LENGTH = 1024 * 1024;

/**
 * Reads one YAML 1.2 document of the core schema into values with positions. No anchors, aliases or tags, no key
 * twice, no number that is not a whole number of at most 2^53 − 1: each is an error with file, line and column
 * (`yaml.syntax`, `yaml.alias`, `yaml.duplicate-key`). JSON is YAML, so a JSON file reads alike.
 */
export function readYaml(text: string, file?: string): PositionedValue {
  const lines = new LineCounter();
  const reader = new YamlReader(text, lines, file);
  if (text.length > MAX_LENGTH) reader.refuse('yaml.syntax', 'more than 1 MiB of text', 0);
  const [document, second] = reader.parse();
  if (document === undefined) return reader.refuse('yaml.syntax', 'nothing stands here', 0);
  if (second !== undefined) reader.refuse('yaml.syntax', 'a second document begins here', second.range[0]);
  return reader.document(document);
}

interface Pair {
  readonly key: unknown;
  readonly value: unknown;
}

class YamlReader {
  private readonly text: string;
  private readonly lines: LineCounter;
  private readonly file: string | undefined;

  constructor(text: string, lines: LineCounter, file: string | undefined) {
    this.text = text;
    this.lines = lines;
    this.file = file;
  }

  parse(): readonly Document.Parsed[] {
    try {
      return [
        ...parseAllDocuments(this.text, {
          version: '1.2',
          schema: 'core',
          lineCounter: this.lines,
          // The parser compares every key with every other: ours are counted in `entries`.
          uniqueKeys: false,
          strict: true,
          prettyErrors: false,
          merge: false,
          logLevel: 'silent',
        }),
      ];
    } catch (error) {
      // The parser recurses; only nesting beyond all reason ends the stack.
      if (error instanceof RangeError) this.refuse('yaml.syntax', `values nest deeper than ${MAX_DEPTH}`, 0);
      throw error;
    }
  }

  refuse(code: ToolCode, message: string, offset: number): never {
    const { line, column } = this.position(offset);
    throw new GoodOrderError(code, message, {
      ...(this.file === undefined ? {} : { file: this.file }),
      line,
      column,
    });
  }

  private position(offset: number): SourcePosition {
    const { line, col } = this.lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  document(document: Document.Parsed): PositionedValue {
    const problem: YAMLError | undefined = [...document.errors, ...document.warnings].sort(
      (a, b) => a.pos[0] - b.pos[0],
    )[0];
    if (problem !== undefined) {
      this.refuse('yaml.syntax', firstSentence(problem.message), problem.pos[0]);
    }
    if (document.contents === null) this.refuse('yaml.syntax', 'nothing stands here', 0);
    return this.value(document.contents, 1);
  }

  private value(node: Node, depth: number): PositionedValue {
    const offset = node.range?.[0] ?? 0;
    if (depth > MAX_DEPTH) this.refuse('yaml.syntax', `values nest deeper than ${MAX_DEPTH}`, offset);
    if (isAlias(node)) this.refuse('yaml.alias', 'aliases are not allowed', offset);
    if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined) {
      this.refuse('yaml.alias', 'anchors are not allowed', offset);
    }
    if (node.tag !== undefined) this.refuse('yaml.syntax', 'tags are not allowed', offset);
    const position = this.position(offset);
    if (isSeq(node)) {
      return { kind: 'list', items: node.items.map((item) => this.item(item, offset, depth)), position };
    }
    if (isMap(node)) {
      return { kind: 'map', entries: this.entries(node.items, offset, depth), position };
    }
    if (isScalar(node))
      return { kind: 'scalar', value: this.scalar(node.value, node.source, offset), position };
    return this.refuse('yaml.syntax', 'this kind of value is not allowed', offset);
  }

  private item(item: unknown, offset: number, depth: number): PositionedValue {
    if (isNode(item)) return this.value(item, depth + 1);
    return this.refuse('yaml.syntax', 'a list item is empty', offset);
  }

  /** By the names they get: `1` and `"1"` are two keys of YAML and one of the value made here. */
  private entries(pairs: readonly Pair[], offset: number, depth: number): PositionedEntry[] {
    const names = new Set<string>();
    return pairs.map((pair) => {
      const entry = this.entry(pair, offset, depth, names);
      names.add(entry.key);
      return entry;
    });
  }

  private entry(pair: Pair, offset: number, depth: number, taken: ReadonlySet<string>): PositionedEntry {
    const { key, value } = pair;
    if (!isScalar(key)) return this.refuse('yaml.syntax', 'a key is one plain word or a quoted text', offset);
    const at = key.range?.[0] ?? offset;
    if (key.anchor !== undefined) this.refuse('yaml.alias', 'anchors are not allowed', at);
    const position = this.position(at);
    const name = typeof key.value === 'string' ? key.value : (key.source ?? '');
    if (taken.has(name)) this.refuse('yaml.duplicate-key', 'map keys must be unique', at);
    if (!isNode(value)) return { key: name, position, value: { kind: 'scalar', value: null, position } };
    return { key: name, position, value: this.value(value, depth + 1) };
  }

  private scalar(
    value: unknown,
    source: string | undefined,
    offset: number,
  ): string | number | boolean | null {
    if (typeof value === 'number' || typeof value === 'bigint') {
      const number = Number(value);
      if (Number.isSafeInteger(number) && !Object.is(number, -0) && !isDecimal(source ?? '')) return number;
      this.refuse(
        'yaml.syntax',
        `\`${source ?? String(value)}\` is no whole number of at most 2^53 - 1; quote it if it is text`,
        offset,
      );
    }
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    return this.refuse('yaml.syntax', 'this kind of value is not allowed', offset);
  }
}

/** `1.0` and `1e3` are whole by chance; whoever wrote them meant something else, a version number for example. */
function isDecimal(source: string): boolean {
  return source.includes('.') || (!source.startsWith('0x') && (source.includes('e') || source.includes('E')));
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

/** The library's message without its second sentence, in our form: lowercase, no full stop. */
function firstSentence(message: string): string {
  const first = message.split('\n')[0]!.replace(/[.:]?\s*$/, '');
  return first.charAt(0).toLowerCase() + first.slice(1);
}
