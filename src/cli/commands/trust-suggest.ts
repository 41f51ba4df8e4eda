import { type Command, Option } from 'commander';
import { kidWords, shortFingerprint } from '../../capture/key-name.js';
import { parsePassport } from '../../passport/passport.js';
import { padEnd } from '../../report/columns.js';
import { SUGGEST_WORDS } from '../../report/labels/suggest-words.js';
import { partyText, shortHash } from '../../report/name-text.js';
import { shellWord } from '../../report/shell-word.js';
import { type StyledLine, styled } from '../../report/styled-line.js';
import { visibleText } from '../../report/visible-text.js';
import { addHelpText, type GlobalOptions, parseAt, type Session } from '../command.js';
import { unreadablePassport } from '../pick-record.js';
import { readInput } from '../read-input.js';
import { trustDraft } from '../trust-draft.js';
import { type SuggestedAuthority, suggestTrust, type TrustSuggestion } from '../trust-suggestion.js';
import { assertWritable, writeOutput } from '../write-output.js';

interface SuggestOptions extends GlobalOptions {
  readonly at?: number;
  readonly output?: string;
  readonly force?: boolean;
}

/** Parties named on a screen for one key. */
const MAX_NAMED = 8;

export function defineSuggest(command: Command, session: Session): void {
  command
    .description('which keys a verifier would have to believe; a draft to check, never in force')
    .argument('<passport>', 'passport; - for standard input')
    .addOption(new Option('--at <time>', 'as of this time (default: now)').argParser(parseAt))
    .option('-o, --output <file>', 'a draft of a trust file, every key in it commented out')
    .option('--force', 'replace the draft if it exists');
  addHelpText(
    command,
    ['goodorder trust suggest set.passport', 'goodorder trust suggest set.passport -o court.trust.draft'],
    ['0 suggested; nothing is believed by that   3 refused'],
  );
  command.action(async (file: string, options: SuggestOptions) => {
    const { io } = session;
    const overwrite = options.force === true;
    const { bytes } = await readInput(file, io);
    const at = options.at ?? io.now();
    const parsed = parsePassport(bytes);
    if (!parsed.ok) throw unreadablePassport(parsed.fault, file);
    const suggestion = await suggestTrust(parsed.passport, bytes, at);
    if (options.output !== undefined) {
      await assertWritable(options.output, io, { overwrite });
      await writeOutput(options.output, trustDraft(suggestion, at, file, options.lang), io, { overwrite });
    }
    session.result(
      options,
      {
        schemaVersion: 1,
        ...suggestion,
        ...(options.output === undefined ? {} : { written: options.output }),
      },
      suggestionLines(suggestion, options),
    );
    if (options.output === undefined && suggestion.authorities.length > 0) {
      const next = `goodorder trust suggest ${shellWord(file)} -o my.trust.draft`;
      session.talk([[], [`Next: ${next} writes each with the command that adds it`]], options);
    }
  });
}

function suggestionLines(suggestion: TrustSuggestion, options: SuggestOptions): StyledLine[] {
  const words = SUGGEST_WORDS[options.lang];
  const { authorities, further, records, selfBound, logs, tokens } = suggestion;
  if (authorities.length === 0) {
    return [
      [{ mark: 'limited' }, ` ${words.none(records)}`],
      ...(selfBound.length > 0 ? [['    ', words.selfBound(selfBound.length)]] : []),
    ];
  }
  return [
    [{ mark: 'limited' }, ' ', styled('strong', words.headline(authorities.length, records))],
    ...words.warning.map((line): StyledLine => ['    ', styled('caution', line)]),
    ...authorities.flatMap((authority): StyledLine[] => [[], ...authorityLines(authority, records, options)]),
    ...(further > 0 ? [[], ['  ', styled('caution', words.more(further))]] : []),
    ...(selfBound.length + logs.length + tokens > 0 ? [[]] : []),
    ...(selfBound.length > 0 ? [['    ', words.selfBound(selfBound.length)]] : []),
    ...(logs.length > 0 ? [['    ', words.logs]] : []),
    ...logs.map(
      ({ name, keyId, notes }): StyledLine => ['      ', words.log(visibleText(name, 100), keyId, notes)],
    ),
    ...(tokens > 0 ? [['    ', words.tokens(tokens)]] : []),
    ...(options.output === undefined
      ? []
      : [[], [styled('faint', '    written  '), visibleText(options.output)]]),
  ];
}

function authorityLines(
  authority: SuggestedAuthority,
  records: number,
  { lang }: SuggestOptions,
): StyledLine[] {
  const words = SUGGEST_WORDS[lang];
  const { kid, entry, why, partyFrom, vouchesFor, wouldTrust, testKey } = authority;
  const field = (name: string, ...text: StyledLine): StyledLine => [
    '      ',
    styled('faint', padEnd(name, 13)),
    ...text,
  ];
  return [
    [
      '  ',
      styled('strong', `${shortFingerprint(kid)}`),
      `  ${words[why]}; ${words.wouldTrust(wouldTrust, records)}`,
    ],
    field(words.words, `${kidWords(kid)}  `, styled('faint', shortHash(kid))),
    field(
      words.party,
      partyText(entry.party),
      styled('faint', `  ${partyFrom === 'record' ? words.partyFromRecord : words.partyUnknown}`),
    ),
    ...vouchesFor
      .slice(0, MAX_NAMED)
      .map(({ party, roles }) => field('', words.vouches(partyText(party), roles.join(', ')))),
    ...(vouchesFor.length > MAX_NAMED ? [field('', words.more(vouchesFor.length - MAX_NAMED))] : []),
    ...(testKey === null
      ? [...(entry.roles.length === 0 ? [field('', styled('caution', words.noRoles))] : [])]
      : [field('', styled('bad', words.testKey(testKey)))]),
  ];
}
