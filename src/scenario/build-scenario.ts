import { parseInstant } from '../codec/instant.js';
import { MEMBER } from '../passport/element.js';
import { exportPassport } from '../passport/export.js';
import { encodePassport } from '../passport/file.js';
import type { SignedRecord } from '../record/record.js';
import { RECORD_TYPES, type RecordTypeName } from '../record/types/index.js';
import { fromWritten, type WrittenValue } from '../record/written-form.js';
import type { PositionedValue } from '../rules/positioned-value.js';
import { parseSubject } from '../subject/subject.js';
import { type Cast, castParties, type Player } from './cast.js';
import { type NameTable, replaceNames } from './names.js';
import { readScenario, type ScenarioFile, type ScenarioRecord } from './scenario-file.js';
import { type ScenarioPath, ScenarioSource } from './scenario-source.js';
import { SigningDesk } from './signing-desk.js';
import { type LoggedNote, TestLog } from './test-log.js';
import { writeTrustFile } from './trust-text.js';

/** A map as people write it. */
export type WrittenMap = Readonly<Record<string, WrittenValue>>;

/**
 * What a scenario cannot hold itself: files beside it. `$file: name` in a payload becomes the description of a sealed
 * file, `$sensor: {…}` the payload fields of a logger file; whoever builds says how.
 */
export interface ScenarioFiles {
  /** An entry of a media record's `files`. */
  seal(name: string): Promise<WrittenMap>;
  /** Payload fields of a sensor-batch. */
  importSensor(request: WrittenMap): Promise<WrittenMap>;
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
  /** With names replaced by URIs: the value a dispute file would hold, its digests not filled in. */
  readonly dispute: WrittenMap | null;
  /** As written. */
  readonly expect: WrittenMap | null;
}

/**
 * Builds a scenario into really signed records and a passport. Keys, salts, times, log and witnesses are all derived
 * from the text, so building twice gives the same bytes.
 *
 * @throws GoodOrderError with file, line and column: `scenario.*`, `signer.refused` for a record whose payload would be
 * faulty, `draft.malformed` for a value that cannot be read, and what reading a file beside it throws
 */
export async function buildScenario(
  root: PositionedValue,
  file: string,
  files?: ScenarioFiles,
): Promise<BuiltScenario> {
  const source = new ScenarioSource(root, file);
  const scenario = readScenario(root, source);
  if (!parseSubject(scenario.item).ok) {
    throw source.malformed(`\`${scenario.item}\` is no canonical subject`, ['item']);
  }
  const cast = await castParties(scenario, source);
  return new ScenarioBuilder(scenario, cast, files, source).build();
}

class ScenarioBuilder implements NameTable {
  readonly #scenario: ScenarioFile;
  readonly #cast: Cast;
  readonly #files: ScenarioFiles | undefined;
  readonly #source: ScenarioSource;
  readonly #desk = new SigningDesk();
  readonly #log = new TestLog();
  readonly #records = new Map<string, SignedRecord>();
  readonly #notes = new Map<string, LoggedNote>();
  readonly #usedNotes = new Map<string, Uint8Array>();
  readonly #receipts: Uint8Array[] = [];
  readonly #openings: Uint8Array[] = [];
  #loggedUntil = 0;

