import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'tsup';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { toHex } from '../../src/codec/hex.js';
import { ELEMENT_MEMBERS } from '../../src/passport/element.js';
import { encodePassport, readPassportFile } from '../../src/passport/file.js';
import { mergePassports } from '../../src/passport/merge.js';
import type { VerifiedPassport } from '../../src/verify/verified-passport.js';
import { digestOf, findingDigests } from './finding-digests.js';
import {
  assessed,
  DEMO,
  type Played,
  play,
  readScenarioYaml,
  SCENARIOS,
  scenarioPaths,
  verify,
} from './scenarios.js';

const paths = [DEMO, ...scenarioPaths()];
const played = new Map<string, Played>();

beforeAll(async () => {
  for (const path of paths) played.set(path, await play(readScenarioYaml(path), path));
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function names(): readonly (readonly [name: string, path: string])[] {
  return paths.map((path) => [path.slice(path.lastIndexOf('/') + 1), path]);
}

/** Elements dealt out over several files, each with the item. */
function dealt(passport: Uint8Array, files: number, rule: (index: number) => number): Uint8Array[] {
  const read = readPassportFile(passport);
  if (!read.ok) throw new Error('unreadable');
  return Array.from({ length: files }, (_, file) =>
    encodePassport({
      item: read.file.item,
      members: Object.fromEntries(
        ELEMENT_MEMBERS.map((member) => [
          member,
          read.file.members[member].filter(({ index }) => rule(index) === file).map(({ bytes }) => bytes),
        ]),
      ),
    }),
  );
}

describe('the same evidence gives the same finding, byte for byte', () => {
  test.each(names())('%s: whoever split it and in whatever order it is put together', async (_, path) => {
    const { assessment, built } = played.get(path)!;
    const [a, b, c] = dealt(built.passport, 3, (index) => (index * 7) % 3);
    for (const files of [
      [a!, b!, c!],
      [c!, a!, b!],
    ]) {
      const merged = await mergePassports(files);
      expect(merged.leftOut).toEqual([]);
      expect(toHex(merged.bytes)).toBe(toHex(built.passport));
      const again = assessed(built, await verify(built, merged.bytes));
      expect(digestOf(again.assessment.finding)).toBe(digestOf(assessment.finding));
    }
  });

  test.each(names())('%s: in whatever order its records are handed over', (_, path) => {
    const { assessment, built, verified } = played.get(path)!;
    const { records } = verified;
    const orders = [
      [...records].reverse(),
      [...records.slice(3), ...records.slice(0, 3)],
      [...records].sort((x, y) => (x.statementHash < y.statementHash ? -1 : 1)),
    ];
    for (const order of orders) {
      const shuffled: VerifiedPassport = { ...verified, records: order };
      expect(digestOf(assessed(built, shuffled).assessment.finding)).toBe(digestOf(assessment.finding));
    }
  });

  test.each(names())('%s: without clock, chance, locale or time zone at hand', (_, path) => {
    const { assessment, built, verified } = played.get(path)!;
    const refuse = (): never => {
      throw new Error('a finding asked the machine it runs on');
    };
    vi.stubGlobal('Date', new Proxy(Date, { construct: refuse, apply: refuse, get: refuse }));
    vi.stubGlobal('Intl', new Proxy({}, { get: refuse }));
    vi.spyOn(Math, 'random').mockImplementation(refuse);
    for (const name of ['localeCompare', 'toLocaleLowerCase', 'toLocaleUpperCase', 'normalize'] as const) {
      vi.spyOn(String.prototype, name).mockImplementation(refuse);
    }
    vi.spyOn(Number.prototype, 'toLocaleString').mockImplementation(refuse);
    const again = assessed(built, verified).assessment.finding;
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
    expect(digestOf(again)).toBe(digestOf(assessment.finding));
  });
});

describe('a process elsewhere in the world', () => {
  const here = fileURLToPath(new URL('.', import.meta.url));
  const places = [
    { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
    { TZ: 'America/St_Johns', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' },
    { TZ: 'Asia/Kathmandu', LANG: 'C', LC_ALL: 'C' },
  ];

  test('comes to the same findings', async () => {
    // Beside the packages it imports; removed at the end.
    const folder = mkdtempSync(join(here, '..', '..', 'node_modules', '.goodorder-test-'));
    try {
      await build({
        entry: { digests: join(here, 'print-digests.ts') },
        outDir: folder,
        format: 'esm',
        target: 'node20',
        outExtension: () => ({ js: '.mjs' }),
        silent: true,
        config: false,
        clean: false,
        dts: false,
      });
      const run = promisify(execFile);
      const expected = await findingDigests();
      expect(Object.keys(expected)).toHaveLength(scenarioPaths().length);
      for (const place of places) {
        const { stdout } = await run(process.execPath, [join(folder, 'digests.mjs'), SCENARIOS], {
          env: { ...process.env, ...place },
        });
        expect(JSON.parse(stdout)).toEqual(expected);
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }, 120_000);
});
