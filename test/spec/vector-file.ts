/** One file of `docs/spec/vectors`: what it is about, and its cases in their order. */
export interface VectorFile {
  readonly name: string;
  readonly about: string;
  /** Plain JSON data, each with a `name` that is unique in the file. */
  readonly cases: readonly VectorCase[];
}

export interface VectorCase {
  readonly name: string;
  readonly [member: string]: unknown;
}

/** The text of the file. */
export function vectorText({ about, cases }: VectorFile): string {
  return `${JSON.stringify({ about, cases }, null, 1)}\n`;
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');
}

/** Names of cases that come in runs: `what`, `what 2`, `what 3`. */
export function numbered(): (name: string) => string {
  const times = new Map<string, number>();
  return (name) => {
    const time = (times.get(name) ?? 0) + 1;
    times.set(name, time);
    return time === 1 ? name : `${name} ${time}`;
  };
}
