import { toHex } from '../codec/hex.js';
import { GoodOrderError } from '../errors.js';
import type { WrittenValue } from '../record/written-form.js';
import { pathText, type ScenarioPath } from './scenario-source.js';
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
 * `sha256:…` of it (a file that only the story knows). A text that only looks like one of these is written `text:…`.
 *
 * @throws GoodOrderError `scenario.unknown-name` with the path from the given value
 */
export function replaceNames(value: WrittenValue, table: NameTable, path: ScenarioPath = []): WrittenValue {
  if (typeof value === 'string') return replaceName(value, table, path);
  if (Array.isArray(value)) {
    return value.map((item, index) => replaceNames(item as WrittenValue, table, [...path, index]));
  }
  if (typeof value !== 'object' || value === null) return value;
  // Without a prototype, so that a key `__proto__` is a key like any other.
  const replaced: Record<string, WrittenValue> = Object.create(null);
  for (const [key, member] of Object.entries(value)) {
    replaced[key] = replaceNames(member as WrittenValue, table, [...path, key]);
  }
  return replaced;
}

function replaceName(text: string, table: NameTable, path: ScenarioPath): string {
  const colon = text.indexOf(':');
  if (colon < 0) return text;
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

function known(found: string | undefined, what: string, name: string, path: ScenarioPath): string {
  if (found !== undefined) return found;
  throw new GoodOrderError('scenario.unknown-name', `there is no ${what} named \`${name}\``, {
    path: pathText(path),
  });
}
