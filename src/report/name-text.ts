import { formatInstant } from '../codec/instant.js';
import { parseParty } from '../subject/party.js';
import { parseSubject } from '../subject/subject.js';
import { visibleText } from './visible-text.js';

/** A subject as its label shows it: `(01)09521234543213(21)SN0007`. */
export function subjectText(uri: string): string {
  const read = parseSubject(uri);
  if (!read.ok) return visibleText(uri);
  const { subject } = read;
  switch (subject.kind) {
    case 'item':
      return `(01)${subject.gtin}(21)${visibleText(subject.serial)}`;
    case 'lot':
      return `(01)${subject.gtin}(10)${visibleText(subject.lot)}`;
    case 'container':
      return `(00)${subject.sscc}`;
    case 'consignment':
      return `(402)${subject.gsin}`;
    case 'location':
      return `(414)${subject.gln}`;
    case 'uuid':
      return `uuid ${subject.uuid}`;
    case 'key':
      return `key ${shortHash(subject.kid)}`;
  }
}

/** A party by its number; a natural person by the start of its key. */
export function partyText(uri: string): string {
  const party = parseParty(uri);
  switch (party?.kind) {
    case 'gln':
      return `GLN ${party.gln}`;
    case 'lei':
      return `LEI ${party.lei}`;
    case 'uscc':
      return `USCC ${party.uscc}`;
    case 'key':
      return `key ${party.kid.slice(0, 8)}…`;
    case undefined:
      return visibleText(uri, 60);
  }
}

/** Who signed: the party that is bound to the key, else the key alone. A name without a right to it is never shown as one. */
export function signerText(party: string | null, kid: string): string {
  return party === null ? `key ${kid.slice(0, 8)}…` : partyText(party);
}

/** `1fdb693f49ec48f3…598bf2b3`: enough to tell hashes apart, both ends shown. */
export function shortHash(hash: string): string {
  return hash.length > 24 ? `${hash.slice(0, 16)}…${hash.slice(-8)}` : hash;
}

/** `2026-08-28` of an instant in UTC. */
export function dayText(utcS: number): string {
  return formatInstant(utcS).slice(0, 10);
}

/** `2026-08-28 09:05 UTC`. */
export function minuteText(utcS: number): string {
  const text = formatInstant(utcS);
  return `${text.slice(0, 10)} ${text.slice(11, 16)} UTC`;
}

/** `20,481`: digits in groups of three, on every machine alike. */
export function countText(value: number | bigint): string {
  const digits = value.toString();
  const sign = digits.startsWith('-') ? '-' : '';
  return sign + digits.slice(sign.length).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 record`, `2 records`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}
