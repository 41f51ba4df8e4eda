/** Where a value stands in the text its author wrote; both count from 1. */
export interface SourcePosition {
  readonly line: number;
  readonly column: number;
}

export interface PositionedScalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  readonly position: SourcePosition;
}

export interface PositionedList {
  readonly kind: 'list';
  readonly items: readonly PositionedValue[];
  readonly position: SourcePosition;
}

export interface PositionedEntry {
  readonly key: string;
  readonly position: SourcePosition;
  readonly value: PositionedValue;
}

export interface PositionedMap {
  readonly kind: 'map';
  /** In the author's order; no key occurs twice. */
  readonly entries: readonly PositionedEntry[];
  readonly position: SourcePosition;
}

/**
 * What a file people write holds, with the place of every part of it. `yaml/read-yaml.ts` makes one from text; the
 * loaders of packs, disputes and scenarios read it, so that their errors can name line and column.
 */
export type PositionedValue = PositionedScalar | PositionedList | PositionedMap;

/** The value of a key, or undefined when the map has no such key. */
export function entryOf(map: PositionedMap, key: string): PositionedValue | undefined {
  return map.entries.find((entry) => entry.key === key)?.value;
}

/** The same value without positions. Maps become null-prototype objects, so that a key `__proto__` is a key like any other. */
export function toPlainValue(value: PositionedValue): unknown {
  switch (value.kind) {
    case 'scalar':
      return value.value;
    case 'list':
      return value.items.map(toPlainValue);
    case 'map': {
      const plain: Record<string, unknown> = Object.create(null);
      for (const entry of value.entries) plain[entry.key] = toPlainValue(entry.value);
      return plain;
    }
  }
}

/** The position of the part at `path`; where the path leaves the value, the position of the last part that exists. */
export function positionAt(value: PositionedValue, path: readonly (string | number)[]): SourcePosition {
  let at: PositionedValue = value;
  for (const step of path) {
    const next: PositionedValue | undefined =
      at.kind === 'list' && typeof step === 'number'
        ? at.items[step]
        : at.kind === 'map' && typeof step === 'string'
          ? entryOf(at, step)
          : undefined;
    if (next === undefined) return at.position;
    at = next;
  }
  return at.position;
}
