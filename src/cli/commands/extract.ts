import { lstat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { isCode } from '../../capture/node/durable-file.js';
import { GoodOrderError } from '../../errors.js';
import { MEMBER } from '../../passport/element.js';
import { readPassportFile } from '../../passport/file.js';
import { EXTRACT_WORDS } from '../../report/labels/extract-words.js';
import { VERIFY_WORDS } from '../../report/labels/verify-words.js';
import { countText, shortHash } from '../../report/name-text.js';
import { type StyledLine, styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { verifyPassport } from '../../verify/verify-passport.js';
import { addHelpText, type GlobalOptions, type Session } from '../command.js';
import { type ElementFile, elementFiles } from '../element-files.js';
import type { Io } from '../io.js';
import { unreadablePassport } from '../pick-record.js';
import { readInput } from '../read-input.js';
import { writeOutput } from '../write-output.js';

interface ExtractOptions extends GlobalOptions {
  readonly output: string;
  readonly force?: boolean;
}

/** More files than any honest passport makes, and few enough to be cleared away again. */
const MAX_FILES = 20_000;
/** Lines of a listing on a screen. */
const MAX_LISTED = 40;

export function defineExtract(command: Command, session: Session): void {
  command
    .argument('<passport>', 'passport; - for standard input')
    .argument(
      '[element]',
      'a record’s number, or the start of the SHA-256 of a record, photo or any other element (default: all)',
    )
    .requiredOption('-o, --output <path>', 'the file for one element, the folder for all')
    .option('--force', 'replace files that exist');
  addHelpText(
    command,
    [
      'goodorder extract set.passport -o set-parts',
      'goodorder extract set.passport 2 -o pickup.record',
      'goodorder extract set.passport 1fdb693f49ec48f3 -o photo.jpg',
    ],
    ['0 written; nothing of it is verified by that   3 refused, and then nothing was written'],
  );
  command.action(async (file: string, which: string | undefined, options: ExtractOptions) => {
    const { io } = session;
    const { bytes } = await readInput(file, io);
    const read = readPassportFile(bytes);
    if (!read.ok) throw unreadablePassport(read.fault, file);
    const elements = elementFiles(read.file);
    const outputs =
      which === undefined
        ? elements.map((element) => ({ ...element, file: join(options.output, element.name) }))
        : await oneOf(bytes, elements, which, options.output, io);
    await writeAll(outputs, options, io);
    show(session, read.file.item, outputs, options);
  });
}

interface Output extends ElementFile {
  readonly file: string;
}

/** The element that is named; beside a record the openings of its private values. */
async function oneOf(
  bytes: Uint8Array,
  elements: readonly ElementFile[],
  which: string,
  output: string,
  io: Io,
): Promise<Output[]> {
  const id = /^\d{1,6}$/.test(which) ? await recordNumbered(bytes, which, io) : which;
  const found = /^[0-9a-f]{4,64}$/.test(id) ? elements.filter(({ sha256 }) => sha256.startsWith(id)) : [];
  const [only] = found;
  if (only === undefined || found.length > 1) {
    throw new GoodOrderError(
      'cli.not-found',
      only === undefined
        ? `the passport has no element \`${which}\`: name a record by its number, anything by four or more digits of its SHA-256`
        : `the SHA-256 of ${found.length} elements begins with \`${which}\``,
    );
  }
  if (only.member !== MEMBER.records) return [{ ...only, file: output }];
  const openings = elements.filter(({ of }) => of === only.sha256);
  return [
    ...openings.map((opening, index) => ({ ...opening, file: `${output}.${index + 1}.opening` })),
    { ...only, file: output },
  ];
}

/** A number of the display order; what is none is perhaps the start of a hash. */
async function recordNumbered(bytes: Uint8Array, which: string, io: Io): Promise<string> {
  const { records } = await verifyPassport(bytes, { trust: null, at: io.now() });
  return records.find(({ number }) => String(number) === which)?.id ?? which;
}

async function writeAll(outputs: readonly Output[], options: ExtractOptions, io: Io): Promise<void> {
  if (outputs.length > MAX_FILES) {
    throw new GoodOrderError(
      'cli.usage',
      `that would be ${countText(outputs.length)} files: name the element you want`,
    );
  }
  const overwrite = options.force === true;
  // All or nothing: a name that is taken shows before the first file is written.
  if (!overwrite) for (const { file } of outputs) await assertFree(file, io);
  for (const { file, bytes, member } of outputs) {
    await writeOutput(file, bytes, io, {
      overwrite,
      // Private values are for fewer eyes.
      ...(member === MEMBER.openings ? { mode: 0o600 } : {}),
    });
  }
}

async function assertFree(file: string, io: Io): Promise<void> {
  try {
    await lstat(resolve(io.cwd, file));
  } catch (error) {
    if (isCode(error, 'ENOENT')) return;
    // Told with its reason when it is written.
    if (isCode(error, 'ENOTDIR', 'EACCES', 'ENAMETOOLONG')) return;
    throw error;
  }
  throw new GoodOrderError('file.exists', `\`${file}\` exists already; give --force to replace it`, { file });
}

function show(session: Session, item: string, outputs: readonly Output[], options: ExtractOptions): void {
  const words = EXTRACT_WORDS[options.lang];
  const { members } = VERIFY_WORDS[options.lang];
  session.result(
    options,
    {
      schemaVersion: 1,
      item,
      written: outputs.map(({ member, sha256, bytes, file }) => ({
        element: VERIFY_WORDS.en.members[member],
        sha256,
        bytes: bytes.length,
        file,
      })),
    },
    [
      [{ mark: 'passed' }, ` ${words.written(outputs.length)}`],
      ...outputs
        .slice(0, MAX_LISTED)
        .map(
          ({ member, sha256, file }): StyledLine => [
            '    ',
            styled('faint', `${members[member]} ${shortHash(sha256)}  `),
            visibleText(file),
          ],
        ),
      ...(outputs.length > MAX_LISTED ? [['    ', words.more(outputs.length - MAX_LISTED)]] : []),
      ['    ', styled('caution', words.unverified)],
    ],
  );
}
