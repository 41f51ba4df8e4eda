import { type Command, Option } from 'commander';
import { GoodOrderError } from '../../errors.js';
import { codeSentence } from '../../report/labels/code-sentence.js';
import { styled } from '../../report/styled-line.js';
import { verifyLines, verifyNext } from '../../report/verify-text.js';
import { visibleText } from '../../report/visible-text.js';
import type { Verdict } from '../../verify/verified-passport.js';
import { verifyPassport } from '../../verify/verify-passport.js';
import { makeVerifyReport, type VerifyReport } from '../../verify/verify-report.js';
import { addHelpText, type GlobalOptions, parseAt, parseCount, type Session } from '../command.js';
import { errorReport, errorText } from '../error-text.js';
import { EXIT, type ExitCode, worstExit } from '../exit-code.js';
import { compareMedia, type MediaComparison } from '../media-folder.js';
import { expandEach, INPUT_LIMIT, readInput } from '../read-input.js';
import { readTrust } from '../read-trust.js';
import { VERSION } from '../version.js';
import { volumesOf } from '../volumes.js';

interface VerifyOptions extends GlobalOptions {
  readonly trust?: string;
  readonly at?: number;
  readonly media?: string;
  readonly trustMinSequence?: number;
  readonly volumes?: boolean;
  readonly limit: number;
}

const VERDICT_EXIT: Readonly<Record<Verdict, ExitCode>> = {
  'TOTAL-PASSED': EXIT.passed,
  INDETERMINATE: EXIT.undecided,
  'TOTAL-FAILED': EXIT.failed,
};

/** How a verdict ends a command. A bug of the verifier's own is told from a failure of the evidence. */
export function exitOfVerdict({ counts, verdict }: Pick<VerifyReport, 'counts' | 'verdict'>): ExitCode {
  return counts['internal'] === undefined ? VERDICT_EXIT[verdict] : EXIT.internal;
}

export function defineVerify(command: Command, session: Session): void {
  command
    .argument('<file...>', 'passport files, folders of them, or - for standard input')
    .option('--trust <file>', 'trust file: whom you believe; without one no signer is known')
    .addOption(new Option('--at <time>', 'verify as of this time (default: now)').argParser(parseAt))
    .option('--media <folder>', 'compare the signed photos and videos with the files in this folder')
    .addOption(new Option('--trust-min-sequence <n>', 'refuse an older trust file').argParser(parseCount))
    .option('--volumes', 'the files are volumes of one passport: verify them together')
    .addOption(
      new Option('--limit <bytes>', 'largest input').argParser(parseCount).default(INPUT_LIMIT, '64 MiB'),
    );
  addHelpText(
    command,
    [
      'goodorder verify set.passport --trust court.trust.json',
      'goodorder verify incoming/ --trust court.trust.json --format ndjson | jq .verdict',
      'goodorder verify set.passport --trust court.trust.json --media photos/',
      'goodorder verify court-1-of-2.passport court-2-of-2.passport --volumes --trust court.trust.json',
      { line: 'cat set.passport | goodorder verify -', exit: EXIT.undecided },
    ],
    ['0 passed   10 failed   11 undecided   3 unreadable input   (of several files the worst)'],
  );
  command.action(async (files: string[], options: VerifyOptions) => {
    const { io } = session;
    const trust = options.trust === undefined ? null : await readTrust(options.trust, io);
    const at = options.at ?? io.now();
    const named = await expandEach(files, '.passport', io);
    const inputs =
      options.volumes === true
        ? [await volumesOf(named, options.limit, io)]
        : named.map((one) => ({ ...one, read: () => readInput(one.name, io, options.limit) }));
    const exits: ExitCode[] = [];
    const reports: unknown[] = [];
    for (const [index, { name, problem, read }] of inputs.entries()) {
      try {
        if (problem !== null) throw problem;
        const { bytes } = await read();
        const verified = await verifyPassport(bytes, {
          trust,
          at,
          // Each volume was held to the limit when it was read.
          limit: options.volumes === true ? Math.max(options.limit, bytes.length) : options.limit,
          owned: true,
          ...(options.trustMinSequence === undefined ? {} : { trustMinSequence: options.trustMinSequence }),
        });
        const report = makeVerifyReport(verified, { version: VERSION });
        const media = options.media === undefined ? null : await compareMedia(verified, options.media, io);
        exits.push(
          exitOfVerdict(report),
          ...(media !== null && media.mismatched.length > 0 ? [EXIT.failed] : []),
        );
        if (options.format === 'text') {
          if (index > 0) session.print([[]], options);
          printText(session, name, report, media, options, inputs.length === 1);
        } else
          emit(session, options, reports, { file: name, ...report, ...(media === null ? {} : { media }) });
      } catch (error) {
        // One unreadable file of a batch must not hide the others.
        exits.push(error instanceof GoodOrderError ? EXIT.input : EXIT.internal);
        if (options.format === 'text') io.stderr.write(errorText(error));
        else emit(session, options, reports, { file: name, ...errorReport(error) });
      }
    }
    if (options.format === 'json') session.printJson(inputs.length === 1 ? reports[0] : reports, options);
    session.exit = worstExit(exits);
  });
}

function emit(session: Session, options: GlobalOptions, reports: unknown[], report: unknown): void {
  if (options.format === 'ndjson') session.printJson(report, options);
  else reports.push(report);
}

function printText(
  session: Session,
  file: string,
  report: VerifyReport,
  media: MediaComparison | null,
  options: VerifyOptions,
  alone: boolean,
): void {
  const { width } = session.terminal(options);
  session.print(
    verifyLines(report, {
      file,
      language: options.lang,
      width,
      media,
      verbose: options.verbose === true,
      timeGiven: options.at !== undefined,
    }),
    options,
  );
  for (const name of media?.mismatched ?? []) {
    session.print(
      [
        [
          '    ',
          styled('bad', 'media.mismatch'),
          `  ${visibleText(name)}: ${codeSentence('media.mismatch', options.lang)}`,
        ],
      ],
      options,
    );
  }
  for (const name of media?.skipped ?? []) {
    session.print([['    ', styled('caution', 'not looked at'), `  ${visibleText(name)}`]], options);
  }
  if (alone && file !== '-') session.talk([[], [`Next: ${verifyNext(report, file)}`]], options);
}
