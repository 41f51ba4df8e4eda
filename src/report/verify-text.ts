import type { Axis } from '../codes.js';
import type { CheckName, ReportedRecord, VerifyReport } from '../verify/verify-report.js';
import { columns, leftRight, lineColumns, padEnd, wrap } from './columns.js';
import type { Language } from './labels/code-label.js';
import { VERIFY_WORDS, type VerifyWords } from './labels/verify-words.js';
import { dayText, minuteText, partyText, shortHash, subjectText } from './name-text.js';
import { shellWord } from './shell-word.js';
import { type Mark, type Segment, type StyledLine, styled } from './styled-line.js';
import { FINDING_INDENT, findingLines } from './verify-findings-text.js';
import { visibleText } from './visible-text.js';

const MARKS: Readonly<Record<VerifyReport['verdict'], Mark>> = {
  'TOTAL-PASSED': 'passed',
  INDETERMINATE: 'limited',
  'TOTAL-FAILED': 'failed',
};

export interface VerifyTextOptions {
  /** The file as the user named it. */
  readonly file: string;
  readonly language: Language;
  readonly width: number;
  /** Result of comparing media files that were given beside the passport; null when none were. */
  readonly media: { readonly matched: number; readonly total: number } | null;
  readonly verbose: boolean;
  /** Somebody chose the time of which this is told: then it has to be said. */
  readonly timeGiven?: boolean;
}

/** A verification report as lines for people. What is shown comes from the report alone. */
export function verifyLines(report: VerifyReport, options: VerifyTextOptions): StyledLine[] {
  const words = VERIFY_WORDS[options.language];
  const lines: StyledLine[] = [headline(report, options, words)];
  if (report.records.length > 0) lines.push([], ...subjectLines(report, options, words));
  lines.push([], ...answerLines(report, options, words));
  lines.push([], ...closingLines(report, options, words));
  return lines;
}

function headline(report: VerifyReport, options: VerifyTextOptions, words: VerifyWords): StyledLine {
  const left: Segment[] = [
    { mark: MARKS[report.verdict] },
    ' ',
    styled('strong', report.verdict),
    `  ${verdictSentence(report, words)}`,
  ];
  return leftRight(left, styled('faint', visibleText(options.file, 60)), options.width);
}

function verdictSentence(report: VerifyReport, words: VerifyWords): string {
  if (report.verdict === 'TOTAL-PASSED') return words.passed;
  if (report.verdict === 'TOTAL-FAILED') {
    if (report.answers.integrity.answer === 'failed') {
      return report.records.length === 0 ? words.unreadable : words.altered;
    }
    if (report.answers.completeness.answer === 'failed') return words.incomplete;
    if (report.answers.trust.answer === 'failed') return words.trustRefused;
    return words.misattributed;
  }
  if (report.trust === null) return words.noTrustFile;
  if (!report.records.some((record) => record.state === 'trusted')) return words.unknownSigners;
  return words.undecided;
}

function subjectLines(report: VerifyReport, options: VerifyTextOptions, words: VerifyWords): StyledLine[] {
  const signers = new Set(report.records.map((record) => record.verified.kid));
  const times = report.records.map((record) => record.claimed.iat);
  const first = times.reduce((a, b) => Math.min(a, b));
  const last = times.reduce((a, b) => Math.max(a, b));
  const span =
    dayText(first) === dayText(last) ? dayText(first) : `${dayText(first)} ${words.to} ${dayText(last)}`;
  return [
    field(words.item, visibleText(subjectText(report.passport.item)), options),
    field(words.records, words.recordsBySigners(report.records.length, signers.size, span), options),
  ];
}

function field(name: string, text: string, _options: VerifyTextOptions): StyledLine {
  return ['    ', styled('faint', padEnd(name, 11)), text];
}

const AXIS_ORDER: readonly Axis[] = ['integrity', 'authenticity', 'time', 'completeness', 'trust'];

