import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isUnsafe } from '../../src/codec/unsafe-character.js';
import { sha256 } from '../../src/crypto/hash.js';
import { ed25519Signer } from '../../src/crypto/signer.js';
import { GoodOrderError } from '../../src/errors.js';
import { MEMBER } from '../../src/passport/element.js';
import { mergePassports } from '../../src/passport/merge.js';
import { type NewRecord, signRecord } from '../../src/record/sign-record.js';
import { RECORD_TYPES, type RecordTypeName } from '../../src/record/types/index.js';
import { columns } from '../../src/report/columns.js';
import { SAMPLES } from '../record/sample-payloads.js';
import { ITEM, Story } from './story.js';
import { NOW, Workplace } from './workplace.js';

const NAUGHTY = (
  JSON.parse(
    readFileSync(new URL('../../fixtures/vectors/naughty-strings/blns.json', import.meta.url), 'utf8'),
  ) as string[]
)
  .concat([
    'invoice\u202egpj.exe\u202c',
    '\u2066\u2067\u2068hidden\u2069',
    'zero\u200bwidth\u2060joiner',
    'line\u2028two\u2029three',
    'tags\u{e0041}\u{e0042}',
    'soft\u00adhyphen',
    '=cmd|calc!A0',
    '%s%n{{7*7}}',
    '<script>alert(1)</script>',
    '\\u{202e}',
    '無'.repeat(90),
    'e\u0301'.repeat(90),
  ])
  .filter((text) => text !== '');

/** Every character that would act on a screen instead of showing, but the line break that ends a line. */
function rawIn(text: string): string[] {
  return [...text].filter((character) => character !== '\n' && isUnsafe(character.codePointAt(0) ?? 0));
}

type Path = readonly (string | number)[];

