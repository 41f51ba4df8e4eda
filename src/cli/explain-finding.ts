import { GoodOrderError } from '../errors.js';
import { type ExplainedStep, explain } from '../finding/explain.js';
import { decidedIssues, explainPart } from '../finding/explain-part.js';
import { type Assessment, assess } from '../finding/finding.js';
import { EXPLAIN_WORDS } from '../report/labels/explain-words.js';
import { stepLines } from '../report/step-lines.js';
import { type StyledLine, styled } from '../report/styled-line.js';
import { visibleText } from '../report/visible-text.js';
import type { GlobalOptions, Session } from './command.js';
import { packsFor, readDisputeFile, type VerifiedFiles, verifyFiles } from './open-dispute.js';
import { pickRecord } from './pick-record.js';
import { readTrust } from './read-trust.js';

interface FindingOptions extends GlobalOptions {
  readonly dispute: string;
  readonly pack?: readonly string[];
  readonly trust?: string;
  readonly at?: number;
}

/** Where a record that an explanation stands on lies, to the byte. */
interface RecordPlace {
  readonly id: string;
  readonly number: number;
  readonly type: string;
  readonly file: string;
  /** Of its first byte. */
  readonly offset: number;
  readonly length: number;
}

/**
 * Explains a finding, or the part of it that is named: an edge (`e1`), an issue, a fact (`<record id>#0`), a record. What
 * is printed and what is written as JSON come from the one run that made the finding.
 */
export async function explainFinding(
  passport: string,
  part: string | undefined,
  options: FindingOptions,
  session: Session,
): Promise<void> {
  const { io } = session;
  const { dispute, source } = await readDisputeFile(options.dispute, io);
  const trust = options.trust === undefined ? null : await readTrust(options.trust, io);
  const given = await verifyFiles([passport], { trust, at: options.at ?? dispute.asOf.utcS }, io);
  const packs = await packsFor(dispute, options.pack ?? [], io);
  const assessment = assess(given.passports, dispute, packs, source);
  const steps = stepsOf(assessment, part, given);
  const records = placesOf(steps, given);
  const numbers = new Map(records.map(({ id, number }) => [id, number] as const));
  const words = EXPLAIN_WORDS[options.lang];
  const { width } = session.terminal(options);
  session.result(
    options,
    { schemaVersion: 1, finding: assessment.finding.digest, part: part ?? null, steps, records },
    [
      ...(steps.length === 0 ? [[words.unknownPart]] : []),
      ...stepLines(steps, { language: options.lang, width, numbers, indent: 0 }),
      ...(records.length === 0 ? [] : [[]]),
      ...records.map(
        ({ file, length, number, offset, type }): StyledLine => [
          styled('faint', `[${number}] ${visibleText(type)}  `),
          styled('faint', words.bytes(offset, offset + length - 1, visibleText(file))),
        ],
      ),
    ],
  );
}

function stepsOf(
  assessment: Assessment,
  part: string | undefined,
  { passports }: VerifiedFiles,
): readonly ExplainedStep[] {
  const { edges } = assessment.finding;
  if (part === undefined) return edges.map(({ id }) => edgeStep(assessment, id));
  if (/^e\d{1,4}$/.test(part)) {
    const edge = edges.find(({ number }) => `e${number}` === part);
    if (edge === undefined) throw notFound(part, `there are e1 to e${edges.length}`);
    return [edgeStep(assessment, edge.id)];
  }
  const issues = decidedIssues(assessment);
  if (issues.includes(part)) return explainPart(assessment, { kind: 'issue', issue: part });
  if (part.includes('#')) {
    const ids = assessment.facts.facts.map(({ id }) => id).filter((id) => factFits(id, part));
    if (ids.length !== 1) throw notFound(part, `${ids.length} facts are named so: <record id>#<number>`);
    return explainPart(assessment, { kind: 'fact', fact: ids[0]! });
  }
  if (!/^[0-9a-f]+$/.test(part)) throw notFound(part, `issues decided here: ${issues.join(', ')}`);
  const records = passports.flatMap((one) => one.records);
  return explainPart(assessment, { kind: 'record', record: pickRecord(records, part).id });
}

/** The start of the record's id, four digits or more, and the number of the fact. */
function factFits(id: string, part: string): boolean {
  const [record = '', number] = part.split('#');
  return record.length >= 4 && id.startsWith(record) && id.endsWith(`#${number}`);
}

function notFound(part: string, hint: string): GoodOrderError {
  return new GoodOrderError('cli.not-found', `the finding has no \`${part}\`; ${hint}`);
}

/** An edge as a step: its reason, and below it everything it stands on. */
function edgeStep(assessment: Assessment, id: string): ExplainedStep {
  const { reason, says, steps } = explain(assessment, id);
  const number = assessment.finding.edges.find((edge) => edge.id === id)!.number;
  return {
    kind: 'edge',
    says: { en: `e${number}  ${says.en}`, zh: `e${number}  ${says.zh}` },
    result: reason,
    rule: null,
    sentence: null,
    lines: [],
    facts: [],
    records: [],
    steps,
  };
}

/** Every record that a step names, by number. */
function placesOf(
  steps: readonly ExplainedStep[],
  { names, passports }: VerifiedFiles,
): readonly RecordPlace[] {
  const named = new Set<string>();
  const walk = (list: readonly ExplainedStep[]): void => {
    for (const step of list) {
      for (const id of step.records) named.add(id);
      walk(step.steps);
    }
  };
  walk(steps);
  return passports
    .flatMap((passport, index) =>
      passport.records.flatMap(({ id, length, number, offset, type }): RecordPlace[] =>
        named.has(id) ? [{ id, number, type, file: names[index] ?? '', offset, length }] : [],
      ),
    )
    .sort((a, b) => a.number - b.number);
}
