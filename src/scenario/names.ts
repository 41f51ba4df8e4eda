import { toHex } from '../codec/hex.js';
import { GoodOrderError } from '../errors.js';
import type { WrittenValue } from '../record/written-form.js';
import { labelled } from './test-keys.js';

/** What the names of a scenario stand for while it is built. */
export interface NameTable {
  party(name: string): string | undefined;
  kid(name: string): string | undefined;
  record(name: string): string | undefined;
  readonly item: string;
}

/**
 * Replaces the names in a written value: `party:seller` → its URI, `kid:seller` → `hex:…` of its key, `record:pickup` →
 * `hex:…` of that record's id, `subject:item` → the item, `hash:words` → `hex:…` of their SHA-256 and `digest:words` →
 * `sha256:…` of it (a file that only the story knows).
 *
 * @throws GoodOrderError `scenario.unknown-name` with the path of the value
 */
export function replaceNames(
  value: WrittenValue,
  table: NameTable,
  path: readonly (string | number)[],
): WrittenValue {
  if (typeof value === 'string') return replaceName(value, table, path);
  if (Array.isArray(value))
    return value.map((item, index) => replaceNames(item as WrittenValue, table, [...path, index]));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, member]) => [
        key,
        replaceNames(member as WrittenValue, table, [...path, key]),
      ]),
    );
  }
  return value;
}

function replaceName(text: string, table: NameTable, path: readonly (string | number)[]): string {
  const colon = text.indexOf(':');
  const name = text.slice(colon + 1);
  switch (text.slice(0, colon)) {
    case 'party':
      return known(table.party(name), 'party', name, path);
    case 'kid':
      return `hex:${known(table.kid(name), 'party', name, path)}`;
    case 'record':
      return `hex:${known(table.record(name), 'earlier record', name, path)}`;
    case 'subject':
      return known(name === 'item' ? table.item : undefined, 'subject', name, path);
    case 'hash':
      return `hex:${toHex(labelled(name))}`;
    case 'digest':
      return `sha256:${toHex(labelled(name))}`;
    default:
      return text;
  }
}

function known(
  found: string | undefined,
  what: string,
  name: string,
  path: readonly (string | number)[],
): string {
  if (found === undefined) {
    throw new GoodOrderError('scenario.unknown-name', `there is no ${what} named \`${name}\``, {
      path: pathText(path),
    });
  }
  return found;
}

/** `records[3].payload.from` */
export function pathText(path: readonly (string | number)[]): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}
