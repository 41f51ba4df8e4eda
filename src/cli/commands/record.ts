import type { Command } from 'commander';
import { GoodOrderError } from '../../errors.js';
import { RECORD_TYPES, type RecordTypeName } from '../../record/types/index.js';
import { parseSubject } from '../../subject/subject.js';
import { addHelpText, type GlobalOptions, type Session } from '../command.js';
import { draftTemplate } from '../draft-template.js';
import { writeOutput } from '../write-output.js';

interface RecordOptions extends GlobalOptions {
  readonly sub?: string;
  readonly output?: string;
  readonly force?: boolean;
}

export function defineRecord(command: Command, session: Session): void {
  command
    .argument('<type>', `one of ${[...RECORD_TYPES.keys()].join(', ')}`)
    .option('--sub <uri>', 'what it is about, as https://id.gs1.org/01/…/21/…')
    .option('-o, --output <file>', 'write the draft to this file (default: stdout)')
    .option('--force', 'replace the file if it exists');
  addHelpText(
    command,
    [
      'goodorder record handover --sub https://id.gs1.org/01/09521234543213/21/SN0007 -o pickup.draft.json',
      'goodorder sign pickup.draft.json --into set.passport',
    ],
    ['0 written   3 refused'],
  );
  command.action(async (type: string, options: RecordOptions) => {
    if (!RECORD_TYPES.has(type)) {
      throw new GoodOrderError(
        'cli.usage',
        `there is no record type \`${type}\`; known: ${[...RECORD_TYPES.keys()].join(', ')}`,
      );
    }
    if (options.sub !== undefined) {
      const read = parseSubject(options.sub);
      if (!read.ok) throw new GoodOrderError(read.code, `\`${options.sub}\` is not a canonical subject`);
    }
    const { payload, optional } = draftTemplate(type as RecordTypeName);
    const draft = { schemaVersion: 1, type, sub: options.sub ?? 'https://id.gs1.org/01/…/21/…', payload };
    const text = `${JSON.stringify(draft, null, 2)}\n`;
    if (options.output === undefined) session.io.stdout.write(text);
    else await writeOutput(options.output, text, session.io, { overwrite: options.force === true });
    session.talk(
      [
        [`Fill in what is required; optional: ${optional.join(', ')}`],
        [
          'Values: times with their offset, hex:… for bytes and record ids, sha256:… for digests of files; private values in clear',
        ],
        [`Next: goodorder sign ${options.output ?? 'FILE'} --into item.passport`],
      ],
      options,
    );
  });
}
