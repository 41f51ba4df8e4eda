import type { Command } from 'commander';
import { type CheckCode, CODES, TOOL_CODES } from '../../codes.js';
import { GoodOrderError } from '../../errors.js';
import { codeSentence } from '../../report/labels/code-sentence.js';
import { VERIFY_WORDS } from '../../report/labels/verify-words.js';
import { styled } from '../../report/styled-line.js';
import { addHelpText, type GlobalOptions, type Session } from '../command.js';

const EFFECT: Readonly<Record<string, string>> = {
  failure: 'failure: the verdict is TOTAL-FAILED',
  indeterminate: 'indeterminate: the verdict is at best INDETERMINATE',
  warning: 'warning: lowers nothing',
  info: 'info: lowers nothing',
};

export function defineExplain(command: Command, session: Session): void {
  command.argument('[code]', 'a code such as chain.gap; without one all codes are listed');
  addHelpText(
    command,
    [
      'goodorder explain chain.gap',
      'goodorder explain sig.invalid --lang zh',
      'goodorder explain | grep manifest',
    ],
    ['0 known   3 no such code'],
  );
  command.action((code: string | undefined, options: GlobalOptions) => {
    if (code === undefined) return list(session, options);
    const explained = explain(code, options);
    if (options.format !== 'text') return session.printJson({ schemaVersion: 1, ...explained }, options);
    session.print(
      [
        [styled('strong', code)],
        [`  ${explained.sentence}`],
        ...(explained.severity === undefined
          ? [['  a code of the tools around verification: the input is refused']]
          : [
              [`  ${EFFECT[explained.severity]}`],
              [
                `  answer: ${VERIFY_WORDS[options.lang].axes[explained.axis as keyof (typeof VERIFY_WORDS)['en']['axes']]}`,
              ],
              [
                explained.accuses === true
                  ? '  names a key as at fault, by two signatures of its own'
                  : '  accuses nobody',
              ],
            ]),
      ],
      options,
    );
  });
}

interface Explained {
  readonly code: string;
  readonly sentence: string;
  readonly axis?: string;
  readonly severity?: string;
  readonly accuses?: boolean;
}

function explain(code: string, { lang }: GlobalOptions): Explained {
  const sentence = codeSentence(code, lang);
  if (Object.hasOwn(CODES, code)) return { code, sentence, ...CODES[code as CheckCode] };
  if ((TOOL_CODES as readonly string[]).includes(code)) return { code, sentence };
  const near = [...Object.keys(CODES), ...TOOL_CODES].filter((one) =>
    one.startsWith(`${code.split('.')[0]}.`),
  );
  const hint = near.length === 0 ? 'run `goodorder explain` for the list' : `known: ${near.join(', ')}`;
  throw new GoodOrderError('cli.not-found', `there is no code \`${code}\`; ${hint}`);
}

function list(session: Session, options: GlobalOptions): void {
  const codes = [...Object.keys(CODES), ...TOOL_CODES];
  session.result(
    options,
    { schemaVersion: 1, codes: codes.map((code) => explain(code, options)) },
    codes.map((code) => [code.padEnd(34), codeSentence(code, options.lang)]),
  );
}
