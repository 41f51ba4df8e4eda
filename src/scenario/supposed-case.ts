import { parseInstant } from '../codec/instant.js';
import type { Dispute } from '../finding/dispute.js';
import { type SupposedRecord, supposedId } from '../finding/supposed-record.js';
import { signRecord } from '../record/sign-record.js';
import { RECORD_TYPES, type RecordTypeName } from '../record/types/index.js';
import { fromWritten, type WrittenValue } from '../record/written-form.js';
import '../record/zod-setup.js';
import * as z from 'zod/mini';
import type { PositionedValue } from '../rules/positioned-value.js';
import { parseParty } from '../subject/party.js';
import { parseSubject } from '../subject/subject.js';
import type { VerifiedPassport, VerifiedRecord } from '../verify/verified-passport.js';
import { type NameTable, replaceNames } from './names.js';
import { readWritten, scenarioWords } from './scenario-file.js';
import { type ScenarioPath, ScenarioSource } from './scenario-source.js';
import { labelled, testSigner } from './test-keys.js';

function buildSchema() {
  const { accreditation, instant, name, names, role, text } = scenarioWords();
  return z.strictObject({
    schema: z.literal('goodorder-what-if/1', 'is not `goodorder-what-if/1`'),
    title: z.optional(text),
    /** Stands in a saved case, for whoever opens the file without knowing what it is. */
    hypothetical: z.optional(z.literal(true, 'is not true')),
    parties: z.optional(
      z.record(
        name,
        z.strictObject({
          uri: text,
          roles: z.optional(z.array(role, 'is no list of roles')),
          accreditation: z.optional(accreditation),
        }),
        'is no list of parties',
      ),
    ),
    records: z
      .array(
        z.strictObject({
          id: name,
          by: text,
          type: text,
          sub: z.optional(text),
          at: instant,
          seen: z.optional(names),
          logged: z.optional(instant),
          payload: z.record(text, z.unknown(), 'is no payload'),
        }),
        'is no list of records',
      )
      .check(z.minLength(1, 'is empty'), z.maxLength(64, 'lists more than 64 records')),
    /** What came of it when the case was saved, by edge. */
    expect: z.optional(
      z.array(
        z.strictObject({
          edge: text,
          status: text,
          basis: text,
          amount: z.nullable(text),
        }),
        'is no list of outcomes',
      ),
    ),
  });
}

let built: ReturnType<typeof buildSchema> | undefined;

/** The schema of a what-if case; also the source of the published JSON Schema. */
export function supposedCaseSchema(): ReturnType<typeof buildSchema> {
  built ??= buildSchema();
  return built;
}

type CaseFile = z.infer<ReturnType<typeof buildSchema>>;
export type ExpectedOutcome = NonNullable<CaseFile['expect']>[number];

/** A case that somebody supposes, read. */
export interface SupposedCase {
  readonly title: string | null;
  readonly records: readonly SupposedRecord[];
  /** Null where the file expects nothing. */
  readonly expect: readonly ExpectedOutcome[] | null;
}

/**
 * Reads records as a scenario states them, for the parties and records of a real case. Each is held to the schema of its
 * type by really signing it, with a test key, and throwing the signed bytes away. A party is named as the file's `parties`
 * say, by a role that one party of the dispute alone holds, or by its URI; a record of the evidence by its number,
 * the start of its id, or its type where it is the only one (`record:7`, `record:4e5e411b`, `record:delivery`).
 *
 * @throws GoodOrderError with file, line and column: `scenario.*`, `signer.refused`, `draft.malformed`
 */
export async function readSupposedCase(
  root: PositionedValue,
  file: string,
  passports: readonly VerifiedPassport[],
  dispute: Dispute,
): Promise<SupposedCase> {
  const source = new ScenarioSource(root, file);
  const written = readWritten(root, supposedCaseSchema(), source, 'the case');
  return new CaseReader(written, source, passports, dispute).read();
}

class CaseReader implements NameTable {
  readonly #written: CaseFile;
  readonly #source: ScenarioSource;
  readonly #known: readonly VerifiedRecord[];
  readonly #dispute: Dispute;
  readonly #names = new Set<string>();
  readonly item: string;

  constructor(
    written: CaseFile,
    source: ScenarioSource,
    passports: readonly VerifiedPassport[],
    dispute: Dispute,
  ) {
    this.#written = written;
    this.#source = source;
    this.#known = passports.flatMap(({ records }) => records);
    this.#dispute = dispute;
    this.item = passports[0]?.item ?? '';
  }

