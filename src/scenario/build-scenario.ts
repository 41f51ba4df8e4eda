import { parseInstant } from '../codec/instant.js';
import { GoodOrderError, type Place } from '../errors.js';
import { MEMBER } from '../passport/element.js';
import { exportPassport } from '../passport/export.js';
import { encodePassport } from '../passport/file.js';
import type { SignedRecord } from '../record/record.js';
import type { RecordTypeName } from '../record/types/index.js';
import { fromWritten, type WrittenValue } from '../record/written-form.js';
import { type PositionedValue, positionAt, toPlainValue } from '../rules/positioned-value.js';
import { type Cast, castParties, type Player } from './cast.js';
import { type NameTable, pathText, replaceNames } from './names.js';
import { type ScenarioFile, type ScenarioRecord, scenarioSchema } from './scenario-file.js';
import { SigningDesk } from './signing-desk.js';
import { TestLog } from './test-log.js';
import { writeTrustFile } from './trust-text.js';

/**
 * What a scenario cannot hold itself: files beside it. `$file: name` in a payload becomes the description of a sealed
 * file, `$sensor: {…}` the payload fields of a logger file; whoever builds says how.
 */
export interface ScenarioFiles {
  seal(name: string): Promise<WrittenValue>;
  importSensor(request: {
    readonly [key: string]: WrittenValue;
  }): Promise<{ readonly [key: string]: unknown }>;
}

export interface BuiltScenario {
  readonly title: string;
  readonly item: string;
  readonly passport: Uint8Array;
  /** The trust file's bytes. */
  readonly trust: Uint8Array;
  /** Every record by its name, also those left out of the passport; the manifests stand under `manifest`, `manifest-2`, … */
  readonly records: ReadonlyMap<string, SignedRecord>;
  /** Names in the order of signing. */
  readonly order: readonly string[];
  readonly parties: ReadonlyMap<string, Player>;
  /** With names replaced by URIs; the value a dispute file would hold, without the passport's digest. */
  readonly dispute: { readonly [key: string]: WrittenValue } | null;
  readonly expect: { readonly [key: string]: WrittenValue } | null;
}

/**
 * Builds a scenario into really signed records and a passport. Keys, salts, times, log and witnesses are all derived
 * from the text, so building twice gives the same bytes.
 *
 * @throws GoodOrderError `scenario.*` with file, line and column, or `signer.refused` with the record's position
 */
export async function buildScenario(
  source: PositionedValue,
  file: string,
  files?: ScenarioFiles,
): Promise<BuiltScenario> {
  const at = (path: readonly (string | number)[]): Place => ({
    file,
    ...positionAt(source, path),
    path: pathText(path),
  });
  const scenario = readScenario(source, at);
  const builder = new ScenarioBuilder(scenario, await castParties(scenario), files, at);
  return builder.build();
}

function readScenario(
  source: PositionedValue,
  at: (path: readonly (string | number)[]) => Place,
): ScenarioFile {
  const read = scenarioSchema.safeParse(toPlainValue(source));
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  const path = (issue?.path ?? []).filter((step) => typeof step !== 'symbol');
  throw new GoodOrderError('scenario.malformed', issue?.message ?? 'not a scenario', at(path));
}

class ScenarioBuilder implements NameTable {
  readonly #scenario: ScenarioFile;
  readonly #cast: Cast;
  readonly #files: ScenarioFiles | undefined;
  readonly #at: (path: readonly (string | number)[]) => Place;
  readonly #desk = new SigningDesk();
  readonly #log = new TestLog();
  readonly #records = new Map<string, SignedRecord>();
  readonly #notes = new Map<string, { readonly hash: string; readonly bytes: Uint8Array }>();
  readonly #receipts: Uint8Array[] = [];
  readonly #openings: Uint8Array[] = [];
  readonly #usedNotes = new Map<string, Uint8Array>();
  #loggedUntil = 0;

  constructor(
    scenario: ScenarioFile,
    cast: Cast,
    files: ScenarioFiles | undefined,
    at: (path: readonly (string | number)[]) => Place,
  ) {
    this.#scenario = scenario;
    this.#cast = cast;
    this.#files = files;
    this.#at = at;
  }

  get item(): string {
    return this.#scenario.item;
  }

