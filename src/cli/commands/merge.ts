import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { GoodOrderError } from '../../errors.js';
import { type LeftOut, mergePassports } from '../../passport/merge.js';
import { codeSentence } from '../../report/labels/code-sentence.js';
import { VERIFY_WORDS } from '../../report/labels/verify-words.js';
import { countText, plural, shortHash } from '../../report/name-text.js';
import { type StyledLine, styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { addHelpText, type GlobalOptions, parseCount, type Session } from '../command.js';
import { whileLocked } from '../file-lock.js';
import { readEvidenceFiles } from '../read-evidence.js';
import { INPUT_LIMIT } from '../read-input.js';
import { assertWritable, writeOutput } from '../write-output.js';

interface MergeOptions extends GlobalOptions {
  readonly output: string;
  readonly item?: string;
  readonly limit: number;
  readonly force?: boolean;
}

export function defineMerge(command: Command, session: Session): void {
  command
    .argument(
      '<file...>',
      'passports, or folders of them; records; credentials; openings (what a record keeps private, in clear); public keys; notes and receipts of a public log',
    )
    .requiredOption('-o, --output <file>', 'the merged passport')
    .option('--item <uri>', 'the item, where no input is a passport')
    .addOption(
      new Option('--limit <bytes>', 'longest file').argParser(parseCount).default(INPUT_LIMIT, '64 MiB'),
    )
    .option('--force', 'replace the file if it exists');
  addHelpText(
    command,
    [
      'goodorder merge mine.passport theirs.passport -o both.passport',
      'goodorder merge pickup.record set.passport -o set.passport --force',
    ],
    ['0 merged   3 refused (two items, unreadable input)'],
  );
  command.action(async (files: string[], options: MergeOptions) => {
    const { io } = session;
    const overwrite = options.force === true;
    const { names, merged } = await whileLocked(resolve(io.cwd, options.output), async () => {
      await assertWritable(options.output, io, { overwrite });
      const { names, inputs } = await readEvidenceFiles(files, io);
      const merged = await mergePassports(inputs, {
        limit: options.limit,
        ...(options.item === undefined ? {} : { item: options.item }),
      }).catch(hinted);
      await writeOutput(options.output, merged.bytes, io, { overwrite });
      return { names, merged };
    });
    session.result(
      options,
      {
        schemaVersion: 1,
        item: merged.item,
        sha256: merged.digest,
        bytes: merged.bytes.length,
        written: options.output,
        leftOut: merged.leftOut.map((one) => leftOutJson(one, names)),
      },
      [
        [
          { mark: 'passed' },
          ` merged ${plural(new Set(names).size, 'file')}, ${countText(merged.bytes.length)} bytes, sha256 ${shortHash(merged.digest)}`,
        ],
        [styled('faint', '    written   '), visibleText(options.output)],
        ...leftOutLines(merged.leftOut, names, options),
      ],
    );
  });
}

function hinted(error: unknown): never {
  if (!(error instanceof GoodOrderError) || error.code !== 'passport.too-large') throw error;
  const message = `${error.message}; \`goodorder export --volumes\` cuts it, and --limit raises the limit`;
  throw new GoodOrderError(error.code, message, error.place, error);
}

export function leftOutJson(
  { code, member, sha256, input }: LeftOut,
  names: readonly string[],
): Record<string, unknown> {
  return { code, element: VERIFY_WORDS.en.members[member], sha256, from: names[input] ?? null };
}

export function leftOutLines(
  leftOut: readonly LeftOut[],
  names: readonly string[],
  { lang }: GlobalOptions,
): StyledLine[] {
  if (leftOut.length === 0) return [[styled('faint', '    left out  '), 'nothing']];
  return leftOut.map(({ code, member, sha256, input }) => [
    styled('faint', '    left out  '),
    `${VERIFY_WORDS[lang].members[member]} ${sha256.slice(0, 16)}  `,
    styled('caution', code),
    `  ${codeSentence(code, lang)}`,
    styled('faint', names[input] === undefined ? '' : `  (${visibleText(names[input] as string)})`),
  ]);
}
