import type { WrittenValue } from '../record/written-form.js';
import type { RecordState, VerifiedPassport, VerifiedRecord } from '../verify/verified-passport.js';
import { padEnd, wrap } from './columns.js';
import type { Language } from './labels/code-label.js';
import { codeSentence } from './labels/code-sentence.js';
import { SHOW_WORDS, type ShowWords } from './labels/show-words.js';
import { minuteText, partyText, signerText, subjectText } from './name-text.js';
import { type Mark, type StyledLine, styled } from './styled-line.js';
import { visibleText } from './visible-text.js';

const STATE_MARKS: Readonly<Record<RecordState, Mark>> = {
  trusted: 'passed',
  valid: 'limited',
  unchecked: 'limited',
  invalid: 'failed',
};

/** The claimed issuer where it is bound to the key; a name without a right to it is nobody's. */
export function partyOf({ binding, iss }: VerifiedRecord): string | null {
  return binding === 'none' ? null : iss;
}

/** A line a record, in the order of causes. */
export function recordListLines(passport: VerifiedPassport, lang: Language): StyledLine[] {
  const words = SHOW_WORDS[lang];
  return [
    [styled('strong', visibleText(subjectText(passport.item))), `  ${passport.verdict}`],
    [],
    ...passport.records.map(
      (record): StyledLine => [
        String(record.number).padStart(4),
        ' ',
        { mark: STATE_MARKS[record.state] },
        ' ',
        padEnd(typeText(record.type, words), lang === 'zh' ? 27 : 17),
        padEnd(signerText(partyOf(record), record.kid), 20),
        padEnd(minuteText(record.iat), 22),
        styled('faint', record.id.slice(0, 8)),
      ],
    ),
  ];
}

/** `handover`, in 中文 `handover 交接`: what JSON, drafts and the law of the format call it stays in sight. */
function typeText(type: string, { types }: ShowWords): string {
  const name = visibleText(type, 16);
  const word = Object.hasOwn(types, type) ? types[type as keyof typeof types] : undefined;
  return word === undefined ? name : `${name} ${word}`;
}

/**
 * One record: what was established of it, then what it says.
 *
 * @param said its payload in the order in which it is to be read
 */
export function recordLines(
  record: VerifiedRecord,
  said: WrittenValue,
  lang: Language,
  width: number,
): StyledLine[] {
  const words = SHOW_WORDS[lang];
  const { lower, upper } = record.time;
  const field = (name: string, text: string): StyledLine => ['    ', styled('faint', padEnd(name, 11)), text];
  const earliest = lower === null ? words.noEarliest : words.notBefore(minuteText(lower));
  return [
    [
      { mark: STATE_MARKS[record.state] },
      ' ',
      styled('strong', `${words.record} ${record.number}  ${typeText(record.type, words)}`),
      `  ${words.states[record.state]}`,
    ],
    [],
    field(words.id, record.id),
    field(
      words.signer,
      `${signerText(partyOf(record), record.kid)}${record.roles.length > 0 ? `, ${record.roles.join(', ')}` : ''}`,
    ),
    ...(partyOf(record) === null ? [field(words.claims, words.unprovenName(partyText(record.iss)))] : []),
    field(words.about, visibleText(subjectText(record.sub))),
    field(words.claims, words.signedAt(minuteText(record.iat))),
    field(words.proven, `${earliest}${words.comma}${words.notAfter(minuteText(upper))}`),
    ...record.diagnostics
      .filter(({ severity }) => severity !== 'info')
      .map(
        (one): StyledLine => [
          '    ',
          styled(one.severity === 'failure' ? 'bad' : 'caution', one.code),
          one.path === undefined ? '' : `  ${visibleText(one.path)}`,
          styled('faint', `  ${codeSentence(one.code, lang)}`),
        ],
      ),
    [],
    ...valueLines(said, 4, width),
  ];
}

function valueLines(value: WrittenValue, indent: number, width: number): StyledLine[] {
  if (typeof value !== 'object' || value === null) return scalarLines(value, indent, width);
  const pad = ' '.repeat(indent);
  if (Array.isArray(value)) {
    return value.flatMap((item: WrittenValue): StyledLine[] => {
      const flat = flatText(item);
      if (flat !== null && flat.length <= width - indent - 2) return [[pad, styled('faint', '- '), flat]];
      return [[pad, styled('faint', '-')], ...valueLines(item, indent + 2, width)];
    });
  }
  return Object.entries(value).flatMap(([key, member]): StyledLine[] => {
    const name = padEnd(visibleText(key, 40), 17);
    const flat = flatText(member as WrittenValue);
    if (flat !== null && flat.length <= width - indent - 18) return [[pad, styled('faint', name), ' ', flat]];
    return [[pad, styled('faint', name.trimEnd())], ...valueLines(member as WrittenValue, indent + 2, width)];
  });
}

function scalarLines(value: string | number | boolean | null, indent: number, width: number): StyledLine[] {
  return wrap(visibleText(String(value), 10_000), width - indent).map(
    (line): StyledLine => [' '.repeat(indent), line],
  );
}

function flatText(value: WrittenValue): string | null {
  if (value === null || typeof value !== 'object') return visibleText(String(value), 10_000);
  if (Array.isArray(value)) {
    if (value.length === 0) return 'none';
    const parts = value.map((item: WrittenValue) =>
      typeof item === 'object' ? null : visibleText(String(item), 200),
    );
    return parts.includes(null) ? null : parts.join(', ');
  }
  const parts = Object.entries(value).map(([key, member]) =>
    typeof member === 'object' && member !== null
      ? null
      : `${visibleText(key, 40)} ${visibleText(String(member), 200)}`,
  );
  return parts.includes(null) ? null : parts.join(', ');
}
