import type { Command } from 'commander';
import { DOCTOR_TALK, doctorSentences } from '../../report/labels/doctor-words.js';
import { type Mark, type StyledLine, styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { addHelpText, type Session } from '../command.js';
import { examineHome } from '../doctor/examine-home.js';
import type { DoctorFinding, DoctorLevel } from '../doctor/finding.js';
import { EXIT } from '../exit-code.js';
import { SigningHome } from '../signing-home.js';
import { addHomeOption, type HomeOptions } from '../signing-options.js';

const MARKS: Readonly<Record<DoctorLevel, Mark>> = { problem: 'failed', warning: 'limited', note: 'passed' };

export function defineDoctor(command: Command, session: Session): void {
  addHomeOption(command).argument('[passport...]', 'passports to hold against what the keys have signed');
  addHelpText(
    command,
    ['goodorder doctor', 'goodorder doctor set.passport', 'goodorder doctor --format json | jq .findings'],
    [
      '0 nothing to mend   10 a problem: do not sign before it is mended   11 a warning   3 no signing folder',
    ],
  );
  command.action(async (files: string[], options: HomeOptions) => {
    const home = await SigningHome.open(options.home, session.io);
    const { keys, findings } = await examineHome(home, files, session.io);
    const count = (level: DoctorLevel): number => findings.filter((one) => one.level === level).length;
    const [problems, warnings] = [count('problem'), count('warning')];
    session.exit = problems > 0 ? EXIT.failed : warnings > 0 ? EXIT.undecided : EXIT.passed;
    const talk = DOCTOR_TALK[options.lang];
    session.result(
      options,
      {
        schemaVersion: 1,
        home: home.folder,
        keys,
        findings: findings.map(({ code, level, detail }) => {
          const { what, advice } = doctorSentences(code, detail, options.lang);
          return { code, level, message: what, advice, detail };
        }),
      },
      [
        [
          { mark: problems > 0 ? 'failed' : warnings > 0 ? 'limited' : 'passed' },
          ' ',
          styled('strong', problems + warnings === 0 ? talk.well(keys) : talk.found(problems, warnings)),
        ],
        ...findings.flatMap((finding) => findingLines(finding, options)),
      ],
    );
  });
}

function findingLines({ code, level, detail }: DoctorFinding, { lang }: HomeOptions): StyledLine[] {
  const { what, advice } = doctorSentences(code, detail, lang);
  return [
    [],
    [
      '  ',
      { mark: MARKS[level] },
      ' ',
      styled(level === 'problem' ? 'bad' : level === 'warning' ? 'caution' : 'faint', code),
    ],
    ['    ', visibleText(what)],
    ['    ', styled('faint', visibleText(advice))],
  ];
}
