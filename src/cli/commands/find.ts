import { type Command, Option } from 'commander';
import type { Dispute } from '../../finding/dispute.js';
import { type Explanation, explain } from '../../finding/explain.js';
import { assess } from '../../finding/finding.js';
import type { Finding } from '../../finding/finding-form.js';
import { type WhatIf, whatIfOfPleaded } from '../../finding/what-if.js';
import { findLines } from '../../report/find-text.js';
import { verifyLines } from '../../report/verify-text.js';
import type { Pack } from '../../rules/pack.js';
import type { VerifiedPassport } from '../../verify/verified-passport.js';
import { makeVerifyReport } from '../../verify/verify-report.js';
import { addHelpText, type GlobalOptions, parseAt, type Session } from '../command.js';
import { EXIT, type ExitCode } from '../exit-code.js';
import { packsFor, readDisputeFile, verifyFiles } from '../open-dispute.js';
import { readTrust } from '../read-trust.js';
import { VERSION } from '../version.js';

interface FindOptions extends GlobalOptions {
  readonly dispute: string;
  readonly trust?: string;
  readonly at?: number;
  readonly pack?: readonly string[];
  readonly whatIf: boolean;
  readonly why?: boolean;
}

export function defineFind(command: Command, session: Session): void {
  command
    .argument('<file...>', 'the item’s passport, and its container’s or consignment’s')
    .requiredOption(
      '--dispute <file>',
      'who claims what from whom, under which law, JSON or YAML; `goodorder demo` writes one to start from',
    )
    .option('--trust <file>', 'trust file: whom you believe')
    .addOption(
      new Option('--at <time>', 'verify as of this time (default: the dispute’s asOf)').argParser(parseAt),
    )
    .option('--why', 'show every step from rule to record')
    .option('--no-what-if', 'do not ask what would change the finding')
    .option('--pack <file...>', 'rule packs of your own, beside the built-in ones');
  addHelpText(
    command,
    [
      'goodorder find set.passport --dispute case-9.json --trust court.trust.json',
      'goodorder find set.passport --dispute case-9.yaml --trust court.trust.json --lang zh',
      'goodorder find set.passport --dispute case-9.json --trust court.trust.json --format json | jq .finding.edges',
    ],
    ['0 a finding was reached (whoever is liable)   11 referred to a human   3 unreadable or refused input'],
  );
  command.action(async (files: string[], options: FindOptions) => {
    const { io } = session;
    const { dispute, source } = await readDisputeFile(options.dispute, io);
    const trust = options.trust === undefined ? null : await readTrust(options.trust, io);
    const at = options.at ?? dispute.asOf.utcS;
    const { passports } = await verifyFiles(files, { trust, at }, io);
    const packs = await packsFor(dispute, options.pack ?? [], io);
    const assessment = assess(passports, dispute, packs, source);
    const { finding } = assessment;
    session.exit = exitOf(finding);
    const explanations = finding.edges.map(({ id }) => explain(assessment, id));
    const whatIf = options.whatIf ? whatIfOfPleaded(assessment, passports) : [];
    if (options.format !== 'text') {
      // The finding's digest is over the finding alone; what is asked of it stands beside it.
      session.printJson({ schemaVersion: 1, finding, explanations, whatIf }, options);
      return;
    }
    printText(session, finding, { passports, files, dispute, packs, explanations, whatIf }, options);
  });
}

function exitOf({ disposition }: Finding): ExitCode {
  return disposition === 'refer-to-human' ? EXIT.undecided : EXIT.passed;
}

interface Computed {
  readonly passports: readonly VerifiedPassport[];
  readonly files: readonly string[];
  readonly dispute: Dispute;
  readonly packs: readonly Pack[];
  readonly explanations: readonly Explanation[];
  readonly whatIf: readonly WhatIf[];
}

function printText(session: Session, finding: Finding, computed: Computed, options: FindOptions): void {
  const { passports, files, dispute, packs, whatIf } = computed;
  const { width } = session.terminal(options);
  const language = options.lang;
  const verbose = options.verbose === true;
  for (const [index, passport] of passports.entries()) {
    const report = makeVerifyReport(passport, { version: VERSION });
    const [headline] = verifyLines(report, {
      file: files[index] ?? '',
      language,
      width,
      media: null,
      verbose: false,
    });
    if (headline !== undefined) session.print([headline], options);
  }
  const numbers = new Map(
    passports.flatMap((passport) => passport.records.map((record) => [record.id, record.number] as const)),
  );
  const explanations = new Map(computed.explanations.map((one) => [one.edge, one]));
  const why = options.why === true;
  session.print(
    [
      [],
      ...findLines(finding, { language, width, verbose, dispute, packs, numbers, explanations, whatIf, why }),
    ],
    options,
  );
}