  party(name: string): string | undefined {
    return this.#cast.players.get(name)?.uri;
  }

  kid(name: string): string | undefined {
    return this.#cast.players.get(name)?.signer.kid;
  }

  record(name: string): string | undefined {
    return this.#records.get(name)?.id;
  }

  async build(): Promise<BuiltScenario> {
    const scenario = this.#scenario;
    for (const [index, entry] of scenario.records.entries()) await this.#sign(entry, ['records', index]);
    const left = new Set(scenario.records.filter((entry) => entry.omit === true).map((entry) => entry.id));
    const carried = [...this.#records].filter(([name]) => !left.has(name)).map(([, record]) => record);
    const passport = await this.#export(this.#encode(carried));
    return {
      title: scenario.title,
      item: scenario.item,
      passport,
      trust: new TextEncoder().encode(writeTrustFile(scenario, this.#cast)),
      records: this.#records,
      order: [...this.#records.keys()],
      parties: this.#cast.players,
      dispute: this.#replaced(scenario.dispute, ['dispute']),
      expect: (scenario.expect as { readonly [key: string]: WrittenValue } | undefined) ?? null,
    };
  }

  #replaced(
    value: unknown,
    path: readonly (string | number)[],
  ): { readonly [key: string]: WrittenValue } | null {
    if (value === undefined) return null;
    return this.#located(path, () => replaceNames(value as WrittenValue, this, path)) as {
      readonly [key: string]: WrittenValue;
    };
  }

  /** Errors that know only a path learn the line it stands on. */
  #located<T>(path: readonly (string | number)[], work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.#placed(error, path);
    }
  }

  #placed(error: unknown, path: readonly (string | number)[]): unknown {
    if (!(error instanceof GoodOrderError) || error.place.line !== undefined) return error;
    const inner = error.place.path ?? '';
    const whole = inner.startsWith(pathText(path.slice(0, 1)))
      ? stepsOf(inner)
      : [...path, ...stepsOf(inner)];
    return new GoodOrderError(error.code, error.message, this.#at(whole), error);
  }

