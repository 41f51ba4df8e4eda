import type { Axis } from '../codes.js';
import { MEMBER } from '../passport/element.js';
import type { ReportedFinding, VerifyReport } from '../verify/verify-report.js';
import { padEnd, wrap } from './columns.js';
import type { Language } from './labels/code-label.js';
import { codeSentence } from './labels/code-sentence.js';
import type { VerifyWords } from './labels/verify-words.js';
import { countText, partyText, shortHash } from './name-text.js';
import { type StyledLine, styled } from './styled-line.js';
import { visibleText } from './visible-text.js';

export interface FindingTextOptions {
  readonly language: Language;
  readonly width: number;
  readonly verbose: boolean;
}

const SHOWN_PER_AXIS = 5;

/** Findings that lower an answer, and warnings; infos only when asked for. */
export function findingLines(
  report: VerifyReport,
  axis: Axis,
  options: FindingTextOptions,
  words: VerifyWords,
): StyledLine[] {
  const found = report.findings.filter(
    (finding) =>
      finding.axis === axis &&
      (options.verbose || finding.severity === 'warning' || (finding.lowers && finding.severity !== 'info')),
  );
  const groups = new Map<string, ReportedFinding[]>();
  for (const finding of found) groups.set(finding.code, [...(groups.get(finding.code) ?? []), finding]);
  const lines: StyledLine[] = [];
  for (const [code, group] of [...groups].slice(0, SHOWN_PER_AXIS)) {
    lines.push(...groupLines(report, code, group, options, words));
  }
  const hidden = groups.size - SHOWN_PER_AXIS;
  if (hidden > 0) lines.push([' '.repeat(25), styled('faint', words.moreCodes(hidden))]);
  return lines;
}

/** Findings stand below the answer of their axis. */
export const FINDING_INDENT = ' '.repeat(25);

function groupLines(
  report: VerifyReport,
  code: string,
  group: readonly ReportedFinding[],
  options: FindingTextOptions,
  words: VerifyWords,
): StyledLine[] {
  const [first] = group as [ReportedFinding];
  const count = countOf(report, code, group);
  const style =
    first.severity === 'failure' ? 'bad' : first.severity === 'indeterminate' ? 'caution' : 'faint';
  const numbers = [...new Set(group.flatMap((finding) => numberOf(report, finding.record)))].sort(
    (a, b) => a - b,
  );
  const where =
    numbers.length > 0 ? `  ${words.recordNumbers(words.list(numbers, 8))}` : elementText(first, words);
  const lines: StyledLine[] = [
    [
      FINDING_INDENT,
      styled(style, code),
      where,
      count > Math.max(numbers.length, 1) ? `  ×${countText(count)}` : '',
    ],
  ];
  for (const line of wrap(codeSentence(code, options.language), options.width - FINDING_INDENT.length))
    lines.push([FINDING_INDENT, styled('faint', line)]);
  if (group.length === 1 && first.severity === 'failure') lines.push(...placeLines(report, first, words));
  return lines;
}

/** How often it was found; past the cap of a code the report holds the total alone. */
function countOf(report: VerifyReport, code: string, group: readonly ReportedFinding[]): number {
  const told = report.findings.filter((finding) => finding.code === code).length;
  const total = report.counts[code] ?? told;
  return total > told ? total : group.length;
}

function numberOf(report: VerifyReport, record: string | undefined): number[] {
  const found = record === undefined ? undefined : report.records.find((one) => one.id === record);
  return found === undefined ? [] : [found.number];
}

function elementText(finding: ReportedFinding, words: VerifyWords): string {
  // Member 0 is the item: what is said of it is said of the whole file.
  if (finding.member === undefined || finding.member === 0) return '';
  const name = words.members[finding.member] ?? `member ${finding.member}`;
  // A record that cannot be read has no number: its place in the file would be taken for another record's.
  if (finding.member === MEMBER.records)
    return finding.offset === undefined ? `  ${name}` : `  ${name}, ${words.byte(countText(finding.offset))}`;
  return finding.index === undefined ? `  ${name}` : `  ${name} ${finding.index + 1}`;
}

function placeLines(report: VerifyReport, finding: ReportedFinding, words: VerifyWords): StyledLine[] {
  const lines: StyledLine[] = [];
  const record = report.records.find((one) => one.id === finding.record);
  const add = (name: string, text: string): void =>
    void lines.push([FINDING_INDENT, styled('faint', padEnd(name, 10)), text]);
  if (record !== undefined) {
    const name = partyText(record.claimed.iss);
    const signer = record.verified.party === null ? words.callsItself(name) : name;
    add(words.signer, `${visibleText(record.claimed.type)} · ${signer}`);
    add(words.at, words.bytes(countText(record.offset), countText(record.offset + record.length - 1)));
  } else if (finding.offset !== undefined) {
    add(words.at, words.byte(countText(finding.offset)));
  }
  if (finding.path !== undefined && finding.path !== '') add(words.field, visibleText(finding.path));
  for (const [name, value] of Object.entries(finding.detail ?? {})) {
    const text = typeof value === 'object' ? words.list(value.map(shown), 4) : shown(String(value));
    add(name, visibleText(text));
  }
  return lines;
}

function shown(text: string): string {
  return /^[0-9a-f]{64}$/.test(text) ? shortHash(text) : text;
}
