import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderLines } from '../../src/cli/terminal.js';
import { isUnsafe } from '../../src/codec/unsafe-character.js';
import { readTrustFile } from '../../src/credential/trust-file.js';
import { toWritten } from '../../src/record/written-form.js';
import { columns } from '../../src/report/columns.js';
import { recordLines } from '../../src/report/show-text.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { type CapturedRun, capturedRun } from './captured-run.js';
import { textFields } from './naughty-fields.js';
import {
  disputeVariants,
  draftVariants,
  type NaughtyFile,
  trustVariants,
  USUAL_DISPUTE,
} from './naughty-files.js';
import {
  NaughtyPassport,
  type NaughtyRecord,
  NOW,
  nameOfTarget,
  naughtyTrust,
  passportAbout,
  type Target,
  targetsOf,
} from './naughty-passports.js';
import { naughtyTexts } from './naughty-texts.js';

export interface NaughtyTally {
  /** Texts, and pairs of a text and a place of a record. */
  readonly texts: number;
  readonly pairs: number;
  readonly signed: number;
  /** What the signer refused, by code. */
  readonly refused: Readonly<Record<string, number>>;
  /** What reading a trust file, dispute, draft or file name said, by code; `taken` where it was taken. */
  readonly files: Readonly<Record<string, number>>;
  /** Command lines run, by command and format. */
  readonly lines: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  readonly complaints: readonly { readonly text: string; readonly bytes: string }[];
}

// Written apart from `isUnsafe`, from the properties of Unicode, so that one checks the other.
const RAW =
  /(?!\n)[\p{Cc}\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\p{Default_Ignorable_Code_Point}\p{Surrogate}\p{Noncharacter_Code_Point}]/u;

interface Made {
  readonly target: Target;
  readonly record: NaughtyRecord;
}

/** So many records stand in one passport. */
const AT_ONCE = 50;
const EXITS = new Set([0, 10, 11, 3]);

/** Puts naughty texts through signing, verification and every command that shows what records say. */
export class NaughtyRun {
  readonly #texts: readonly string[];
  readonly #targets: readonly Target[];
  readonly #trust = readTrustFile(utf8(naughtyTrust()), 'court.trust.json');
  #folder = '';
  #tally = emptyTally();

  constructor(root: string) {
    this.#texts = naughtyTexts(root);
    this.#targets = targetsOf(textFields());
  }

  get texts(): number {
    return this.#texts.length;
  }

  get places(): number {
    return this.#targets.length;
  }