  async read(): Promise<SupposedCase> {
    const { expect, records, title } = this.#written;
    for (const [name, { uri }] of Object.entries(this.#written.parties ?? {})) {
      if (parseParty(uri) === null)
        throw this.#source.malformed(`\`${uri}\` is no party URI`, ['parties', name, 'uri']);
    }
    const read: SupposedRecord[] = [];
    for (const [index, entry] of records.entries()) {
      read.push(await this.#record(entry, ['records', index]));
      this.#names.add(entry.id);
    }
    return { title: title ?? null, records: read, expect: expect ?? null };
  }

  party(name: string): string | undefined {
    const declared = this.#written.parties;
    if (declared !== undefined && Object.hasOwn(declared, name)) return declared[name]!.uri;
    if (parseParty(name) !== null) return name;
    const holders = this.#dispute.parties.filter(({ roles }) => (roles as readonly string[]).includes(name));
    return holders.length === 1 ? holders[0]!.id : undefined;
  }

  kid(name: string): string | undefined {
    const uri = this.party(name);
    if (uri?.startsWith('urn:goodorder:key:') === true) return uri.slice('urn:goodorder:key:'.length);
    return this.#known.find(({ iss }) => iss === uri)?.kid;
  }

  /** A record supposed before, else one of the evidence: by number, by a type or the start of an id that is one record’s. */
  record(name: string): string | undefined {
    if (this.#names.has(name)) return supposedId(name);
    if (/^\d{1,5}$/.test(name)) return this.#known.find(({ number }) => number === Number(name))?.id;
    const ofType = this.#known.filter(({ type }) => type === name);
    if (ofType.length > 0) return ofType.length === 1 ? ofType[0]!.id : undefined;
    if (!/^[0-9a-f]{8,64}$/.test(name)) return undefined;
    const found = new Set(this.#known.flatMap(({ id }) => (id.startsWith(name) ? [id] : [])));
    return found.size === 1 ? [...found][0] : undefined;
  }

  async #record(entry: CaseFile['records'][number], path: ScenarioPath): Promise<SupposedRecord> {
    if (this.#names.has(entry.id))
      throw this.#source.malformed(`two records are named \`${entry.id}\``, [...path, 'id']);
    const definition = RECORD_TYPES.get(entry.type);
    if (definition === undefined)
      throw this.#source.malformed(`\`${entry.type}\` is no type of record`, [...path, 'type']);
    const by = this.party(entry.by);
    if (by === undefined) throw this.#unknownParty(entry.by, [...path, 'by']);
    const sub = entry.sub === undefined ? this.item : this.#subject(entry.sub, [...path, 'sub']);
    const pins = (entry.seen ?? []).map((name, index) => {
      const id = this.record(name);
      if (id === undefined) throw this.#source.unknownName('record', name, [...path, 'seen', index]);
      return id;
    });
    const at = parseInstant(entry.at).utcS;
    const payloadPath = [...path, 'payload'];
    let salts = 0;
    const payload = await this.#source.locateAsync(payloadPath, async () => {
      const read = fromWritten(
        replaceNames(entry.payload as WrittenValue, this),
      ) as SupposedRecord['payload'];
      await signRecord({
        signer: testSigner(entry.id),
        iss: by,
        sub,
        type: entry.type as RecordTypeName,
        payload: read,
        iat: at,
        seen: pins,
        state: { seq: 0, prev: null, lane: null },
        salt: () => {
          salts += 1;
          return labelled(`${entry.id} ${salts}`).slice(0, 16);
        },
      });
      return read;
    });
    const signers = definition.signers(payload);
    if (signers !== null && !signers.includes(by)) {
      throw this.#source.malformed(`\`${entry.by}\` is none of those who may sign this ${entry.type}`, [
        ...path,
        'by',
      ]);
    }
    const roles = this.#rolesOf(by);
    const isSelf = by.startsWith('urn:goodorder:key:');
    return {
      name: entry.id,
      id: supposedId(entry.id),
      type: entry.type,
      by,
      sub,
      at,
      payload,
      roles: isSelf ? [] : roles,
      rolePermitted:
        definition.roles === 'any'
          ? !isSelf || definition.selfBound
          : definition.roles.some((role) => roles.includes(role)),
      accreditation: this.#accreditationOf(by),
      loggedAt: entry.logged === undefined ? null : parseInstant(entry.logged).utcS,
      pins,
    };
  }

  #subject(written: string, path: ScenarioPath): string {
    const sub = this.#source.locate(path, () => replaceNames(written, this)) as string;
    if (!parseSubject(sub).ok) throw this.#source.malformed(`\`${sub}\` is no canonical subject`, path);
    return sub;
  }

  /** What the records show it to be, what the dispute says it is, and what the case adds. */
  #rolesOf(party: string): readonly string[] {
    const shown = this.#known.flatMap(({ iss, roles, state }) =>
      iss === party && state === 'trusted' ? roles : [],
    );
    const said = this.#dispute.parties.find(({ id }) => id === party)?.roles ?? [];
    const added = Object.values(this.#written.parties ?? {}).flatMap(({ roles, uri }) =>
      uri === party ? (roles ?? []) : [],
    );
    return [...new Set<string>([...shown, ...said, ...added])].sort();
  }

  #accreditationOf(party: string): SupposedRecord['accreditation'] {
    const declared = Object.values(this.#written.parties ?? {}).find(({ uri }) => uri === party);
    if (declared?.accreditation === undefined)
      return (
        this.#known.find(({ accreditation, iss }) => iss === party && accreditation !== null)
          ?.accreditation ?? null
      );
    return { ...declared.accreditation, until: parseInstant(declared.accreditation.until).utcS };
  }

  #unknownParty(name: string, path: ScenarioPath): Error {
    const declared = Object.keys(this.#written.parties ?? {});
    const roles = this.#dispute.parties.flatMap((party) =>
      party.roles.filter((role) => this.party(role) === party.id),
    );
    const known = [...new Set([...declared, ...roles])].map((one) => `\`${one}\``).join(', ');
    return this.#source.malformed(
      `there is no party \`${name}\`; known here: ${known}, or a party’s URI`,
      path,
    );
  }
}
