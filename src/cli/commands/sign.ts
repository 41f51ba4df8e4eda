import { type Command, Option } from 'commander';
import { GoodOrderError } from '../../errors.js';
import { tipsFor } from '../../passport/tips.js';
import type { Fields } from '../../record/record-type.js';
import type { NewRecord } from '../../record/sign-record.js';
import { RECORD_TYPES } from '../../record/types/index.js';
import { shortHash } from '../../report/name-text.js';
import { styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { addHelpText, parseAt, type Session } from '../command.js';
import { type Draft, readDraft } from '../draft.js';
import { readPassphrase } from '../passphrase.js';
import { readInput, readTextInput } from '../read-input.js';
import { companions, mergeInto, signWithKey } from '../sign-into.js';
import { SigningHome } from '../signing-home.js';
import { addSigningOptions, type SigningOptions } from '../signing-options.js';
import { writeOutput } from '../write-output.js';

interface SignOptions extends SigningOptions {
  readonly into?: string;
  readonly output?: string;
  readonly at?: number;
}

export function defineSign(command: Command, session: Session): void {
  addSigningOptions(command)
    .argument('<draft>', 'draft as `goodorder record` writes it; - for standard input')
    .option('--into <passport>', 'passport you hold: what it holds is pinned, and the record is added to it')
    .option('-o, --output <file>', 'write the record alone to this file (.record), its openings beside it')
    .addOption(new Option('--at <time>', 'claimed time of signing (default: now)').argParser(parseAt));
  addHelpText(
    command,
    [
      'goodorder sign pickup.draft.json --into set.passport',
      'goodorder sign pickup.draft.json -o pickup.record --key bench',
    ],
    ['0 signed   3 refused: nothing left the key'],
  );
  command.action(async (file: string, options: SignOptions) => {
    if (options.into === undefined && options.output === undefined) {
      throw new GoodOrderError(
        'cli.usage',
        'say where the record goes: --into item.passport, or -o file.record',
      );
    }
    const { io } = session;
    const draft = readDraft(await readTextInput(file, io), file);
    const home = await SigningHome.open(options.home, io);
    const key = await home.openKey(options.key, await readPassphrase(options.passphraseFd, io));
    const before = options.into === undefined ? null : await passportIfThere(options.into, session);
    const required = [...draft.seen, ...referencedIds(draft)];
    const tips =
      before === null
        ? { seen: [...new Set(required)].sort(), beyond: [] }
        : await tipsFor([before], { kid: key.kid, sub: draft.sub }, required);
    let made: NewRecord;
    try {
      made = await signWithKey(
        {
          home,
          key,
          type: draft.type,
          sub: draft.sub,
          payload: draft.payload,
          seen: tips.seen,
          iat: options.at ?? io.now(),
        },
        io,
        async (record) => store(record, before, { home, key, options, session }),
      );
    } catch (error) {
      throw placed(error, draft);
    }
    report(session, made, tips.beyond.length, options);
  });
}

/** A fault of the payload is shown where it stands in the draft. */
function placed(error: unknown, draft: Draft): unknown {
  if (!(error instanceof GoodOrderError) || error.code !== 'signer.refused' || error.place.path === undefined)
    return error;
  return new GoodOrderError(
    error.code,
    error.message,
    { ...draft.place(error.place.path), path: error.place.path },
    error,
  );
}

function referencedIds(draft: Draft): string[] {
  const definition = RECORD_TYPES.get(draft.type);
  try {
    return (definition?.references(draft.payload as Fields) ?? []).map(({ id }) => id);
  } catch {
    // A payload that is not of its type is refused with its place when it is signed.
    return [];
  }
}

async function passportIfThere(name: string, session: Session): Promise<Uint8Array | null> {
  try {
    return (await readInput(name, session.io)).bytes;
  } catch (error) {
    const missing =
      error instanceof GoodOrderError && (error.cause as { code?: string } | undefined)?.code === 'ENOENT';
    if (missing) return null;
    throw error;
  }
}

interface Destination {
  readonly home: SigningHome;
  readonly key: Awaited<ReturnType<SigningHome['openKey']>>;
  readonly options: SignOptions;
  readonly session: Session;
}

async function store(
  made: NewRecord,
  before: Uint8Array | null,
  { home, key, options, session }: Destination,
): Promise<void> {
  const { io } = session;
  if (options.output !== undefined) {
    await writeOutput(options.output, made.record, io);
    for (const [index, opening] of made.openings.entries()) {
      await writeOutput(`${options.output}.${index + 1}.opening`, opening, io, { mode: 0o600 });
    }
  }
  if (options.into !== undefined) {
    const merged = await mergeInto(before, made, await companions(home, key, made));
    await writeOutput(options.into, merged.bytes, io, { overwrite: true });
  }
}

export function report(session: Session, made: NewRecord, beyond: number, options: SignOptions): void {
  const { signed } = made;
  const where = options.into ?? options.output ?? '';
  session.result(
    options,
    {
      schemaVersion: 1,
      id: made.id,
      statementHash: made.statementHash,
      type: signed.type,
      sub: signed.sub,
      seq: signed.link.seq,
      seen: signed.link.seen.length,
      openings: made.openings.length,
      written: where,
    },
    [
      [
        { mark: 'passed' },
        ` signed ${signed.type}, number ${signed.link.seq + 1} of this key about this item`,
      ],
      [styled('faint', '    id       '), shortHash(made.id)],
      [styled('faint', '    pins     '), `${signed.link.seen.length} records of others`],
      ...(made.openings.length > 0
        ? [
            [
              styled('faint', '    private  '),
              `${made.openings.length} fields; their openings travel beside the record`,
            ],
          ]
        : []),
      [styled('faint', '    written  '), visibleText(where)],
    ],
  );
  if (beyond > 0)
    session.talk([[`${beyond} records could not be pinned: sign an acknowledgement first`]], options);
}
