import { type Command, Option } from 'commander';
import { type Axis, type CheckCode, CODES, type Severity, TOOL_CODES } from '../../codes.js';
import { GoodOrderError } from '../../errors.js';
import { codeSentence } from '../../report/labels/code-sentence.js';
import { DOCTOR_WORDS, type DoctorCode } from '../../report/labels/doctor-words.js';
import { EXPLAIN_WORDS } from '../../report/labels/explain-words.js';
import { VERIFY_WORDS } from '../../report/labels/verify-words.js';
import { type StyledLine, styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { verifyPassport } from '../../verify/verify-passport.js';
import { addHelpText, type GlobalOptions, parseAt, type Session } from '../command.js';
import { explainFinding } from '../explain-finding.js';
import { pickRecord } from '../pick-record.js';
import { readInput } from '../read-input.js';
import { readTrust } from '../read-trust.js';

interface ExplainOptions extends GlobalOptions {
  readonly trust?: string;
  readonly at?: number;
  readonly dispute?: string;
  readonly pack?: readonly string[];
}

export function defineExplain(command: Command, session: Session): void {
  command
    .argument('[what]', 'a code such as chain.gap, or a passport; without it all codes are listed')
    .argument(
      '[part]',
      'a record of the passport: its number, its id, or the start of it; with --dispute also an edge (e1), an issue, or a fact',
    )
    .option('--dispute <file>', 'dispute of which the finding is explained, JSON or YAML')
    .option('--pack <file...>', 'rule packs of your own, beside the built-in ones')
    .option('--trust <file>', 'trust file, for a record or a finding')
    .addOption(new Option('--at <time>', 'as of this time (default: now)').argParser(parseAt));
  addHelpText(
    command,
    [
      'goodorder explain chain.gap',
      'goodorder explain sig.invalid --lang zh',
      'goodorder explain set.passport 9 --trust court.trust.json',
      'goodorder explain | grep manifest',
      'goodorder explain set.passport --dispute case-9.json --trust court.trust.json',
      'goodorder explain set.passport e1 --dispute case-9.json --trust court.trust.json',
      'goodorder explain set.passport bad-at-delivery --dispute case-9.json --trust court.trust.json',
      'goodorder explain set.passport 9 --dispute case-9.json --trust court.trust.json --lang zh',
    ],
    ['0 known   3 no such code, record, edge, issue or fact'],
  );
  command.action(async (what: string | undefined, record: string | undefined, options: ExplainOptions) => {
    if (what === undefined) list(session, options);
    else if (options.dispute !== undefined) {
      await explainFinding(what, record, { ...options, dispute: options.dispute }, session);
    } else if (record !== undefined) await explainRecord(what, record, options, session);
    else {
      const explained = explain(what, options);
      session.result(options, { schemaVersion: 1, ...explained }, codeLines(explained, options));
    }
  });
}

function codeLines(
  { code, sentence, severity, axis, accuses, advice }: Explained,
  { lang }: GlobalOptions,
): StyledLine[] {
  const lines: StyledLine[] = [[styled('strong', code)], [`  ${sentence}`]];
  const words = EXPLAIN_WORDS[lang];
  if (advice !== undefined) return [...lines, [`  ${words.doctor}`], [`  ${words.advice(advice)}`]];
  if (severity === undefined || axis === undefined) return [...lines, [`  ${words.tool}`]];
  return [
    ...lines,
    [`  ${words.effect[severity]}`],
    [`  ${words.answer(VERIFY_WORDS[lang].axes[axis])}`],
    [`  ${accuses === true ? words.accuses : words.accusesNobody}`],
  ];
}

/** What was found about one record, each finding with what it means and what it does. */
async function explainRecord(
  file: string,
  which: string,
  options: ExplainOptions,
  session: Session,
): Promise<void> {
  const { io } = session;
  const { bytes } = await readInput(file, io);
  const trust = options.trust === undefined ? null : await readTrust(options.trust, io);
  const passport = await verifyPassport(bytes, { trust, at: options.at ?? io.now() });
  const record = pickRecord(passport.records, which);
  const findings = record.diagnostics.map(({ code, path }) => ({
    ...explain(code, options),
    ...(path === undefined ? {} : { path }),
  }));
  const { id, number, state } = record;
  const words = EXPLAIN_WORDS[options.lang];
  session.result(options, { schemaVersion: 1, record: id, number, state, findings }, [
    [styled('strong', `${words.record} ${number}  ${visibleText(record.type)}`), `  ${words.state[state]}`],
    ...(findings.length === 0 ? [[`  ${words.nothing}`]] : []),
    ...findings.flatMap((finding): StyledLine[] => {
      const [head = [], ...rest] = codeLines(finding, options);
      const where = finding.path === undefined ? '' : `  ${visibleText(finding.path)}`;
      return [[], [...head, where], ...rest];
    }),
  ]);
}

interface Explained {
  readonly code: string;
  readonly sentence: string;
  readonly axis?: Axis;
  readonly severity?: Severity;
  readonly accuses?: boolean;
  /** What to do about it: of what `doctor` finds. */
  readonly advice?: string;
}

function explain(code: string, { lang }: GlobalOptions): Explained {
  if (Object.hasOwn(DOCTOR_WORDS, code)) {
    const [what, advice] = DOCTOR_WORDS[code as DoctorCode][lang];
    return { code, sentence: withPlaces(what), advice: withPlaces(advice) };
  }
  const sentence = codeSentence(code, lang);
  if (Object.hasOwn(CODES, code)) return { code, sentence, ...CODES[code as CheckCode] };
  if ((TOOL_CODES as readonly string[]).includes(code)) return { code, sentence };
  const near = allCodes().filter((one) => one.startsWith(`${code.split('.')[0]}.`));
  const hint =
    near.length === 0
      ? '`goodorder explain` lists all; for a record, name it after its passport'
      : `known: ${near.join(', ')}`;
  throw new GoodOrderError('cli.not-found', `there is no code \`${code}\`; ${hint}`);
}

function list(session: Session, options: GlobalOptions): void {
  const codes = allCodes();
  session.result(
    options,
    { schemaVersion: 1, codes: codes.map((code) => explain(code, options)) },
    codes.map((code) => {
      const { sentence } = explain(code, options);
      return [code.padEnd(34), sentence];
    }),
  );
}

function allCodes(): readonly string[] {
  return [...Object.keys(CODES), ...TOOL_CODES, ...Object.keys(DOCTOR_WORDS)];
}

/** Where a sentence names a key or a file, its place: `{key}` → `KEY`. */
function withPlaces(sentence: string): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => name.toUpperCase());
}
