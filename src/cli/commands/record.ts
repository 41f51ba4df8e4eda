import { Argument, type Command } from 'commander';
import { GoodOrderError } from '../../errors.js';
import { RECORD_TYPES, type RecordTypeName } from '../../record/types/index.js';
import { shellWord } from '../../report/shell-word.js';
import { visibleText } from '../../report/visible-text.js';
import { parseSubject, type SubjectCode } from '../../subject/subject.js';
import { addHelpText, type GlobalOptions, type Session } from '../command.js';
import { alsoNeeded } from '../draft-hints.js';
import { draftJson, draftYaml, optionalFields } from '../draft-template.js';
import { jsonText } from '../json-text.js';
import { writeOutput } from '../write-output.js';

interface RecordOptions extends GlobalOptions {
  readonly sub?: string;
  readonly output?: string;
  readonly force?: boolean;
}

export function defineRecord(command: Command, session: Session): void {
  const types = [...RECORD_TYPES.keys()];
  const type = new Argument('<type>', `one of ${types.join(', ')}`);
  // For completion; what is none of them is refused below, in our words.
  type.argChoices = types;
  command
    .addArgument(type)
    .option('--sub <uri>', 'what it is about, as https://id.gs1.org/01/…/21/…')
    .option(
      '-o, --output <file>',
      'write the draft to this file, JSON if its name ends so (default: YAML to stdout)',
    )
    .option('--force', 'replace the file if it exists');
  addHelpText(
    command,
    [
      'goodorder record handover --sub https://id.gs1.org/01/09521234543213/21/SN0007 -o pickup.draft.yaml',
      'goodorder sign pickup.draft.yaml --into set.passport',
    ],
    ['0 written   3 refused'],
  );
  command.action(async (type: string, options: RecordOptions) => {
    if (!RECORD_TYPES.has(type)) {
      throw new GoodOrderError(
        'cli.usage',
        `there is no record type \`${type}\`; known: ${types.join(', ')}`,
      );
    }
    if (options.sub !== undefined) {
      const read = parseSubject(options.sub);
      if (!read.ok) throw new GoodOrderError(read.code, subjectSentence(options.sub, read.code));
    }
    const name = type as RecordTypeName;
    const asJson = options.format !== 'text' || options.output?.endsWith('.json') === true;
    const text = asJson
      ? jsonText(draftJson(name, options.sub), options.format === 'ndjson' ? 'ndjson' : 'json')
      : draftYaml(name, options.sub);
    if (options.output === undefined) session.io.stdout.write(text);
    else await writeOutput(options.output, text, session.io, { overwrite: options.force === true });
    const file = options.output === undefined ? 'FILE' : shellWord(options.output);
    session.talk(
      [
        ...(options.output === undefined
          ? []
          : [[`Draft to fill in (${name}): ${visibleText(options.output)}`]]),
        ...(asJson ? [[`Optional fields: ${optionalFields(name).join(', ')}`]] : []),
        ...(asJson ? alsoNeeded(name).map((line) => [`Also needed: ${line}`]) : []),
        [`Next: fill it in, then goodorder sign ${file} --into item.passport`],
      ],
      options,
    );
  });
}

/** Why it is refused, and how a subject is written. */
function subjectSentence(sub: string, code: SubjectCode): string {
  if (code === 'subject.check-digit')
    return `the last digit of a number in \`${sub}\` is not its check digit`;
  const forms =
    'https://id.gs1.org/01/GTIN/21/SERIAL for an item (GTIN of 14 digits), https://id.gs1.org/00/SSCC';
  return `\`${sub}\` is not a subject as this format writes it: ${forms} for a container, or urn:uuid:… for what has no number`;
}