function textPaths(value: unknown, path: Path = []): Path[] {
  if (typeof value === 'string') return [path];
  if (value instanceof Uint8Array || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    textPaths(member, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function replaced(value: unknown, [step, ...rest]: Path, text: string): unknown {
  if (step === undefined) return text;
  if (Array.isArray(value))
    return value.map((item, index) => (index === step ? replaced(item, rest, text) : item));
  const map = value as Record<string, unknown>;
  return { ...map, [step]: replaced(map[step], rest, text) };
}

/** One record of a type with naughty text wherever the type takes text; the signer refuses what the format does. */
async function poisoned(
  type: RecordTypeName,
  seq: number,
  last: NewRecord | null,
): Promise<NewRecord | null> {
  const signer = ed25519Signer(new Uint8Array(32).fill(7));
  const { selfBound } = RECORD_TYPES.get(type) as { selfBound?: boolean };
  if (selfBound !== true || type === 'manifest' || type === 'key-event') return null;
  let salts = 0;
  const sign = (payload: unknown): Promise<NewRecord> =>
    signRecord({
      signer,
      iss: `urn:goodorder:key:${signer.kid}`,
      sub: ITEM,
      type,
      payload: payload as Record<string, unknown>,
      iat: NOW - 1000 + seq,
      seen: [],
      state: { seq, prev: last?.statementHash ?? null, lane: last?.statementHash ?? null },
      salt: () => {
        salts += 1;
        return sha256(Uint8Array.of(seq, salts & 255, salts >> 8)).slice(0, 16);
      },
    });
  const references = ['occasion', 'of', 'against', 'lastSensorRecord', 'authorisation'];
  let payload: unknown = Object.fromEntries(
    Object.entries(SAMPLES[type].full).filter(([key]) => !references.includes(key)),
  );
  if (type === 'countersign') return null;
  let turn = seq * 31;
  for (const path of textPaths(payload)) {
    for (let attempt = 0; attempt < 6; attempt += 1) {
      turn += 1;
      const next = replaced(payload, path, (NAUGHTY[turn % NAUGHTY.length] as string).slice(0, 180));
      const taken = await sign(next).then(
        () => true,
        (error: unknown) => {
          if (error instanceof GoodOrderError) return false;
          throw error;
        },
      );
      if (taken) {
        payload = next;
        break;
      }
    }
  }
  return sign(payload).catch(() => null);
}

async function poisonedPassport(): Promise<{ readonly bytes: Uint8Array; readonly count: number }> {
  const records: NewRecord[] = [];
  for (let round = 0; round < 3; round += 1) {
    for (const type of RECORD_TYPES.keys()) {
      const made = await poisoned(type as RecordTypeName, records.length, records.at(-1) ?? null);
      if (made !== null) records.push(made);
    }
  }
  const { coseKey } = ed25519Signer(new Uint8Array(32).fill(7));
  const merged = await mergePassports(
    [
      ...records.map(({ record }) => record),
      ...records.flatMap(({ openings }) => openings.map((bytes) => ({ member: MEMBER.openings, bytes }))),
      { member: MEMBER.keys, bytes: coseKey },
    ],
    { item: ITEM },
  );
  expect(merged.leftOut).toEqual([]);
  return { bytes: merged.bytes, count: records.length };
}

test('naughty text in records reaches no screen raw, and stays what it is as data', async () => {
  const place = await Workplace.make();
  const { bytes, count } = await poisonedPassport();
  expect(count).toBeGreaterThan(8);
  await place.write('p.passport', bytes);
  const lines = [
    ...['verify p.passport -v', 'show p.passport', 'timeline p.passport', 'inspect p.passport --diagnostic'],
    ...Array.from({ length: count }, (_, index) => `show p.passport ${index + 1}`),
    ...['explain p.passport 1', 'diff p.passport p.passport'],
  ];
  let hidden = 0;
  for (const line of lines) {
    for (const tty of [undefined, 80]) {
      const ran = await place.run([...line.split(' '), '--no-color'], tty === undefined ? {} : { tty });
      expect(rawIn(ran.out + ran.err), line).toEqual([]);
      for (const one of ran.out.split('\n')) expect(columns(one), `${line}: ${one}`).toBeLessThanOrEqual(80);
      hidden += ran.out.split('\\u{').length - 1;
    }
    const json = await place.run([...line.split(' '), '--format', 'json']);
    expect(rawIn(json.out), line).toEqual([]);
    expect(json.err, line).toBe('');
    expect(() => json.json(), line).not.toThrow();
  }
  // The test would prove nothing had no such text arrived.
  expect(hidden).toBeGreaterThan(20);
  const shown = await place.must(['show', 'p.passport']).catch(() => null);
  expect(shown).toBe(null);
  const { json } = await place.run(['show', 'p.passport', '--format', 'json']);
  expect(JSON.stringify(json())).toMatch(/\u202e|\u2066|\u200b|\u00ad/);
});

describe('naughty text around the evidence', () => {
  const BAD = 'a\u202eb\u001b[31m\u0007c';

  test('in file names', async () => {
    const place = await Workplace.make();
    await place.write('letter.txt', 'x');
    for (const command of [
      'verify',
      'show',
      'timeline',
      'inspect',
      'diff x',
      'trust list',
      'trust check',
      'pack lint',
      'media seal',
      'sign',
      'explain',
      'merge -o y',
      'sensor import --map x',
    ]) {
      for (const format of ['text', 'json']) {
        const ran = await place.run([...command.split(' '), BAD, '--format', format]);
        expect(ran.exit, command).toBeGreaterThan(0);
        expect(rawIn(ran.out + ran.err), command).toEqual([]);
      }
    }
  });

  test('in options', async () => {
    const place = await Workplace.make();
    for (const argv of [
      ['verify', 'x', `--${BAD}`],
      [BAD],
      ['verify', 'x', '--at', BAD],
      ['verify', 'x', '--format', BAD],
      ['record', BAD],
      ['record', 'media', '--sub', BAD],
      ['init', '--party', BAD],
      ['init', '--key', BAD],
      ['pack', 'show', BAD],
      ['explain', `no.${BAD}`],
      ['countersign', 'x', 'y', '--stance', BAD],
    ]) {
      const ran = await place.run(argv);
      expect(ran.exit, argv.join(' ')).toBeGreaterThan(0);
      expect(ran.err.length).toBeGreaterThan(5);
      expect(rawIn(ran.out + ran.err), argv.join(' ')).toEqual([]);
    }
  });

  test('in trust files, drafts and column maps', async () => {
    const story = await Story.begin();
    const { place } = story;
    const trust = JSON.parse(await place.readText('court.trust.json'));
    await place.writeJson('named.json', { ...trust, name: 'court\u202e of\u2066 the\u200b north' });
    await story.commission();
    for (const argv of [
      ['trust', 'list', 'named.json'],
      ['verify', 'set.passport', '--trust', 'named.json'],
    ]) {
      const ran = await place.run(argv);
      expect(rawIn(ran.out + ran.err), argv.join(' ')).toEqual([]);
    }
    await place.writeJson('extra.json', { ...trust, [BAD]: 1 });
    await place.writeJson('draft.json', { schemaVersion: 1, [BAD]: 1 });
    await place.write('map.yaml', JSON.stringify({ format: 'goodorder-columns/1', [BAD]: BAD }));
    await place.write('pack.yaml', JSON.stringify({ pack: BAD, [BAD]: BAD }));
    for (const argv of [
      ['trust', 'list', 'extra.json'],
      ['sign', 'draft.json', '-o', 'x.record', '--home', 'seller/.goodorder'],
      ['sensor', 'import', 'extra.json', '--map', 'map.yaml'],
      ['pack', 'lint', 'pack.yaml'],
      ['find', 'set.passport', '--dispute', 'draft.json'],
    ]) {
      const ran = await place.run(argv);
      expect(ran.exit, argv.join(' ')).toBe(3);
      expect(rawIn(ran.out + ran.err), argv.join(' ')).toEqual([]);
      const json = await place.run([...argv, '--format', 'json']);
      expect(rawIn(json.out), argv.join(' ')).toEqual([]);
      expect(() => json.json(), argv.join(' ')).not.toThrow();
    }
  });
});
