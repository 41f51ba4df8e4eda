import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type Progress, sealMedia } from '../../capture/node/seal-media.js';
import { GoodOrderError } from '../../errors.js';
import { codeSentence } from '../../report/labels/code-sentence.js';
import { countText, shortHash } from '../../report/name-text.js';
import { shellWord } from '../../report/shell-word.js';
import { type StyledLine, styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { verifyPassport } from '../../verify/verify-passport.js';
import { addHelpText, type GlobalOptions, parseAt, type Session } from '../command.js';
import { type CompareOptions, comparePictureFiles } from '../compare-pictures.js';
import { draftYaml } from '../draft-template.js';
import { EXIT } from '../exit-code.js';
import { compareMedia } from '../media-folder.js';
import { progressBar } from '../progress.js';
import { readInput, unreadable } from '../read-input.js';
import { readTrust } from '../read-trust.js';
import { assertWritable, writeOutput } from '../write-output.js';
import { type WrittenMedia, writtenMedia } from '../written-media.js';

export function defineMedia(command: Command, session: Session): void {
  addHelpText(
    command,
    [
      'goodorder media seal packing.mp4 label.jpg',
      'goodorder media check set.passport photos/',
      'goodorder media compare sent.webp label.jpg',
    ],
    ['0 done   3 unreadable   10 a file differs   11 a file is not here'],
  );
  const seal = command
    .command('seal')
    .description('hash the exact files, before anything else touches them, for a media record')
    .argument('<file...>', 'photos and videos')
    .option('--sub <uri>', 'the item or container they show')
    .option('-o, --output <file>', 'a draft of a media record that holds them')
    .option('--force', 'replace the draft if it exists');
  addHelpText(
    seal,
    [
      'goodorder media seal packing.mp4 label.jpg -o packing.draft.yaml',
      'goodorder media seal *.jpg --format json | jq .files',
    ],
    ['0 sealed   3 unreadable'],
  );
  seal.action((files: string[], options: SealOptions) => sealFiles(files, options, session));

  defineCompare(command, session);

  const check = command
    .command('check')
    .description('compare files with what a passport’s media records signed')
    .argument('<passport>', 'passport')
    .argument('<folder>', 'folder with the files')
    .option('--trust <file>', 'trust file')
    .addOption(new Option('--at <time>', 'as of this time (default: now)').argParser(parseAt));
  addHelpText(
    check,
    ['goodorder media check set.passport photos/'],
    [
      '0 every signed file is here   10 one differs, or the passport fails   11 one is not here, or none is signed',
    ],
  );
  check.action(
    async (
      file: string,
      folder: string,
      options: GlobalOptions & { readonly trust?: string; readonly at?: number },
    ) => {
      const { io } = session;
      const { bytes } = await readInput(file, io);
      const trust = options.trust === undefined ? null : await readTrust(options.trust, io);
      const verified = await verifyPassport(bytes, { trust, at: options.at ?? io.now() });
      const media = await compareMedia(verified, folder, io);
      const { verdict } = verified;
      // Of a passport that fails it is not known what it once signed, and of none signed nothing was compared.
      const failed = media.mismatched.length > 0 || verdict === 'TOTAL-FAILED';
      const undecided = media.absent.length > 0 || media.total === 0;
      session.exit = failed ? EXIT.failed : undecided ? EXIT.undecided : EXIT.passed;
      session.result(options, { schemaVersion: 1, verdict, ...media }, [
        [
          { mark: failed ? 'failed' : undecided ? 'limited' : 'passed' },
          ` ${media.matched} of ${media.total} signed files are here, byte for byte`,
        ],
        ...(verdict === 'TOTAL-FAILED'
          ? [
              [
                '    ',
                styled('bad', verdict),
                `  the passport itself fails: goodorder verify ${shellWord(file)}`,
              ],
            ]
          : []),
        ...media.absent.map(
          (sha256): StyledLine => [
            '    ',
            styled('caution', 'media.absent'),
            `    ${shortHash(sha256)}  ${codeSentence('media.absent', options.lang)}`,
          ],
        ),
        ...media.mismatched.map(
          (name): StyledLine => [
            '    ',
            styled('bad', 'media.mismatch'),
            `  ${visibleText(name)}  ${codeSentence('media.mismatch', options.lang)}`,
          ],
        ),
        ...media.unsigned.map(
          (name): StyledLine => ['    ', styled('faint', `nobody signed    ${visibleText(name)}`)],
        ),
        ...media.skipped.map(
          (name): StyledLine => ['    ', styled('caution', `not looked at    ${visibleText(name)}`)],
        ),
      ]);
    },
  );
}

function defineCompare(command: Command, session: Session): void {
  const compare = command
    .command('compare')
    .description('a hint whether a picture is a recompressed copy of an original; no evidence')
    .argument('<sent>', 'the picture somebody sent')
    .argument('<original...>', 'originals it may come from')
    .option('--passport <file>', 'passport: say whether a media record signed the original')
    .option('--trust <file>', 'trust file')
    .addOption(new Option('--at <time>', 'as of this time (default: now)').argParser(parseAt));
  addHelpText(
    compare,
    [
      'goodorder media compare sent.webp label.jpg',
      'goodorder media compare sent.webp label.jpg --passport set.passport --lang zh',
    ],
    ['0 compared, whatever the hint   3 unreadable, or the optional package sharp is not installed'],
  );
  compare.action((sent: string, originals: string[], options: CompareOptions) =>
    comparePictureFiles(sent, originals, options, session),
  );
}

interface SealOptions extends GlobalOptions {
  readonly sub?: string;
  readonly output?: string;
  readonly force?: boolean;
}

async function sealFiles(files: readonly string[], options: SealOptions, session: Session): Promise<void> {
  const { io } = session;
  const { output } = options;
  const overwrite = options.force === true;
  if (output !== undefined) await assertWritable(output, io, { overwrite });
  const sealed: { readonly file: string; readonly described: WrittenMedia }[] = [];
  for (const file of files) {
    const path = resolve(io.cwd, file);
    const bar = progressBar(session, file, options);
    try {
      const media = await sealMedia(path, { onProgress: (progress: Progress) => bar.update(progress) });
      sealed.push({ file, described: await writtenMedia(media, path) });
    } catch (error) {
      throw error instanceof GoodOrderError ? named(error, file) : unreadable(file, error);
    } finally {
      bar.end();
    }
  }
  const described = sealed.map((one) => ({ ...one.described }));
  if (output !== undefined) {
    await writeOutput(output, draftYaml('media', options.sub, { files: described }), io, { overwrite });
  }
  session.result(
    options,
    { schemaVersion: 1, files: described, ...(output === undefined ? {} : { written: output }) },
    sealed.flatMap((one) => mediaLines(one.file, one.described)),
  );
  const next =
    output === undefined
      ? 'Next: the same with -o packing.draft.yaml writes a draft of a media record'
      : `Next: fill in ${visibleText(output)}, then goodorder sign ${shellWord(output)} --into item.passport`;
  session.talk([[], [next]], options);
}

/** The file as the user named it, not where that leads. */
function named(error: GoodOrderError, file: string): GoodOrderError {
  const { file: path, ...place } = error.place;
  const message = path === undefined ? error.message : error.message.replaceAll(path, file);
  return new GoodOrderError(error.code, message, { ...place, file }, error);
}

function mediaLines(file: string, described: WrittenMedia): StyledLine[] {
  const { exifTime } = described;
  return [
    [styled('strong', visibleText(file)), `  ${described.mediaType}, ${countText(described.bytes)} bytes`],
    [styled('faint', '    sha256      '), described.sha256.slice('sha256:'.length)],
    [styled('faint', '    chunk root  '), described.chunkRoot.slice('hex:'.length)],
    [
      styled('faint', '    EXIF time   '),
      exifTime === undefined
        ? 'none'
        : `${visibleText(exifTime.raw)}, a claim${exifTime.claimed === undefined ? '; its time zone is not stated' : ''}`,
    ],
  ];
}
