import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { onTestFinished } from 'vitest';
import * as z from 'zod/mini';
import type { ExitCode } from '../../src/cli/exit-code.js';
import type { Io } from '../../src/cli/io.js';
import { run } from '../../src/cli/program.js';
import { RESULT_SCHEMAS } from '../../src/cli/result-schemas.js';
import { utf8Bytes } from '../../src/codec/hex.js';
import { sha256 } from '../../src/crypto/hash.js';
import { buildScenario } from '../../src/scenario/build-scenario.js';
import { readYaml } from '../../src/yaml/read-yaml.js';

/** 2026-09-10T00:00:00Z: the clock of every test. */
export const NOW = 1_788_998_400;

// biome-ignore lint/suspicious/noExplicitAny: what a result holds is for each test to assert
export type Json = any;

export interface Ran {
  readonly exit: ExitCode;
  readonly out: string;
  readonly err: string;
  /** The result under `--format json`; throws where stdout is not exactly one JSON value. */
  json(): Json;
}

export interface RunOptions {
  /** Folder below the workplace to run in. */
  readonly in?: string;
  readonly stdin?: Uint8Array | string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** A terminal of this many columns instead of a pipe. */
  readonly tty?: number;
  readonly now?: () => number;
}

class Sink extends Writable {
  readonly #parts: Buffer[] = [];
  readonly isTTY?: boolean;
  readonly columns?: number;

  constructor(tty: number | undefined) {
    super();
    if (tty !== undefined) {
      this.isTTY = true;
      this.columns = tty;
    }
  }

  override _write(part: Buffer, _encoding: string, done: () => void): void {
    this.#parts.push(part);
    done();
  }

  get text(): string {
    return Buffer.concat(this.#parts).toString('utf8');
  }
}

/** A temporary folder with an installation of its own, in which whole command lines are run. */
export class Workplace {
  readonly folder: string;
  #random = 0;

  private constructor(folder: string) {
    this.folder = folder;
  }

  /** Removed when the test is over. */
  static async make(): Promise<Workplace> {
    const folder = await mkdtemp(join(tmpdir(), 'goodorder-cli-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    return new Workplace(folder);
  }

  /** In a folder that somebody else makes and removes. */
  static at(folder: string): Workplace {
    return new Workplace(folder);
  }

  /** What a command is given when it prints nothing that anybody reads. */
  io(): Io {
    return {
      stdin: Readable.from([]),
      stdout: new Sink(undefined),
      stderr: new Sink(undefined),
      env: {},
      cwd: this.folder,
      now: () => NOW,
      random: (length) => this.#nextBytes(length),
    };
  }

  async run(argv: readonly string[], options: RunOptions = {}): Promise<Ran> {
    const out = new Sink(options.tty);
    const err = new Sink(options.tty);
    const cwd = this.path(options.in ?? '.');
    await mkdir(cwd, { recursive: true });
    const exit = await run(argv, {
      stdin: Readable.from(options.stdin === undefined ? [] : [Buffer.from(options.stdin)]),
      stdout: out,
      stderr: err,
      env: { GOODORDER_INSTALLATION: this.path('installation'), ...options.env },
      cwd,
      now: options.now ?? (() => NOW),
      random: (length) => this.#nextBytes(length),
    });
    assertPublished(argv, out.text);
    return { exit, out: out.text, err: err.text, json: () => JSON.parse(out.text) };
  }

  /** Runs and demands success; the JSON result. */
  async must(argv: readonly string[], options: RunOptions = {}): Promise<Json> {
    const ran = await this.run([...argv, '--format', 'json'], options);
    if (ran.exit !== 0)
      throw new Error(`goodorder ${argv.join(' ')}: exit ${ran.exit}\n${ran.out}${ran.err}`);
    return ran.json();
  }

  #nextBytes(length: number): Uint8Array {
    this.#random += 1;
    return sha256(utf8Bytes(`${this.folder} ${this.#random}`)).slice(0, length);
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  async write(name: string, content: Uint8Array | string): Promise<string> {
    await mkdir(dirname(this.path(name)), { recursive: true });
    await writeFile(this.path(name), content);
    return name;
  }

  async writeJson(name: string, value: unknown): Promise<string> {
    return this.write(name, `${JSON.stringify(value, null, 2)}\n`);
  }

  async read(name: string): Promise<Uint8Array> {
    return new Uint8Array(await readFile(this.path(name)));
  }

  async readText(name: string): Promise<string> {
    return readFile(this.path(name), 'utf8');
  }
}

/** A dinner set that is packed and not yet fetched; the demo's trust file vouches for its parties. */
export async function packedPassport(): Promise<Uint8Array> {
  const file = new URL('../../fixtures/preflight/packed.scenario.yaml', import.meta.url);
  const text = await readFile(file, 'utf8');
  return (await buildScenario(readYaml(text, 'packed.scenario.yaml'), 'packed.scenario.yaml')).passport;
}

const GROUPS = ['credential', 'key', 'media', 'pack', 'sensor', 'trust'];

/** Whatever any test makes a command write as JSON must be what its published schema says. */
function assertPublished(argv: readonly string[], out: string): void {
  if (argv[argv.indexOf('--format') + 1] !== 'json' || !out.startsWith('{')) return;
  const value = JSON.parse(out) as Json;
  if (value.error !== undefined) return;
  const words = argv.filter((word) => !word.startsWith('-'));
  const name = words.slice(0, GROUPS.includes(words[0] ?? '') ? 2 : 1).join(' ');
  const schema = RESULT_SCHEMAS[name];
  if (schema === undefined) return;
  const read = z.safeParse(schema, value);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new Error(`${name} --format json: ${JSON.stringify(issue)}`);
  }
}
