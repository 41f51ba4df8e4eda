import { type Command, Option } from 'commander';
import { GoodOrderError } from '../../errors.js';
import { preflight } from '../../finding/preflight.js';
import { preflightLines } from '../../report/preflight-text.js';
import { addHelpText, type GlobalOptions, parseAt, type Session } from '../command.js';
import { verifyFiles } from '../open-dispute.js';
import { packsByName } from '../packs-by-name.js';
import { readPreflightParts } from '../preflight-parts.js';
import { readTrust } from '../read-trust.js';

interface PreflightOptions extends GlobalOptions {
  readonly pack: readonly string[];
  readonly parties?: string;
  readonly trust?: string;
  readonly at?: number;
}

export function definePreflight(command: Command, session: Session): void {
  command
    .argument('<file...>', 'the passport of what is about to be sent')
    .addOption(
      new Option('--pack <pack...>', 'rules to ask by: names of built-in packs, or pack files').default([
        'cn',
      ]),
    )
    .option(
      '--parties <file>',
      'who sells, carries and buys, and what, where the passport does not say it; a dispute file will do',
    )
    .option('--trust <file>', 'trust file: whom you believe')
    .addOption(new Option('--at <time>', 'before shipping at this time (default: now)').argParser(parseAt));
  addHelpText(
    command,
    [
      'goodorder preflight packed.passport --trust court.trust.json',
      'goodorder preflight packed.passport --parties case-9.json --trust court.trust.json --lang zh',
      'goodorder preflight packed.passport --pack cn --trust court.trust.json --format json | jq .disputes',
    ],
    ['0 answered (whoever would bear it)   3 unreadable input, or nobody says who the parties are'],
  );
  command.action(async (files: string[], options: PreflightOptions) => {
    const { io } = session;
    const at = options.at ?? io.now();
    const trust = options.trust === undefined ? null : await readTrust(options.trust, io);
    const { passports } = await verifyFiles(files, { trust, at }, io);
    const packs = await packsByName(options.pack, io);
    const parts = options.parties === undefined ? {} : await readPreflightParts(options.parties, io);
    const report = missingToldWithOption(() => preflight(passports, packs, { at, parts }));
    session.result(
      options,
      report,
      preflightLines(report, {
        language: options.lang,
        width: session.terminal(options).width,
        verbose: options.verbose === true,
      }),
    );
  });
}

/** The same refusal, with the option that helps. */
function missingToldWithOption<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof GoodOrderError) || error.code !== 'preflight.missing') throw error;
    throw new GoodOrderError(
      error.code,
      `${error.message} in a file with --parties (a YAML map with \`parties\`, as in a dispute)`,
      error.place,
      error,
    );
  }
}