function answerLines(report: VerifyReport, options: VerifyTextOptions, words: VerifyWords): StyledLine[] {
  return AXIS_ORDER.flatMap((axis) => {
    const { answer } = report.answers[axis];
    const summary = summaryOf(axis, report, options, words);
    // A warning, or something that is merely not proven, limits what is said without lowering the verdict.
    const mark: Mark = answer === 'passed' && summary.caution ? 'limited' : answer;
    const start: Segment[] = [
      '  ',
      { mark },
      ' ',
      padEnd(words.axes[axis], 11),
      padEnd(words.answers[mark], 10),
    ];
    const [text = '', ...more] = wrap(summary.text, options.width - FINDING_INDENT.length);
    const lines: StyledLine[] = [[...start, text], ...more.map((line): StyledLine => [FINDING_INDENT, line])];
    return [
      ...withRecords(lines, summary.records, options, words),
      ...findingLines(report, axis, options, words),
    ];
  });
}

/** The records that a line is about stand at its right if all of them fit there, else below it. */
function withRecords(
  lines: readonly StyledLine[],
  numbers: readonly number[],
  { width }: VerifyTextOptions,
  words: VerifyWords,
): readonly StyledLine[] {
  const last = lines.at(-1);
  if (last === undefined || numbers.length === 0) return lines;
  // A number takes a column at least: more of them than columns never fit, and a file may hold a hundred thousand.
  if (numbers.length <= width) {
    const all = words.recordNumbers(words.list(numbers, numbers.length));
    if (lineColumns(last) + 2 + columns(all) <= width)
      return [...lines.slice(0, -1), leftRight(last, styled('faint', all), width)];
  }
  const room = width - FINDING_INDENT.length - columns(words.recordNumbers('1, 2')) + columns('1, 2');
  return [...lines, [FINDING_INDENT, styled('faint', words.recordNumbers(fitList(numbers, room, words)))]];
}

interface Summary {
  readonly text: string;
  /** Display numbers of the records it is about. */
  readonly records: readonly number[];
  readonly caution: boolean;
}

/** Of a file that cannot be read nothing is known but that: no count, and no gap either. */
function summaryOf(
  axis: Axis,
  report: VerifyReport,
  options: VerifyTextOptions,
  words: VerifyWords,
): Summary {
  if (isUnread(report) && axis !== 'integrity' && axis !== 'trust')
    return { text: words.notLookedAt, records: [], caution: true };
  return SUMMARIES[axis](report, options, words);
}

function isUnread(report: VerifyReport): boolean {
  return report.passport.item === '' && report.records.length === 0;
}

type Summarise = (report: VerifyReport, options: VerifyTextOptions, words: VerifyWords) => Summary;

const SUMMARIES: Readonly<Record<Axis, Summarise>> = {
  integrity(report, { media }, words) {
    const bad = report.records.filter((record) => record.state === 'invalid').length;
    const all = report.elements.records;
    const files = media === null ? '' : words.mediaMatched(media.matched, media.total);
    const text =
      report.answers.integrity.answer === 'passed'
        ? words.intact(all, files)
        : words.notIntact(bad, all, loweringCount(report, 'integrity'));
    return { text, records: [], caution: media !== null && media.matched < media.total };
  },
  authenticity(report, _options, words) {
    const known = new Set<string>();
    const all = new Set<string>();
    for (const record of report.records) {
      all.add(record.verified.kid);
      if (record.verified.binding === 'path') known.add(record.verified.kid);
    }
    const self = new Set(
      report.records
        .filter((record) => record.verified.binding === 'self')
        .map((record) => record.verified.kid),
    );
    const text =
      report.trust === null
        ? words.signersUnknown(all.size)
        : words.signersKnown(
            known.size,
            all.size,
            self.size,
            visibleText(report.trust.name),
            report.trust.sequence,
          );
    return { text, records: [], caution: known.size < all.size - self.size || known.size === 0 };
  },
  time(report, _options, words) {
    const open = report.records.filter((record) => record.verified.time.lower === null);
    const text = words.timeBounds(report.records.length - open.length, open.length);
    const records = open.map((record) => record.number);
    return { text, records, caution: open.length > 0 || warnings(report, 'time') };
  },
  completeness(report, _options, words) {
    // What a stranger states about the item's completeness reassures nobody.
    const manifests = report.records.filter(
      ({ claimed, state, verified }) =>
        claimed.type === 'manifest' &&
        claimed.sub === report.passport.item &&
        state !== 'invalid' &&
        verified.party !== null,
    );
    const newest = manifests.findLast(({ verified }) => verified.binding === 'path') ?? manifests.at(-1);
    if (newest === undefined) {
      return {
        text: words.noManifest(
          has(report, 'chain.gap'),
          has(report, 'chain.fork'),
          report.records.some(({ claimed, state }) => claimed.type === 'manifest' && state !== 'invalid'),
        ),
        records: [],
        caution: true,
      };
    }
    const text = words.manifest(
      has(report, 'chain.gap'),
      has(report, 'chain.fork'),
      partyText(newest.claimed.iss),
    );
    return {
      text,
      records: [newest.number],
      caution: warnings(report, 'completeness'),
    };
  },
  trust(report, _options, words) {
    if (report.trust === null) return { text: words.noTrust, records: [], caution: true };
    return { text: words.nextUpdate(dayText(report.trust.nextUpdate)), records: [], caution: false };
  },
};

