import { GoodOrderError } from '../errors.js';
import { RECORD_TYPES, type RecordTypeName } from '../record/types/index.js';
import { fromWritten, type WrittenValue } from '../record/written-form.js';
import type { PositionedValue } from '../rules/positioned-value.js';
import { positionAt, toPlainValue } from '../rules/positioned-value.js';
import { readYaml } from '../yaml/read-yaml.js';
import { isPlaceholder } from './draft-shape.js';

/** An unsigned record as people write it, JSON or YAML. */
export interface Draft {
  readonly type: RecordTypeName;
  readonly sub: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Ids, besides what the passport at hand gives. */
  readonly seen: readonly string[];
  /** Where a path of the payload stands in the file. */
  readonly place: (path: string) => { readonly file: string; readonly line: number; readonly column: number };
}

const MEMBERS = ['schemaVersion', '$schema', 'type', 'sub', 'payload', 'seen'];

/** @throws GoodOrderError `draft.malformed` with file, line and column */
export function readDraft(text: string, file: string): Draft {
  const source = readYaml(text, file);
  const refuse = (message: string, path: readonly (string | number)[]): GoodOrderError =>
    new GoodOrderError('draft.malformed', message, { file, ...positionAt(source, path) });
  if (source.kind !== 'map') throw refuse('a draft is a map', []);
  const value = toPlainValue(source) as { readonly [key: string]: WrittenValue };
  const stranger = source.entries.find(({ key }) => !MEMBERS.includes(key));
  if (stranger !== undefined) throw refuse(`a draft has no \`${stranger.key}\``, [stranger.key]);
  const { schemaVersion, type, sub, payload, seen = [] } = value;
  if (schemaVersion !== 1) throw refuse('`schemaVersion` is 1', ['schemaVersion']);
  if (typeof type !== 'string' || !RECORD_TYPES.has(type)) {
    throw refuse(`\`type\` is one of ${[...RECORD_TYPES.keys()].join(', ')}`, ['type']);
  }
  const unfilled = placeholders(source, file);
  if (unfilled.length > 0) {
    const count = unfilled.length === 1 ? 'one value is' : `${unfilled.length} values are`;
    throw new GoodOrderError('draft.malformed', `${count} still to be filled in`, { file }, unfilled);
  }
  if (typeof sub !== 'string') throw refuse('`sub` is the subject’s canonical URI', ['sub']);
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload))
    throw refuse('`payload` is a map', ['payload']);
  if (!Array.isArray(seen)) throw refuse('`seen` lists ids of 64 hex digits', ['seen']);
  const seenIds = seen as readonly WrittenValue[];
  for (const [index, id] of seenIds.entries()) {
    if (typeof id !== 'string' || !/^[0-9a-f]{64}$/.test(id))
      throw refuse('`seen` lists ids of 64 hex digits', ['seen', index]);
  }
  const place = (path: string) => ({ file, ...positionAt(source, ['payload', ...steps(path)]) });
  return {
    type: type as RecordTypeName,
    sub,
    payload: readPayload(payload as WrittenValue, source, file),
    seen: seenIds as readonly string[],
    place,
  };
}

function readPayload(
  payload: WrittenValue,
  source: PositionedValue,
  file: string,
): Readonly<Record<string, unknown>> {
  try {
    return fromWritten(payload) as Readonly<Record<string, unknown>>;
  } catch (error) {
    if (!(error instanceof GoodOrderError)) throw error;
    const path = ['payload', ...steps(error.place.path ?? '')];
    throw new GoodOrderError(
      error.code,
      error.message,
      { file, ...positionAt(source, path), path: error.place.path ?? '' },
      error,
    );
  }
}

/** One error for each value that is still as the template has it. */
function placeholders(value: PositionedValue, file: string, path = ''): GoodOrderError[] {
  switch (value.kind) {
    case 'scalar': {
      if (!isPlaceholder(value.value)) return [];
      const place = { file, ...value.position };
      return [new GoodOrderError('draft.malformed', `\`${path}\` is still ${value.value}`, place)];
    }
    case 'list':
      return value.items.flatMap((item, index) => placeholders(item, file, `${path}[${index}]`));
    case 'map':
      return value.entries.flatMap(({ key, value: member }) =>
        placeholders(member, file, path === '' ? key : `${path}.${key}`),
      );
  }
}

/** `a.b[2].c` as steps. */
function steps(path: string): (string | number)[] {
  return path
    .split('.')
    .flatMap((part) => part.split('['))
    .filter((part) => part !== '')
    .map((part) => (part.endsWith(']') ? Number(part.slice(0, -1)) : part));
}
