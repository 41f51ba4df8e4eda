import { kidWords, shortFingerprint } from '../capture/key-name.js';
import { formatInstant } from '../codec/instant.js';
import type { Language } from '../report/labels/code-label.js';
import { SUGGEST_WORDS } from '../report/labels/suggest-words.js';
import { shellWord } from '../report/shell-word.js';
import { visibleText } from '../report/visible-text.js';
import type { SuggestedAuthority, TrustSuggestion } from './trust-suggestion.js';

const NINETY_DAYS = 90 * 86_400;

/** The command that would add the entry to a trust file: one key at a time, by hand. */
export function addCommand({ entry }: SuggestedAuthority, file = 'my.trust.json'): string {
  const { party, key, roles, subjects, from, until, mayDelegate } = entry;
  const values = (list: readonly string[]): string => list.map(shellWord).join(' ');
  return [
    `goodorder trust add ${shellWord(file)}`,
    `--party ${shellWord(party)} --public-key ${shellWord(key)}`,
    `--roles ${roles.length === 0 ? 'ROLE' : values(roles)}`,
    ...(subjects === undefined ? [] : [`--subjects ${values(subjects)}`]),
    `--from ${from} --until ${until} --may-delegate ${mayDelegate}`,
  ].join(' ');
}

/**
 * A trust file in which every authority is commented out, each with what is known of it. As it stands no reader of
 * trust files accepts it: a file of strangers' keys must not come into force by being saved.
 */
export function trustDraft(
  suggestion: TrustSuggestion,
  at: number,
  file: string,
  language: Language,
): string {
  const words = SUGGEST_WORDS[language];
  const comment = (text: string): string => `// ${visibleText(text, 4000)}\n`;
  const head = [
    words.draft,
    ...words.warning,
    '',
    file,
    `sha256 ${suggestion.sha256}`,
    ...(suggestion.selfBound.length > 0 ? [words.selfBound(suggestion.selfBound.length)] : []),
    ...(suggestion.logs.length > 0 ? [`${words.logs}:`] : []),
    ...suggestion.logs.map(({ name, keyId, notes }) => `  ${words.log(name, keyId, notes)}`),
    ...(suggestion.tokens > 0 ? [words.tokens(suggestion.tokens)] : []),
  ];
  const fields = {
    format: 1,
    name: 'draft',
    sequence: 1,
    issued: formatInstant(at),
    nextUpdate: formatInstant(at + NINETY_DAYS),
  };
  const opening = JSON.stringify(fields, null, 2).replace(/\n}$/, ',\n');
  const entries = suggestion.authorities.map((authority) => entryText(authority, suggestion, language));
  return `${head.map(comment).join('')}${opening}  "authorities": [\n${entries.join('')}  ]\n}\n`;
}

function entryText(authority: SuggestedAuthority, { records }: TrustSuggestion, language: Language): string {
  const words = SUGGEST_WORDS[language];
  const { kid, entry, why, partyFrom, vouchesFor, wouldTrust, testKey } = authority;
  const lines = [
    '',
    `${words.fingerprint}: ${shortFingerprint(kid)} (${words.compare}); ${words.words}: ${kidWords(kid)}`,
    `kid ${kid}`,
    `${words[why]}; ${words.wouldTrust(wouldTrust, records)}`,
    `${words.party}: ${entry.party}; ${partyFrom === 'record' ? words.partyFromRecord : words.partyUnknown}`,
    ...vouchesFor.map(({ party, roles }) => `  - ${words.vouches(party, roles.join(', '))}`),
  ];
  if (testKey !== null) lines.push(words.testKey(testKey));
  else {
    if (entry.roles.length === 0) lines.push(words.noRoles);
    lines.push(`${words.command}: ${addCommand(authority)}`);
    lines.push(...`${JSON.stringify(entry, null, 2)},`.split('\n'));
  }
  return lines
    .map((line) => `    // ${visibleText(line, 8000)}`.trimEnd())
    .join('\n')
    .concat('\n');
}
