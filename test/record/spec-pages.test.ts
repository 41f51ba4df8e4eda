import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { RECORD_TYPES } from '../../src/record/types/index.js';
import { OBSERVING_PRIVATE_PLACES, observingFields } from '../../src/record/types/observing-fields.js';
import { ASPECTS, REGIONS, ROLES } from '../../src/record/vocabulary.js';
import '../../src/record/zod-setup.js';
import * as z from 'zod/mini';
import { type SchemaRow, schemaRows } from './schema-rows.js';

function page(name: string): string {
  return readFileSync(`docs/spec/records/${name}.md`, 'utf8');
}

function tableOf(text: string): SchemaRow[] {
  return [...text.matchAll(/^\| `([^`]+)` \| ([RO]) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, path, need, kind]) => ({
      path: path ?? '',
      required: need === 'R',
      kind: kind ?? '',
    }),
  );
}

const observing = new Set(Object.keys(observingFields()));
const isShared = (path: string): boolean => observing.has(path.split(/[.[]/)[0] ?? '');
// The checks of a repair are those of an inspection; their page says so once.
const isTold = (path: string): boolean => /^checks(Before|After)\[\]/.test(path);

describe.each([...RECORD_TYPES.values()])('$name', (definition) => {
  const text = page(definition.name);

  test('the page states every field, whether it is required, and its value', () => {
    const rows = schemaRows(definition.schema()).filter(
      ({ path }) => !(definition.observing && isShared(path)) && !isTold(path),
    );
    expect(tableOf(text)).toEqual(rows);
  });

  test('the page names content type, revision and private places', () => {
    expect(text).toContain(
      `\`application/vnd.goodorder.${definition.name}+cbor\`, revision ${definition.revision}`,
    );
    for (const { path } of definition.privatePlaces) {
      const shared = definition.observing && isShared(path);
      expect(text.includes(`\`${path}\``)).toBe(!shared);
    }
    expect(text.includes('(observing-fields.md)')).toBe(definition.observing);
  });
});

test('the page of the observing fields states each of them', () => {
  const text = page('observing-fields');
  expect(tableOf(text)).toEqual(schemaRows(z.strictObject(observingFields())));
  for (const { path } of OBSERVING_PRIVATE_PLACES) expect(text).toContain(`\`${path}\``);
});

test('the overview lists the vocabularies and the self-bound types', () => {
  const text = page('README');
  for (const words of [ASPECTS, REGIONS, ROLES]) {
    expect(text.replaceAll(/\s+/g, ' ')).toContain([...words].join(' '));
  }
  const selfBound = [...RECORD_TYPES.values()].filter((type) => type.selfBound).map(({ name }) => name);
  const [, listed = ''] = /under the own key alone may sign ([^.]+)\./.exec(text) ?? [];
  expect(listed.split(/, | and /).sort()).toEqual(selfBound.sort());
  const ordered = [...RECORD_TYPES.values()].filter((type) => type.observing).map(({ name }) => name);
  const [, carriers = ''] = /^(commission, [^.]+) may carry these/m.exec(page('observing-fields')) ?? [];
  expect(carriers.split(/, | and /).sort()).toEqual(ordered.sort());
});