  async #sign(entry: ScenarioRecord, path: readonly (string | number)[]): Promise<void> {
    if (this.#records.has(entry.id)) {
      throw new GoodOrderError(
        'scenario.malformed',
        `two records are named \`${entry.id}\``,
        this.#at([...path, 'id']),
      );
    }
    const player = this.#cast.players.get(entry.by);
    if (player === undefined) {
      throw new GoodOrderError(
        'scenario.unknown-name',
        `there is no party named \`${entry.by}\``,
        this.#at([...path, 'by']),
      );
    }
    const sub = this.#located([...path, 'sub'], () =>
      replaceNames(entry.sub ?? scenarioItem(this), this, [...path, 'sub']),
    ) as string;
    const payloadPath = [...path, 'payload'];
    try {
      const written = replaceNames(
        (await this.#withFiles(entry.payload as WrittenValue)) as WrittenValue,
        this,
        payloadPath,
      );
      const made = await this.#desk.sign({
        name: entry.id,
        player,
        sub,
        type: entry.type as RecordTypeName,
        payload: fromWritten(written) as Readonly<Record<string, unknown>>,
        iat: parseInstant(entry.at).utcS,
        seen: (entry.seen ?? []).map((name, index) => this.#idOf(name, [...path, 'seen', index])),
        anchors: (entry.anchors ?? []).map((name, index) => this.#noteOf(name, [...path, 'anchors', index])),
        ...(entry.forks === undefined ? {} : { forks: this.#recordOf(entry.forks, [...path, 'forks']) }),
      });
      this.#records.set(entry.id, made.signed);
      if (entry.omit === true) return;
      if (entry.openings !== 'none') this.#openings.push(...made.openings);
      if (entry.logged !== undefined)
        this.#logRecord(entry.id, made.signed, parseInstant(entry.logged).utcS, [...path, 'logged']);
    } catch (error) {
      throw this.#placed(error, payloadPath);
    }
  }

  #recordOf(name: string, path: readonly (string | number)[]): SignedRecord {
    const found = this.#records.get(name);
    if (found !== undefined) return found;
    throw new GoodOrderError(
      'scenario.unknown-name',
      `there is no earlier record named \`${name}\``,
      this.#at(path),
    );
  }

  #idOf(name: string, path: readonly (string | number)[]): string {
    return this.#recordOf(name, path).id;
  }

  #noteOf(name: string, path: readonly (string | number)[]): string {
    const note = this.#notes.get(name);
    if (note === undefined) {
      throw new GoodOrderError(
        'scenario.unknown-name',
        `no earlier logged record is named \`${name}\``,
        this.#at(path),
      );
    }
    this.#usedNotes.set(note.hash, note.bytes);
    return note.hash;
  }

  #logRecord(name: string, record: SignedRecord, time: number, path: readonly (string | number)[]): void {
    if (time < this.#loggedUntil) {
      throw new GoodOrderError(
        'scenario.malformed',
        'a log only grows: this time lies before the last logged one',
        this.#at(path),
      );
    }
    this.#loggedUntil = time;
    const { note, receipt } = this.#log.append(record.id, time);
    this.#notes.set(name, note);
    this.#usedNotes.set(note.hash, note.bytes);
    this.#receipts.push(receipt);
  }

  async #withFiles(value: WrittenValue): Promise<unknown> {
    if (Array.isArray(value)) return Promise.all(value.map((item) => this.#withFiles(item as WrittenValue)));
    if (typeof value !== 'object' || value === null) return value;
    const { $file, $sensor, ...rest } = value as { readonly [key: string]: WrittenValue };
    const out: Record<string, unknown> = {};
    if ($file !== undefined || $sensor !== undefined) {
      if (this.#files === undefined)
        throw new GoodOrderError('scenario.malformed', 'this scenario needs files that were not given');
      if (typeof $file === 'string') Object.assign(out, await this.#files.seal($file));
      if (typeof $sensor === 'object' && $sensor !== null && !Array.isArray($sensor)) {
        Object.assign(
          out,
          await this.#files.importSensor($sensor as { readonly [key: string]: WrittenValue }),
        );
      }
    }
    for (const [key, member] of Object.entries(rest)) out[key] = await this.#withFiles(member);
    return out;
  }

  /** The passport as it leaves its exporter's house, with the manifest that says what it holds. */
  async #export(passport: Uint8Array): Promise<Uint8Array> {
    const request = this.#scenario.export;
    if (request === undefined) return passport;
    const player = this.#cast.players.get(request.by);
    if (player === undefined) {
      throw new GoodOrderError(
        'scenario.unknown-name',
        `there is no party named \`${request.by}\``,
        this.#at(['export', 'by']),
      );
    }
    let manifests = 0;
    const exported = await exportPassport({
      from: [passport],
      maker: {
        kid: player.signer.kid,
        coseKey: player.signer.coseKey,
        sign: async (payload) => {
          manifests += 1;
          const name = manifests === 1 ? 'manifest' : `manifest-${manifests}`;
          const made = await this.#desk.sign({
            name,
            player,
            sub: this.item,
            type: 'manifest',
            payload: payload as unknown as Readonly<Record<string, unknown>>,
            iat: parseInstant(request.at).utcS,
            seen: [],
            anchors: [],
          });
          this.#records.set(name, made.signed);
          return { id: made.id, record: made.record };
        },
      },
    });
    return exported.bytes;
  }

  #encode(carried: readonly SignedRecord[]): Uint8Array {
    const kids = new Set(carried.map((record) => record.kid));
    const credentials = this.#cast.credentialsFor(kids);
    return encodePassport({
      item: this.item,
      members: {
        [MEMBER.records]: carried.map((record) => record.bytes),
        [MEMBER.keys]: this.#cast.keysFor(kids),
        [MEMBER.credentials]: credentials,
        [MEMBER.openings]: this.#openings,
        [MEMBER.notes]: [...this.#usedNotes.values()],
        [MEMBER.receipts]: this.#receipts,
      },
    });
  }
}

function scenarioItem(table: NameTable): string {
  return table.item;
}

/** `a.b[2].c` as steps. */
function stepsOf(path: string): (string | number)[] {
  return path === ''
    ? []
    : path
        .split('.')
        .flatMap((part) =>
          part.split('[').map((step) => (step.endsWith(']') ? Number(step.slice(0, -1)) : step)),
        )
        .filter((step) => step !== '');
}
