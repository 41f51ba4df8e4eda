import type { Readable, Writable } from 'node:stream';

/** Everything a command takes from the world around it, handed in, so that tests can run a command whole. */
export interface Io {
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Current directory; relative paths on the command line start here. */
  readonly cwd: string;
  /** Seconds UTC. The core has no clock: this is where `--at` gets its default. */
  now(): number;
  random(length: number): Uint8Array;
}
