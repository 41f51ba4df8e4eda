import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type Progress, sealMedia } from '../../capture/node/seal-media.js';
import { codeSentence } from '../../report/labels/code-sentence.js';
import { countText, shortHash } from '../../report/name-text.js';
import { type StyledLine, styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { verifyPassport } from '../../verify/verify-passport.js';
import { addHelpText, type GlobalOptions, parseAt, type Session } from '../command.js';
import { EXIT } from '../exit-code.js';
import { compareMedia } from '../media-folder.js';
import { progressBar } from '../progress.js';
import { readInput } from '../read-input.js';
import { readTrust } from '../read-trust.js';
import { writtenMedia } from '../written-media.js';

export function defineMedia(command: Command, session: Session): void {
  addHelpText(
    command,
    ['goodorder media seal packing.mp4 label.jpg', 'goodorder media check set.passport photos/'],
    ['0 done   3 unreadable   10 a file differs   11 a file is not here'],
  );
  const seal = command
    .command('seal')
    .description('hash the exact files, before anything else touches them, as a media record’s `files`')
    .argument('<file...>', 'photos and videos');
  addHelpText(
    seal,
    [
      'goodorder media seal packing.mp4 label.jpg --format json',
      'goodorder media seal *.jpg --format json | jq .files',
    ],
    ['0 sealed   3 unreadable'],
  );
  seal.action(async (files: string[], options: GlobalOptions) => {
    const sealed: { readonly file: string; readonly described: Awaited<ReturnType<typeof writtenMedia>> }[] =
      [];
    for (const file of files) {
      const bar = progressBar(session, file, options);
      try {
        const described = await sealMedia(resolve(session.io.cwd, file), {
          onProgress: (progress: Progress) => bar.update(progress),
        });
        sealed.push({ file, described: await writtenMedia(described, resolve(session.io.cwd, file)) });
      } finally {
        bar.end();
      }
    }
    session.result(
      options,
      { schemaVersion: 1, files: sealed.map(({ described }) => described) },
      sealed.flatMap(({ file, described }) => mediaLines(file, described)),
    );
    session.talk(
      [
        [],
        ['Next: goodorder record media -o packing.draft.json, and put `files` from --format json into it'],
      ],
      options,
    );
  });

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
    ['0 every signed file is here   10 one differs   11 one is not here'],
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
      if (media.mismatched.length > 0) session.exit = EXIT.failed;
      else if (media.absent.length > 0) session.exit = EXIT.undecided;
      session.result(options, { schemaVersion: 1, ...media }, [
        [
          { mark: media.mismatched.length > 0 ? 'failed' : media.absent.length > 0 ? 'limited' : 'passed' },
          ` ${media.matched} of ${media.total} signed files are here, byte for byte`,
        ],
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
      ]);
    },
  );
}

function mediaLines(file: string, described: Awaited<ReturnType<typeof writtenMedia>>): StyledLine[] {
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
