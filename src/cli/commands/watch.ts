import { type FSWatcher, watch as watchFiles } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { GoodOrderError } from '../../errors.js';
import type { OutcomeEvent, ToldOutcome } from '../../finding/watch-outcomes.js';
import { SETTLE_WORDS } from '../../report/labels/settle-words.js';
import { styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { watchEventLines } from '../../report/watch-text.js';
import { addHelpText, type GlobalOptions, parseAt, parseCount, type Session } from '../command.js';
import { errorLine, errorReport } from '../error-text.js';
import { type EventOutput, fileOutput, streamOutput } from '../event-output.js';
import { EXIT } from '../exit-code.js';
import { whileLocked } from '../file-lock.js';
import { jsonText } from '../json-text.js';
import { packsFor, readDisputeFile } from '../open-dispute.js';
import { readTableFile } from '../read-settlement.js';
import { readTrust } from '../read-trust.js';
import { renderLines } from '../terminal.js';
import { WatchJournal } from '../watch-journal.js';
import { glance, look, type WatchEvent, type WatchQuestion } from '../watch-pass.js';

interface WatchOptions extends GlobalOptions {
  readonly dispute?: string;
  readonly triggers?: string;
  readonly journal: string;
  readonly out?: string;
  readonly once?: boolean;
  readonly poll: number;
  readonly trust?: string;
  readonly at?: number;
  readonly pack?: readonly string[];
}

export function defineWatch(command: Command, session: Session): void {
  command
    .argument('<file...>', 'passports, or folders of them; they need not be there yet')
    .option('--dispute <file>', 'tell when a claim of this dispute comes to be owed, or is not any more')
    .option('--triggers <file>', 'tell when a step of this payout table is reached')
    .requiredOption(
      '--journal <file>',
      'where it is kept what was told, so that a restart tells nothing twice',
    )
    .option('--out <file>', 'append the events to this file as ndjson, each exactly once, instead of stdout')
    .option('--once', 'look once and end, for cron')
    .addOption(new Option('--poll <seconds>', 'look at least this often').argParser(parseCount).default(2))
    .option('--trust <file>', 'trust file: whom you believe')
    .addOption(
      new Option('--at <time>', 'verify as of this time (default: the dispute’s asOf, else now)').argParser(
        parseAt,
      ),
    )
    .option('--pack <file...>', 'rule packs of your own, beside the built-in ones');
  addHelpText(
    command,
    [
      'goodorder watch set.passport --dispute case-9.json --journal set.journal --trust court.trust.json --once',
      'goodorder watch incoming --triggers cover.yaml --journal cover.journal --out events.ndjson --trust court.trust.json --once',
    ],
    [
      '0 looked (with --once)   3 something could not be read   130 interrupted',
      'On stdout an event may come twice after a crash, under the same',
      'idempotencyKey: drop keys you have seen. In --out it stands once.',
      'Events are told, nothing is ever paid.',
    ],
  );
  command.action(async (files: string[], options: WatchOptions) => {
    const { io } = session;
    if (options.dispute === undefined && options.triggers === undefined)
      throw new GoodOrderError(
        'cli.usage',
        'say what to watch for: --dispute <file>, --triggers <file> or both',
      );
    const disputed = options.dispute === undefined ? null : await readDisputeFile(options.dispute, io);
    const trust = options.trust === undefined ? null : await readTrust(options.trust, io);
    const triggers = options.triggers;
    const question: WatchQuestion = {
      inputs: files,
      trust,
      at: () => options.at ?? disputed?.dispute.asOf.utcS ?? io.now(),
      dispute: disputed?.dispute ?? null,
      packs: disputed === null ? [] : await packsFor(disputed.dispute, options.pack ?? [], io),
      table: triggers === undefined ? null : await readTableFile(triggers, io),
    };
    const watcher = new Watcher(question, options, session);
    if (options.once === true) {
      const problems = await watcher.pass();
      if (problems.length > 0) session.exit = EXIT.input;
      return;
    }
    await watcher.run();
  });
}

class Watcher {
  readonly #question: WatchQuestion;
  readonly #options: WatchOptions;
  readonly #session: Session;
  readonly #output: EventOutput<WatchEvent>;
  #said = '';
  #problems: readonly GoodOrderError[] = [];

  constructor(question: WatchQuestion, options: WatchOptions, session: Session) {
    this.#question = question;
    this.#options = options;
    this.#session = session;
    this.#output =
      options.out === undefined
        ? streamOutput(session.io, (events) => this.#text(events))
        : fileOutput(options.out, session.io);
  }

  /** Looks, and looks again whenever a file changed, until somebody ends it. */
  async run(): Promise<never> {
    const { io } = this.#session;
    const { journal, lang } = this.#options;
    const inputs = this.#question.inputs.map((name) => visibleText(name)).join(', ');
    const line = SETTLE_WORDS[lang].watching(inputs, visibleText(journal));
    this.#session.talk([[styled('faint', line)]], this.#options);
    let seen = '';
    for (;;) {
      const changed = this.#change();
      const now = await glance(this.#question, io);
      if (now !== seen) {
        await this.pass();
        seen = now;
      }
      await changed;
    }
  }

  /** One look, while no other watcher of the same journal looks. Tells why something could not be read. */
  async pass(): Promise<readonly GoodOrderError[]> {
    const path = resolve(this.#session.io.cwd, this.#options.journal);
    return whileLocked(path, async () => {
      const journal = await WatchJournal.open<WatchEvent>(path);
      try {
        return await this.#passWith(journal);
      } finally {
        await journal.close();
      }
    });
  }

  async #passWith(journal: WatchJournal<WatchEvent>): Promise<readonly GoodOrderError[]> {
    // What a crash left open goes first, before anything that hangs on it.
    const left = journal.pending;
    const { events, problems } = await look(
      this.#question,
      toldBefore(journal, this.#question.dispute?.digest),
      this.#session.io,
    );
    const fresh = events.filter(({ idempotencyKey }) => !journal.has(idempotencyKey));
    await journal.intend(fresh);
    this.#problems = problems;
    await this.#output.tell(fresh, left);
    await journal.markTold([...left, ...fresh]);
    this.#complain(problems);
    return problems;
  }

  /** One line for people, one for machines, or one value for all. */
  #text(events: readonly WatchEvent[]): string {
    const { format, lang } = this.#options;
    if (format === 'ndjson') return events.map((event) => jsonText(event, 'ndjson')).join('');
    if (format === 'json') {
      const told = { schemaVersion: 1, events, problems: this.#problems.map(problemOf) };
      return events.length > 0 || this.#options.once === true ? jsonText(told, 'json') : '';
    }
    const names = new Map((this.#question.dispute?.parties ?? []).map(({ id, name }) => [id, name]));
    const terminal = this.#session.terminal(this.#options);
    return renderLines(watchEventLines(events, { language: lang, width: terminal.width, names }), terminal);
  }

  /** The same trouble is told once, not at every look. */
  #complain(problems: readonly GoodOrderError[]): void {
    const said = problems.map((problem) => errorLine(problem)).join('\n');
    if (said === this.#said) return;
    this.#said = said;
    const { stderr, stdout } = this.#session.io;
    for (const problem of problems) {
      if (this.#options.format === 'text') stderr.write(`goodorder: ${errorLine(problem)}\n`);
      else if (this.#options.format === 'ndjson' || this.#options.out !== undefined)
        stdout.write(jsonText(errorReport(problem), 'ndjson'));
    }
  }

  /** Resolves when the system tells of a change, and in any case after the time of one poll. */
  async #change(): Promise<void> {
    const watchers: FSWatcher[] = [];
    const { cwd } = this.#session.io;
    await new Promise<void>((done) => {
      const timer = setTimeout(done, this.#options.poll * 1000);
      const wake = (): void => {
        clearTimeout(timer);
        // Whoever writes a file does so in several steps.
        setTimeout(done, 50);
      };
      for (const input of this.#question.inputs) {
        const path = resolve(cwd, input);
        void stat(path)
          .then((status) => (status.isDirectory() ? path : dirname(path)))
          .catch(() => dirname(path))
          .then((folder) => watchers.push(watchFiles(folder, wake).on('error', () => {})))
          // Where the system cannot tell, the poll does.
          .catch(() => {});
      }
    });
    for (const watcher of watchers) watcher.close();
  }
}

function problemOf(problem: GoodOrderError): ReturnType<typeof errorReport>['error'] {
  return errorReport(problem).error;
}

/** Of this dispute: another version of it is another dispute, and begins anew. */
function toldBefore(
  journal: WatchJournal<WatchEvent>,
  dispute: string | undefined,
): (edge: string) => ToldOutcome | undefined {
  const last = new Map<string, OutcomeEvent>();
  for (const event of journal.events)
    if (event.kind === 'liability-outcome' && event.dispute === dispute) last.set(event.edge, event);
  return (edge) => last.get(edge);
}
