import { type Command, Option } from 'commander';
import { assess } from '../../finding/finding.js';
import { suppose } from '../../finding/suppose.js';
import { whatIfOfPleaded } from '../../finding/what-if.js';
import { FIND_WORDS } from '../../report/labels/find-words.js';
import { WHAT_IF_WORDS } from '../../report/labels/what-if-words.js';
import { type StyledLine, styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { suppositionLines, type WhatIfTextOptions, whatIfLines } from '../../report/what-if-text.js';
import { readSupposedCase } from '../../scenario/supposed-case.js';
import { readYaml } from '../../yaml/read-yaml.js';
import { addHelpText, type GlobalOptions, parseAt, type Session } from '../command.js';
import { EXIT } from '../exit-code.js';
import { packsFor, readDisputeFile, verifyFiles } from '../open-dispute.js';
import { readTextInput } from '../read-input.js';
import { readTrust } from '../read-trust.js';
import { differences, savedCaseText } from '../saved-case.js';
import { assertWritable, writeOutput } from '../write-output.js';

interface WhatIfOptions extends GlobalOptions {
  readonly dispute: string;
  readonly add?: string;
  readonly saveCase?: string;
  readonly trust?: string;
  readonly at?: number;
  readonly pack?: readonly string[];
}

export function defineWhatIf(command: Command, session: Session): void {
  command
    .argument('<file...>', 'the item’s passport, and its container’s or consignment’s')
    .requiredOption('--dispute <file>', 'who claims what from whom, as for `goodorder find`')
    .option(
      '--add <case>',
      'records nobody signed, stated as in a scenario: what would become of the finding with them?',
    )
    .option('--save-case <file>', 'keep the added records with what came of them; `--add` reads it again')
    .option('--trust <file>', 'trust file: whom you believe')
    .addOption(
      new Option('--at <time>', 'verify as of this time (default: the dispute’s asOf)').argParser(parseAt),
    )
    .option('--pack <file...>', 'rule packs of your own, beside the built-in ones');
  addHelpText(
    command,
    [
      'goodorder what-if set.passport --dispute case-9.json --trust court.trust.json',
      'goodorder what-if set.passport --dispute case-9.json --add survey.yaml --trust court.trust.json',
      'goodorder what-if set.passport --dispute case-9.json --add survey.yaml --save-case kept.yaml',
    ],
    [
      '0 answered   12 a saved case comes out otherwise   3 unreadable or refused input',
      'What is added has no signature, and no command writes it into a passport.',
    ],
  );
  command.action(async (files: string[], options: WhatIfOptions) => {
    const { io } = session;
    if (options.saveCase !== undefined) await assertWritable(options.saveCase, io);
    const { dispute, source } = await readDisputeFile(options.dispute, io);
    const trust = options.trust === undefined ? null : await readTrust(options.trust, io);
    const { passports } = await verifyFiles(files, { trust, at: options.at ?? dispute.asOf.utcS }, io);
    const packs = await packsFor(dispute, options.pack ?? [], io);
    const text: WhatIfTextOptions = {
      language: options.lang,
      width: session.terminal(options).width,
      verbose: options.verbose === true,
      dispute,
      records: new Map(
        passports.flatMap(({ records }) => records.map(({ id, number, type }) => [id, { number, type }])),
      ),
    };
    if (options.add === undefined) {
      const assessment = assess(passports, dispute, packs, source);
      const whatIf = whatIfOfPleaded(assessment, passports);
      const { finding } = assessment;
      session.result(
        options,
        { schemaVersion: 1, finding: finding.digest, whatIf },
        whatIfLines(finding, whatIf, text),
      );
      return;
    }
    const root = readYaml(await readTextInput(options.add, io), options.add);
    const added = await readSupposedCase(root, options.add, passports, dispute);
    const supposition = suppose(passports, dispute, packs, added.records);
    const unlike = added.expect === null ? [] : differences(added.expect, supposition.edges);
    if (options.saveCase !== undefined) {
      await writeOutput(options.saveCase, savedCaseText(root, supposition, passports), io);
    }
    if (unlike.length > 0) session.exit = EXIT.differs;
    const { language } = text;
    const words = WHAT_IF_WORDS[language];
    const { basis, status } = FIND_WORDS[language];
    const said = (one: { readonly status: string; readonly basis: string } | null): string =>
      one === null
        ? words.none
        : words.becomes(
            (status as Readonly<Record<string, string>>)[one.status] ?? visibleText(one.status),
            (basis as Readonly<Record<string, string>>)[one.basis] ?? visibleText(one.basis),
          );
    session.result(
      options,
      {
        schemaVersion: 1,
        ...supposition,
        ...(added.expect === null ? {} : { asSaved: unlike.length === 0, differences: unlike }),
        ...(options.saveCase === undefined ? {} : { written: options.saveCase }),
      },
      [
        ...suppositionLines(supposition, text),
        ...(added.expect === null ? [] : [[] as StyledLine]),
        ...(added.expect !== null && unlike.length === 0
          ? [[{ mark: 'passed' }, ' ', words.asSaved] as StyledLine]
          : []),
        ...unlike.map(
          ({ edge, expected, found }): StyledLine => [
            { mark: 'failed' },
            ' ',
            styled('caution', words.otherThanSaved(visibleText(edge), said(expected), said(found))),
          ],
        ),
      ],
    );
  });
}