/** As many numbers as fit, and how many do not. */
function fitList(numbers: readonly number[], room: number, words: VerifyWords): string {
  for (let shown = Math.min(numbers.length, Math.max(room, 1)); shown > 1; shown -= 1) {
    const text = words.list(numbers, shown);
    if (columns(text) <= room) return text;
  }
  return words.list(numbers, 1);
}

function has(report: VerifyReport, code: string): boolean {
  return (report.counts[code] ?? 0) > 0;
}

function warnings(report: VerifyReport, axis: Axis): boolean {
  return report.findings.some((finding) => finding.axis === axis && finding.severity === 'warning');
}

function loweringCount(report: VerifyReport, axis: Axis): number {
  return report.answers[axis].because.length;
}

function closingLines(report: VerifyReport, options: VerifyTextOptions, words: VerifyWords): StyledLine[] {
  const lines: StyledLine[] = [];
  const explanation = explain(report, words);
  if (explanation !== null) {
    for (const line of wrap(explanation, options.width - 4)) lines.push(['    ', line]);
    lines.push([]);
  }
  const unchecked = report.checks
    .filter((check) => !check.performed && skipped(check.check, options))
    .map((check) => words.checks[check.check]);
  const [firstLine = '', ...rest] = wrap(words.list(unchecked, unchecked.length), options.width - 17);
  lines.push(['    ', styled('faint', padEnd(words.notChecked, 13)), firstLine]);
  for (const line of rest) lines.push([' '.repeat(17), line]);
  if (report.wouldLeaveOut > 0)
    lines.push(['    ', styled('faint', padEnd(words.merge, 13)), words.leavesOut(report.wouldLeaveOut)]);
  if (options.timeGiven === true)
    lines.push(['    ', styled('faint', padEnd(words.asOf, 13)), words.timeGiven(minuteText(report.at))]);
  lines.push([
    '    ',
    styled('faint', padEnd(words.passport, 13)),
    `sha256 ${shortHash(report.passport.sha256)}`,
  ]);
  return lines;
}

function skipped(check: CheckName, { media }: VerifyTextOptions): boolean {
  return (
    !(check === 'separate-files' && media !== null) &&
    check !== 'attached-files' &&
    check !== 'private-fields'
  );
}

function explain(report: VerifyReport, words: VerifyWords): string | null {
  const broken = report.records.filter((record: ReportedRecord) => record.state === 'invalid');
  if (report.verdict === 'TOTAL-FAILED' && has(report, 'sig.invalid')) {
    return words.changedAfterSigning(
      words.list(
        broken.map((record) => record.number),
        8,
      ),
      report.records.length - broken.length,
    );
  }
  if (report.verdict === 'INDETERMINATE' && has(report, 'trust.no-path'))
    return report.trust === null ? words.nobodyIsKnown : words.unknownIsNotFalse;
  if (has(report, 'chain.gap')) return words.gapAccusesNobody;
  return null;
}

/** What to do next, as a command line the reader can copy. */
export function verifyNext(report: VerifyReport, file: string): string {
  const name = shellWord(file);
  if (isUnread(report)) return `goodorder inspect ${name}`;
  if (report.verdict === 'TOTAL-FAILED') return `goodorder merge ${name} theirs.passport -o mended.passport`;
  if (report.trust === null) return `goodorder verify ${name} --trust FILE`;
  const known = report.records.some(({ state }) => state === 'trusted');
  return known ? `goodorder find ${name} --dispute FILE` : `goodorder trust suggest ${name}`;
}