  /** Of the texts with these indexes, those that meet: each text with every `every`-th place, offset by its index. */
  async run(from: number, count: number, every: number): Promise<NaughtyTally> {
    this.#tally = emptyTally();
    this.#folder = await mkdtemp(join(tmpdir(), 'goodorder-naughty-'));
    try {
      await this.#write('court.trust.json', naughtyTrust());
      await this.#write('usual.dispute.json', USUAL_DISPUTE);
      for (let index = from; index < from + count; index += 1) await this.#text(index, every);
    } finally {
      await rm(this.#folder, { recursive: true, force: true });
    }
    return this.#tally;
  }

  async #text(index: number, every: number): Promise<void> {
    const text = this.#texts[index]!;
    this.#tally.texts += 1;
    const due = <T>(all: readonly T[]): T[] => all.filter((_, at) => (at + index) % every === 0);
    const targets = due(this.#targets);
    for (let at = 0; at < targets.length; at += AT_ONCE) {
      await this.#passport(text, targets.slice(at, at + AT_ONCE), at === 0);
    }
    await this.#look(text, 'item', passportAbout(text), ['verify -', 'show -', 'timeline -']);
    for (const file of due(trustVariants(text)))
      await this.#file(text, 'trust', file, [
        'trust list FILE',
        'trust check FILE',
        'verify court.trust.json --trust FILE',
      ]);
    for (const file of due(disputeVariants(text)))
      await this.#file(text, 'dispute', file, [
        'find usual.passport --dispute FILE --trust court.trust.json --why',
      ]);
    for (const file of due(draftVariants(text)))
      await this.#file(text, 'draft', file, ['sign FILE -o new.record --home nowhere']);
    await this.#fileName(text);
  }

  /** One passport whose records say the text, each at one of the places. */
  async #passport(text: string, targets: readonly Target[], first: boolean): Promise<void> {
    const passport = await NaughtyPassport.begin();
    const made: Made[] = [];
    for (const target of targets) {
      const record = await passport.add(target, text);
      made.push({ target, record });
      this.#tally.pairs += 1;
      if (record.how === 'signed') this.#tally.signed += 1;
      if (record.refusal !== null) count(this.#tally.refused, record.refusal);
    }
    if (first) await passport.addLoose(text);
    const bytes = passport.bytes();
    if (first) await this.#write('usual.passport', bytes);
    const what = `${nameOfTarget(targets[0]!)} and the next`;
    const trust = '--trust court.trust.json';
    await this.#look(text, what, bytes, [`verify - -v ${trust}`, `timeline - ${trust}`]);
    if (first)
      await this.#look(text, what, bytes, [
        `verify - ${trust} --lang zh`,
        'inspect - --diagnostic',
        `find - --dispute usual.dispute.json ${trust}`,
      ]);
    await this.#line(text, what, `show - ${trust}`, bytes);
    const { out } = await this.#line(text, what, `show - ${trust} --format json`, bytes);
    await this.#eachShown(text, made, bytes);
    this.#keptAsData(text, made, bytes, out);
  }

  /** The lines that `show` prints of each record alone. Through the command each would have all verified again. */
  async #eachShown(text: string, made: readonly Made[], bytes: Uint8Array): Promise<void> {
    const { records } = await verifyPassport(bytes, { trust: this.#trust, at: NOW });
    const shown = new Map(records.map((record) => [record.id, record]));
    for (const { target, record } of made) {
      const found = shown.get(record.id);
      if (found === undefined) continue;
      const lines = recordLines(found, toWritten(found.payload), 'en', 80);
      const printed = renderLines(lines, { colour: false, unicode: true, width: 80 });
      count(this.#tally.lines, 'show one record');
      const fault = brokenColumn(printed, text) ?? rawFault(printed);
      if (fault !== null) this.#wrong(text, nameOfTarget(target), 'show one record', fault, bytes);
    }
  }

  /** What the signer took comes back from `show` letter for letter. */
  #keptAsData(text: string, made: readonly Made[], bytes: Uint8Array, out: string): void {
    const { records } = JSON.parse(out) as {
      records: { id: string; claimed: { payload: unknown } }[];
    };
    const shown = new Map(records.map((one) => [one.id, one.claimed.payload]));
    for (const { target, record } of made) {
      if (record.how !== 'signed' || target.kind !== 'field') continue;
      const found = record.path.reduce<unknown>(
        (value, step) => (typeof value === 'object' && value !== null ? (value as never)[step] : undefined),
        shown.get(record.id),
      );
      // A text that looks like a time stands as `text:…`.
      if (found !== toWritten(text))
        this.#wrong(text, nameOfTarget(target), 'show', 'the text did not come back', bytes);
    }
  }

  async #look(text: string, what: string, bytes: Uint8Array, lines: readonly string[]): Promise<void> {
    for (const line of lines) {
      await this.#line(text, what, line, bytes);
      await this.#line(text, what, `${line} --format json`, bytes);
    }
  }

  async #file(text: string, kind: string, file: NaughtyFile, lines: readonly string[]): Promise<void> {
    const name = `${kind}.json`;
    await this.#write(name, file.json);
    let taken = true;
    for (const line of lines) {
      // What one command refuses to read, the others refuse with the same words.
      if (!taken) return;
      for (const format of ['text', 'json']) {
        const argv = `${line.replace('FILE', name)} --format ${format}`.split(' ');
        const ran = await this.#argv(text, `${kind} ${file.name}`, argv, utf8(file.json));
        if (format === 'json') {
          count(this.#tally.files, `${kind}: ${codeIn(ran)}`);
          taken = codeIn(ran) === 'taken';
        }
      }
    }
  }

  /** As the name of a file and a folder where a file system takes it, and as a name of nothing. */
  async #fileName(text: string): Promise<void> {
    const makeable =
      text !== '' && !/[\0/]/.test(text) && utf8(text).toString() === text && utf8(text).length <= 200;
    // These two name folders, and the one above holds whatever the machine has.
    if (text === '.' || text === '..') return;
    const names = [text];
    if (makeable) {
      await mkdir(join(this.#folder, 'named', text), { recursive: true });
      await this.#write(join('named', text, `${text}.passport`), passportAbout('x'));
      names.push(join('named', text, `${text}.passport`), join('named', text));
    }
    for (const name of names) {
      for (const command of ['verify', 'show', 'timeline', 'trust list']) {
        for (const format of ['text', 'json']) {
          if (name.includes('\0')) continue;
          const argv = [...command.split(' '), '--format', format, '--', name];
          const ran = await this.#argv(text, 'file name', argv);
          if (format === 'json') count(this.#tally.files, `file name: ${codeIn(ran)}`);
        }
      }
    }
    await rm(join(this.#folder, 'named'), { recursive: true, force: true });
  }

  #line(text: string, what: string, line: string, stdin?: Uint8Array): Promise<CapturedRun> {
    return this.#argv(text, what, line.split(' '), stdin);
  }

  async #argv(text: string, what: string, argv: readonly string[], stdin?: Uint8Array): Promise<CapturedRun> {
    const ran = await capturedRun(argv, this.#folder, stdin);
    const { exit, out, err, ms } = ran;
    const json = argv[argv.indexOf('--format') + 1] === 'json';
    count(this.#tally.lines, `${argv[0]}${json ? ' json' : ''}`);
    if (ms > this.#tally.slowestMs) this.#tally.slowestMs = ms;
    const fault = (json ? jsonFault(out, err) : brokenColumn(out, text, err)) ?? rawFault(out + err);
    if (fault !== null) this.#wrong(text, what, argv.slice(0, 2).join(' '), fault, stdin);
    if (!EXITS.has(exit))
      this.#wrong(text, what, argv.slice(0, 2).join(' '), `exit ${exit}: ${err || out}`, stdin);
    return ran;
  }

  #wrong(
    text: string,
    what: string,
    line: string,
    fault: string,
    bytes: Uint8Array = new Uint8Array(),
  ): void {
    const told = `${what}, ${line}, ${JSON.stringify(text.slice(0, 60))}: ${JSON.stringify(fault.slice(0, 200))}`;
    this.#tally.complaints.push({ text: told, bytes: Buffer.from(bytes).toString('base64') });
  }

  async #write(name: string, content: string | Uint8Array): Promise<void> {
    await writeFile(join(this.#folder, name), content);
  }
}

function emptyTally() {
  return {
    texts: 0,
    pairs: 0,
    signed: 0,
    refused: {} as Record<string, number>,
    files: {} as Record<string, number>,
    lines: {} as Record<string, number>,
    slowestMs: 0,
    complaints: [] as { text: string; bytes: string }[],
  };
}

function utf8(text: string): Buffer {
  return Buffer.from(text);
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1;
}

function codeIn({ exit, out }: CapturedRun): string {
  try {
    return (JSON.parse(out) as { error?: { code: string } }).error?.code ?? 'taken';
  } catch {
    return `no JSON, exit ${exit}`;
  }
}

function jsonFault(out: string, err: string): string | null {
  if (err !== '') return `beside the JSON: ${err}`;
  try {
    JSON.parse(out);
    return null;
  } catch {
    return `no JSON: ${out}`;
  }
}

function rawFault(printed: string): string | null {
  const found = RAW.exec(printed);
  if (found !== null)
    return `raw U+${(found[0].codePointAt(0) ?? 0).toString(16)} in ${near(printed, found.index)}`;
  for (const character of printed) {
    const code = character.codePointAt(0) ?? 0;
    if (code !== 10 && isUnsafe(code)) return `raw U+${code.toString(16)}`;
  }
  return null;
}

function near(text: string, at: number): string {
  return text.slice(Math.max(0, at - 40), at + 40);
}

/** A line that begins with what follows a line break of the text, or one that is wider than it may be. */
function brokenColumn(printed: string, text: string, errors = ''): string | null {
  const tails = text
    .split(/[\n\r\v\f\u0085\u2028\u2029]/)
    .slice(1)
    .map((tail) => tail.trim().slice(0, 12))
    .filter((tail) => tail.length >= 4);
  let before = '';
  for (const line of printed.split('\n')) if (columns(line) > 80) return `wider than 80 columns: ${line}`;
  for (const line of `${printed}\n${errors}`.split('\n')) {
    const start = line.trimStart();
    // A text that is folded at its escape goes on in the next line.
    if (tails.some((tail) => start.startsWith(tail)) && !before.endsWith('}'))
      return `a line of its own: ${line}`;
    before = line;
  }
  return null;
}
