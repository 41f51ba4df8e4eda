import { aiValueFault } from './ai-value.js';
import { type ApplicationIdentifier, applicationIdentifier } from './application-identifiers.js';
import { percentEncode } from './character-set.js';
import { type AiElement, parseDigitalLink } from './digital-link.js';
import { GS1_BASE, parseSubject, type Subject, type SubjectCode } from './subject.js';

/** What the canonical subject no longer says; the scanned text itself belongs into the record, verbatim. */
export type ScanChange =
  | 'other-domain'
  | 'short-gtin'
  | 'dropped-qualifier'
  | 'dropped-attribute'
  | 'element-string';

/** The subject of a label, or the code of what is wrong with it. */
export type ScanResult =
  | { readonly ok: true; readonly subject: Subject; readonly changes: readonly ScanChange[] }
  | { readonly ok: false; readonly code: SubjectCode; readonly reason: string };

/**
 * The canonical subject of a scanned label: a Digital Link URI of any domain, or an element string, bracketed
 * `(01)09521234543213(21)A1` or raw as a scanner gives it (`]d2…`, `]C1…`, group separators U+001D).
 */
export function parseScan(scanned: string): ScanResult {
  const canonical = parseSubject(scanned);
  if (canonical.ok) return { ok: true, subject: canonical.subject, changes: [] };
  if (/^https?:\/\//i.test(scanned)) return linkSubject(scanned);
  const elements = scanned.startsWith('(') ? bracketed(scanned) : raw(scanned);
  if (typeof elements === 'string') return refuse(elements);
  return subjectOf(elements, ['element-string']);
}

function refuse(reason: string, code: SubjectCode = 'subject.not-canonical'): ScanResult {
  return { ok: false, code, reason };
}

function linkSubject(scanned: string): ScanResult {
  const link = parseDigitalLink(scanned, { shortGtin: true });
  if (!link.ok) {
    const about = link.ai === undefined ? link.reason : `${link.reason} of (${link.ai})`;
    return refuse(about, link.reason === 'check-digit' ? 'subject.check-digit' : 'subject.not-canonical');
  }
  const changes: ScanChange[] = [];
  if (`${link.stem}/` !== GS1_BASE) changes.push('other-domain');
  if (link.gtinPadded) changes.push('short-gtin');
  return subjectOf(link.elements, changes);
}

/** Which identifiers make a subject, and in which order they are asked for. */
const SUBJECT_KEYS = [['01', '21'], ['01', '10'], ['00'], ['402'], ['414']] as const;

function subjectOf(elements: readonly AiElement[], changes: ScanChange[]): ScanResult {
  const values = new Map(elements.map(({ ai, value }) => [ai, value]));
  const keys = SUBJECT_KEYS.find((wanted) => wanted.every((ai) => values.has(ai)));
  if (keys === undefined) return refuse('no key that names an item, lot, container, consignment or location');
  const path = keys.flatMap((ai) => [ai, percentEncode(values.get(ai) ?? '')]);
  const result = parseSubject(GS1_BASE + path.join('/'));
  if (!result.ok) return refuse('the key is not canonical', result.code);
  const used = new Set<string>(keys);
  const dropped = elements.filter(({ ai }) => !used.has(ai));
  if (dropped.some(({ role }) => role === 'qualifier')) changes.push('dropped-qualifier');
  if (dropped.some(({ role }) => role !== 'qualifier')) changes.push('dropped-attribute');
  return { ok: true, subject: result.subject, changes };
}

/** `(ai)value…`; a bracket inside a value is written `\(`. */
function bracketed(text: string): readonly AiElement[] | string {
  const elements: AiElement[] = [];
  let at = 0;
  while (at < text.length) {
    const opening = /^\((\d{2,4})\)/.exec(text.slice(at, at + 6));
    if (opening === null) return `no identifier at ${at}`;
    at += opening[0].length;
    let value = '';
    while (at < text.length && text.charAt(at) !== '(') {
      if (text.startsWith('\\(', at)) at += 1;
      value += text.charAt(at);
      at += 1;
    }
    const fault = addElement(elements, opening[1] ?? '', value);
    if (fault !== null) return fault;
  }
  return elements.length === 0 ? 'nothing scanned' : elements;
}

const SEPARATOR = '\u001d';

/** Element string without brackets: an identifier of predefined length ends by itself, any other at a separator. */
function raw(scanned: string): readonly AiElement[] | string {
  let rest = scanned.replace(/^\](?:d2|C1|Q3|e0|J1)/, '');
  if (rest.startsWith(SEPARATOR)) rest = rest.slice(1);
  const elements: AiElement[] = [];
  while (rest !== '') {
    const identifier = leadingIdentifier(rest);
    if (identifier === null) return 'no identifier where one is due';
    rest = rest.slice(identifier.ai.length);
    const predefined = identifier.predefinedLength
      ? identifier.components.reduce((sum, { max }) => sum + max, 0)
      : null;
    const separator = rest.indexOf(SEPARATOR);
    const end = predefined ?? (separator < 0 ? rest.length : separator);
    const fault = addElement(elements, identifier.ai, rest.slice(0, end));
    if (fault !== null) return fault;
    rest = rest.slice(end);
    if (rest.startsWith(SEPARATOR)) rest = rest.slice(1);
  }
  return elements.length === 0 ? 'nothing scanned' : elements;
}

/** No identifier is the beginning of another, so the first that fits is the one. */
function leadingIdentifier(text: string): ApplicationIdentifier | null {
  for (let length = 2; length <= 4; length += 1) {
    const identifier = applicationIdentifier(text.slice(0, length));
    if (identifier !== undefined) return identifier;
  }
  return null;
}

function addElement(elements: AiElement[], ai: string, value: string): string | null {
  const identifier = applicationIdentifier(ai);
  if (identifier === undefined) return `(${ai}) is no identifier`;
  const fault = aiValueFault(identifier, value);
  // A wrong check digit of the key itself is told with its own code, by the subject it would make.
  if (fault !== null && fault !== 'check-digit') return `${fault} of (${ai})`;
  const same = elements.find((element) => element.ai === ai);
  if (same !== undefined) return same.value === value ? null : `(${ai}) stands twice with two values`;
  elements.push({ ai, value, role: identifier.qualifiers === null ? 'attribute' : 'key' });
  return null;
}
