import { type Command, Option } from 'commander';
import { formatInstant } from '../../codec/instant.js';
import { RECORD_TYPES, type RecordTypeName } from '../../record/types/index.js';
import { toWritten, type WrittenValue } from '../../record/written-form.js';
import { padEnd, wrap } from '../../report/columns.js';
import { codeSentence } from '../../report/labels/code-sentence.js';
import { minuteText, partyText, signerText, subjectText } from '../../report/name-text.js';
import { type Mark, type StyledLine, styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import type { RecordState, VerifiedPassport, VerifiedRecord } from '../../verify/verified-passport.js';
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

const STATE_MARKS: Readonly<Record<RecordState, Mark>> = {
  trusted: 'passed',
  valid: 'limited',
  unchecked: 'limited',
  invalid: 'failed',
};

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

/** The claimed issuer where it is bound to the key; a name without a right to it is nobody's. */
function partyOf({ binding, iss }: VerifiedRecord): string | null {
  return binding === 'none' ? null : iss;
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
    [
      [styled('strong', visibleText(subjectText(passport.item))), `  ${passport.verdict}`],
      [],
      ...passport.records.map(
        (record): StyledLine => [
          String(record.number).padStart(4),
          ' ',
          { mark: STATE_MARKS[record.state] },
          ' ',
          padEnd(visibleText(record.type, 16), 17),
          padEnd(signerText(partyOf(record), record.kid), 20),
          padEnd(minuteText(record.iat), 22),
          styled('faint', record.id.slice(0, 8)),
        ],
      ),
    ],
  );
  session.talk(
    [[], ['Times are the signers’ claims. Next: goodorder show FILE 1 shows one record']],
    options,
  );
}

function showOne(session: Session, record: VerifiedRecord, options: ShowOptions): void {
  const { lower, upper } = record.time;
  const field = (name: string, text: string): StyledLine => ['    ', styled('faint', padEnd(name, 11)), text];
  session.result(options, recordJson(record), [
    [
      { mark: STATE_MARKS[record.state] },
      ' ',
      styled('strong', `record ${record.number}  ${visibleText(record.type)}`),
      `  ${record.state}`,
    ],
    [],
    field('id', record.id),
    field(
      'signer',
      `${signerText(partyOf(record), record.kid)}${record.roles.length > 0 ? `, ${record.roles.join(', ')}` : ''}`,
    ),
    ...(partyOf(record) === null
      ? [field('claims', `to be ${partyText(record.iss)}, which nothing here proves`)]
      : []),
    field('about', visibleText(subjectText(record.sub))),
    field('claims', `signed ${minuteText(record.iat)}`),
    field(
      'proven',
      `${lower === null ? 'no earliest time' : `not before ${minuteText(lower)}`}, not after ${minuteText(upper)}`,
    ),
    ...record.diagnostics
      .filter(({ severity }) => severity !== 'info')
      .map(
        (one): StyledLine => [
          '    ',
          styled(one.severity === 'failure' ? 'bad' : 'caution', one.code),
          one.path === undefined ? '' : `  ${visibleText(one.path)}`,
          styled('faint', `  ${codeSentence(one.code, options.lang)}`),
        ],
      ),
    [],
    ...valueLines(inOrder(record), 4, session.terminal(options).width),
  ]);
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

function valueLines(value: WrittenValue, indent: number, width: number): StyledLine[] {
  if (typeof value !== 'object' || value === null) return scalarLines(value, indent, width);
  const pad = ' '.repeat(indent);
  if (Array.isArray(value)) {
    return value.flatMap((item: WrittenValue): StyledLine[] => {
      const flat = flatText(item);
      if (flat !== null && flat.length <= width - indent - 2) return [[pad, styled('faint', '- '), flat]];
      return [[pad, styled('faint', '-')], ...valueLines(item, indent + 2, width)];
    });
  }
  return Object.entries(value).flatMap(([key, member]): StyledLine[] => {
    const name = padEnd(visibleText(key, 40), 17);
    const flat = flatText(member as WrittenValue);
    if (flat !== null && flat.length <= width - indent - 18) return [[pad, styled('faint', name), ' ', flat]];
    return [[pad, styled('faint', name.trimEnd())], ...valueLines(member as WrittenValue, indent + 2, width)];
  });
}

function scalarLines(value: string | number | boolean | null, indent: number, width: number): StyledLine[] {
  return wrap(visibleText(String(value), 10_000), width - indent).map(
    (line): StyledLine => [' '.repeat(indent), line],
  );
}

function flatText(value: WrittenValue): string | null {
  if (value === null || typeof value !== 'object') return visibleText(String(value), 10_000);
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    const parts = value.map((item: WrittenValue) =>
      typeof item === 'object' ? null : visibleText(String(item), 200),
    );
    return parts.includes(null) ? null : parts.join(', ');
  }
  const parts = Object.entries(value).map(([key, member]) =>
    typeof member === 'object' && member !== null
      ? null
      : `${visibleText(key, 40)} ${visibleText(String(member), 200)}`,
  );
  return parts.includes(null) ? null : parts.join(', ');
}
