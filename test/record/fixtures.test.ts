import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/codec/hex.js';
import { readRecord } from '../../src/record/read-record.js';
import type { Fields } from '../../src/record/record-type.js';
import { signRecord } from '../../src/record/sign-record.js';
import { RECORD_TYPES, type RecordTypeName } from '../../src/record/types/index.js';
import { DEFECTS } from './invalid-payloads.js';
import { ITEM, SAMPLES, SELLER } from './sample-payloads.js';
import { countingSalt, IAT, rawRecord, SIGNER } from './test-signing.js';

const ROOT = 'fixtures/records';
const TYPES = [...RECORD_TYPES.keys()] as RecordTypeName[];

interface Fixture {
  readonly id: string;
  readonly statementHash?: string;
  readonly openings?: readonly string[];
  /** What reading must say, in order; empty for a valid record. */
  readonly expect: readonly { readonly code: string; readonly path?: string; readonly offset?: number }[];
}

interface Built {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly fixture: Fixture;
}

async function validFixtures(type: RecordTypeName): Promise<Built[]> {
  const { minimal, full, sub = ITEM } = SAMPLES[type];
  const built: Built[] = [];
  for (const [name, payload] of Object.entries({ minimal, full })) {
    const made = await signRecord({
      signer: SIGNER,
      iss: SELLER,
      sub,
      type,
      payload,
      iat: IAT,
      state: { seq: 0, prev: null, lane: null },
      salt: countingSalt(`${type}/${name}`),
    });
    const openings = made.openings.map(toHex);
    built.push({
      file: join(type, 'valid', name),
      bytes: made.record,
      fixture: {
        id: made.id,
        statementHash: made.statementHash,
        ...(openings.length === 0 ? {} : { openings }),
        expect: [],
      },
    });
  }
  return built;
}

async function invalidFixtures(type: RecordTypeName): Promise<Built[]> {
  const { full, sub = ITEM } = SAMPLES[type];
  const built: Built[] = [];
  for (const { name, edit } of DEFECTS[type]) {
    const bytes = await rawRecord({ type, sub, fields: edit({ ...(full as Fields) }) });
    const read = readRecord(bytes);
    built.push({
      file: join(type, 'invalid', name),
      bytes,
      fixture: {
        id: read.ok ? read.record.id : read.id,
        expect: read.diagnostics.map(({ code, path, offset }) => ({
          code,
          ...(path === undefined ? {} : { path }),
          ...(offset === undefined ? {} : { offset }),
        })),
      },
    });
  }
  return built;
}

// To write the files anew: UPDATE_FIXTURES=1 npx vitest run test/record/fixtures.test.ts, then read the difference.
if (process.env['UPDATE_FIXTURES'] === '1') {
  rmSync(ROOT, { recursive: true, force: true });
  for (const type of TYPES) {
    for (const { file, bytes, fixture } of [
      ...(await validFixtures(type)),
      ...(await invalidFixtures(type)),
    ]) {
      mkdirSync(join(ROOT, file, '..'), { recursive: true });
      writeFileSync(join(ROOT, `${file}.cbor`), bytes);
      writeFileSync(join(ROOT, `${file}.json`), `${JSON.stringify(fixture, null, 2)}\n`);
    }
  }
}

function names(type: string, kind: string): string[] {
  const folder = join(ROOT, type, kind);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.cbor'))
    .map((file) => file.slice(0, -'.cbor'.length));
}

function load(type: string, kind: string, name: string): { bytes: Uint8Array; fixture: Fixture } {
  const file = join(ROOT, type, kind, name);
  return {
    bytes: new Uint8Array(readFileSync(`${file}.cbor`)),
    fixture: JSON.parse(readFileSync(`${file}.json`, 'utf8')) as Fixture,
  };
}

describe.each(TYPES)('%s', (type) => {
  test('has a valid fixture, an invalid one and a spec page', () => {
    expect(names(type, 'valid').length).toBeGreaterThan(0);
    expect(names(type, 'invalid').length).toBeGreaterThan(0);
    expect(existsSync(`docs/spec/records/${type}.md`)).toBe(true);
  });

  test.each(names(type, 'valid'))('valid/%s is read without a word', (name) => {
    const { bytes, fixture } = load(type, 'valid', name);
    const read = readRecord(bytes);
    expect(read.diagnostics).toEqual([]);
    if (!read.ok) throw new Error('not read');
    expect(read.record.id).toBe(fixture.id);
    expect(read.record.statementHash).toBe(fixture.statementHash);
    expect(read.record.type).toBe(type);
  });

  test('valid fixtures are what signing makes today', async () => {
    for (const { file, bytes, fixture } of await validFixtures(type)) {
      expect(toHex(bytes), file).toBe(toHex(new Uint8Array(readFileSync(join(ROOT, `${file}.cbor`)))));
      expect(JSON.parse(readFileSync(join(ROOT, `${file}.json`), 'utf8')), file).toEqual(fixture);
    }
  });

  test.each(names(type, 'invalid'))('invalid/%s says what and where', (name) => {
    const { bytes, fixture } = load(type, 'invalid', name);
    const read = readRecord(bytes);
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.unsupported).toBe(false);
    expect(read.id).toBe(fixture.id);
    expect(read.diagnostics.map(({ code, path, offset }) => ({ code, path, offset }))).toEqual(
      fixture.expect,
    );
  });

  test.each(DEFECTS[type])('invalid/$name is the defect it names', ({ name, expect: expected }) => {
    const { fixture } = load(type, 'invalid', name);
    expect(fixture.expect.map(({ code, path }) => [code, path])).toEqual(expected);
  });
});

test('no fixture stands for a type that is not listed', () => {
  expect(readdirSync(ROOT).sort()).toEqual([...TYPES].sort());
});