  constructor(scenario: ScenarioFile, cast: Cast, files: ScenarioFiles | undefined, source: ScenarioSource) {
    this.#scenario = scenario;
    this.#cast = cast;
    this.#files = files;
    this.#source = source;
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
    const left = new Set(scenario.records.filter(({ omit }) => omit === true).map(({ id }) => id));
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
      dispute: scenario.dispute === undefined ? null : this.#named(scenario.dispute, ['dispute']),
      expect: scenario.expect === undefined ? null : (scenario.expect as WrittenMap),
    };
  }

  async #sign(entry: ScenarioRecord, path: ScenarioPath): Promise<void> {
    if (this.#records.has(entry.id)) {
      throw this.#source.malformed(`two records are named \`${entry.id}\``, [...path, 'id']);
    }
    if (!RECORD_TYPES.has(entry.type)) {
      throw this.#source.malformed(`\`${entry.type}\` is no type of record`, [...path, 'type']);
    }
    const player = this.#player(entry.by, [...path, 'by']);
    const seen = (entry.seen ?? []).map((name, index) => this.#earlier(name, [...path, 'seen', index]).id);
    const anchors = (entry.anchors ?? []).map((name, index) =>
      this.#noteOf(name, [...path, 'anchors', index]),
    );
    const forks =
      entry.forks === undefined ? undefined : this.#forked(entry.forks, player, [...path, 'forks']);
    const payloadPath = [...path, 'payload'];
    const withFiles = await this.#withFiles(entry.payload as WrittenMap, payloadPath);
    const made = await this.#source.locateAsync(payloadPath, async () =>
      this.#desk.sign({
        name: entry.id,
        player,
        sub: this.#subject(entry.sub, [...path, 'sub']),
        type: entry.type as RecordTypeName,
        payload: fromWritten(replaceNames(withFiles, this)) as Readonly<Record<string, unknown>>,
        iat: parseInstant(entry.at).utcS,
        seen,
        anchors,
        ...(forks === undefined ? {} : { forks }),
      }),
    );
    this.#records.set(entry.id, made.signed);
    if (entry.omit === true) return;
    if (entry.openings !== 'none') this.#openings.push(...made.openings);
    if (entry.logged !== undefined) this.#logRecord(entry.id, made.id, entry.logged, [...path, 'logged']);
  }

  #player(name: string, path: ScenarioPath): Player {
    const player = this.#cast.players.get(name);
    if (player === undefined) throw this.#source.unknownName('party', name, path);
    return player;
  }

  #subject(written: string | undefined, path: ScenarioPath): string {
    if (written === undefined) return this.item;
    const sub = this.#source.locate(path, () => replaceNames(written, this)) as string;
    if (!parseSubject(sub).ok) throw this.#source.malformed(`\`${sub}\` is no canonical subject`, path);
    return sub;
  }

  #earlier(name: string, path: ScenarioPath): SignedRecord {
    const found = this.#records.get(name);
    if (found === undefined) throw this.#source.unknownName('earlier record', name, path);
    return found;
  }

  /** Only a key can fork its own chain. */
  #forked(name: string, { signer }: Player, path: ScenarioPath): SignedRecord {
    const record = this.#earlier(name, path);
    if (record.kid !== signer.kid) {
      throw this.#source.malformed(`\`${name}\` was signed by another key`, path);
    }
    return record;
  }

  #noteOf(name: string, path: ScenarioPath): string {
    const note = this.#notes.get(name);
    if (note === undefined) throw this.#source.unknownName('earlier logged record', name, path);
    this.#usedNotes.set(note.hash, note.bytes);
    return note.hash;
  }

  #logRecord(name: string, id: string, logged: string, path: ScenarioPath): void {
    const { utcS } = parseInstant(logged);
    if (utcS < this.#loggedUntil) {
      throw this.#source.malformed('a log only grows: this time lies before the last logged one', path);
    }
    this.#loggedUntil = utcS;
    const { note, receipt } = this.#log.append(id, utcS);
    this.#notes.set(name, note);
    this.#usedNotes.set(note.hash, note.bytes);
    this.#receipts.push(receipt);
  }

  async #withFiles(value: WrittenValue, path: ScenarioPath): Promise<WrittenValue> {
    if (Array.isArray(value)) {
      return Promise.all(value.map((item, i) => this.#withFiles(item as WrittenValue, [...path, i])));
    }
    if (typeof value !== 'object' || value === null) return value;
    const { $file, $sensor, ...rest } = value as WrittenMap;
    const out: Record<string, WrittenValue> = Object.create(null);
    if ($file !== undefined) Object.assign(out, await this.#sealed($file, [...path, '$file']));
    if ($sensor !== undefined) Object.assign(out, await this.#imported($sensor, [...path, '$sensor']));
    for (const [key, member] of Object.entries(rest)) {
      out[key] = await this.#withFiles(member, [...path, key]);
    }
    return out;
  }

  async #sealed(name: WrittenValue, path: ScenarioPath): Promise<WrittenMap> {
    const files = this.#given(path);
    if (typeof name !== 'string') throw this.#source.malformed('`$file` names one file', path);
    return this.#source.locateAsync(path, () => files.seal(name));
  }

  async #imported(request: WrittenValue, path: ScenarioPath): Promise<WrittenMap> {
    const files = this.#given(path);
    if (typeof request !== 'object' || request === null || Array.isArray(request)) {
      throw this.#source.malformed('`$sensor` says which file, and how it is read', path);
    }
    return this.#source.locateAsync(path, () => files.importSensor(request as WrittenMap));
  }

  #given(path: ScenarioPath): ScenarioFiles {
    if (this.#files !== undefined) return this.#files;
    throw this.#source.malformed('this scenario needs files that were not given', path);
  }

  #named(value: Readonly<Record<string, unknown>>, path: ScenarioPath): WrittenMap {
    return this.#source.locate(path, () => replaceNames(value as WrittenMap, this)) as WrittenMap;
  }

  /** The passport as it leaves its exporter's house, with the manifest that says what it holds. */
  async #export(passport: Uint8Array): Promise<Uint8Array> {
    const request = this.#scenario.export;
    if (request === undefined) return passport;
    const player = this.#player(request.by, ['export', 'by']);
    let manifests = 0;
    const exported = await this.#source.locateAsync(['export'], () =>
      exportPassport({
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
      }),
    );
    return exported.bytes;
  }

  #encode(carried: readonly SignedRecord[]): Uint8Array {
    const kids = new Set(carried.map(({ kid }) => kid));
    return encodePassport({
      item: this.item,
      members: {
        [MEMBER.records]: carried.map(({ bytes }) => bytes),
        [MEMBER.keys]: this.#cast.keysFor(kids),
        [MEMBER.credentials]: this.#cast.credentialsFor(kids),
        [MEMBER.openings]: this.#openings,
        [MEMBER.notes]: [...this.#usedNotes.values()],
        [MEMBER.receipts]: this.#receipts,
      },
    });
  }
}
