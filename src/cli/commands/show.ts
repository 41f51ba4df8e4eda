import { type Command, Option } from 'commander';
import { formatInstant } from '../../codec/instant.js';
import { RECORD_TYPES, type RecordTypeName } from '../../record/types/index.js';
import { toWritten, type WrittenValue } from '../../record/written-form.js';
import { SHOW_WORDS } from '../../report/labels/show-words.js';
import { partyOf, recordLines, recordListLines } from '../../report/show-text.js';
import type { VerifiedPassport, VerifiedRecord } from '../../verify/verified-passport.js';
import { verifyPassport } from '../../verify/verify-passport.js';
import { addHelpText, type GlobalOptions, parseAt, type Session } from '../command.js';
import { draftShape } from '../draft-shape.js';
import { EXIT } from '../exit-code.js';
import { pickRecord } from '../pick-record.js';
import { readInput } from '../read-input.js';
import { readTrust } from '../read-trust.js';
import { exitOfVerdict } from './verify.js';

interface ShowOptions extends GlobalOptions {
  readonly trust?: string;
  readonly at?: number;
}

export function defineShow(command: Command, session: Session): void {
  command
    .argument('<file>', 'passport; - for standard input')
    .argument('[record]', 'one record: its number, its id, or the start of it')
    .option('--trust <file>', 'trust file')
    .addOption(new Option('--at <time>', 'as of this time (default: now)').argParser(parseAt));
  addHelpText(
    command,
    [
      'goodorder show set.passport --trust court.trust.json',
      'goodorder show set.passport 9 --trust court.trust.json',
      { line: 'goodorder show set.passport 9 --format json | jq .claimed.payload', exit: EXIT.undecided },
    ],
    ['0 passed   10 failed   11 undecided   3 unreadable input or no such record'],
  );
  command.action(async (file: string, which: string | undefined, options: ShowOptions) => {
    const { io } = session;
    const { bytes } = await readInput(file, io);
    const trust = options.trust === undefined ? null : await readTrust(options.trust, io);
    const passport = await verifyPassport(bytes, { trust, at: options.at ?? io.now() });
    session.exit = exitOfVerdict(passport);
    if (which === undefined) showAll(session, passport, options);
    else showOne(session, pickRecord(passport.records, which), options);
  });
}

/** What verification established and what the record says stay apart: the second is somebody's word. */
function recordJson(record: VerifiedRecord): Record<string, unknown> {
  return {
    schemaVersion: 1,
    number: record.number,
    id: record.id,
    state: record.state,
    verified: {
      kid: record.kid,
      party: partyOf(record),
      binding: record.binding,
      roles: record.roles,
      time: record.time,
      findings: record.diagnostics.map(({ code, severity, path }) => ({
        code,
        severity,
        ...(path === undefined ? {} : { path }),
      })),
    },
    claimed: {
      type: record.type,
      iss: record.iss,
      sub: record.sub,
      iat: formatInstant(record.iat),
      payload: toWritten(record.payload),
    },
  };
}

function showAll(session: Session, passport: VerifiedPassport, options: ShowOptions): void {
  session.result(
    options,
    {
      schemaVersion: 1,
      item: passport.item,
      sha256: passport.digest,
      verdict: passport.verdict,
      records: passport.records.map(recordJson),
    },
    recordListLines(passport, options.lang),
  );
  session.talk([[], [SHOW_WORDS[options.lang].next]], options);
}

function showOne(session: Session, record: VerifiedRecord, options: ShowOptions): void {
  const { width } = session.terminal(options);
  session.result(options, recordJson(record), recordLines(record, inOrder(record), options.lang, width));
}

/** The payload as the type lists its fields, and not as CBOR sorts them. Fields that are nobody else's come last. */
function inOrder({ payload, type }: VerifiedRecord): WrittenValue {
  const written = toWritten(payload);
  if (!RECORD_TYPES.has(type) || typeof written !== 'object' || written === null || Array.isArray(written))
    return written;
  const names = draftShape(type as RecordTypeName).members.map(({ name }) => name);
  const order = new Map(names.filter((name) => name !== 'x').map((name, index) => [name, index]));
  const rank = (name: string): number => order.get(name) ?? names.length;
  const entries = Object.entries(written as { readonly [key: string]: WrittenValue });
  return Object.fromEntries(entries.sort(([a], [b]) => rank(a) - rank(b)));
}
