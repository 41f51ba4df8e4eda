import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Printed, WrittenInput } from '../finding/print-digests.js';
import type { ScenarioDigests } from '../finding/scenario-digests.js';
import { scenarioInputs } from '../finding/scenario-inputs.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const golden = JSON.parse(readFileSync(join(root, 'fixtures/finding-golden/digests.json'), 'utf8')) as Record<
  string,
  ScenarioDigests
>;
const withoutWhatIf = Object.fromEntries(
  Object.entries(golden).map(([name, one]) => [name, { ...one, whatIf: null }]),
);

/** Offsets in minutes, in November. */
const ZONES = {
  'Pacific/Kiritimati': 840,
  'America/St_Johns': -210,
  'Asia/Kathmandu': 345,
  'Europe/Berlin': 60,
} as const;
const LANGUAGES = ['C', 'tr_TR.UTF-8', 'zh_CN.UTF-8', 'ar_EG.UTF-8'] as const;

let folder: string;
let bundle: string;
let inputs: string;

beforeAll(async () => {
  // Beside the packages it imports.
  folder = mkdtempSync(join(root, 'node_modules', '.goodorder-test-'));
  bundle = join(folder, 'print-digests.mjs');
  inputs = join(folder, 'inputs.json');
  await build({
    entryPoints: [join(root, 'test/finding/print-digests.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    outfile: bundle,
    packages: 'external',
    logLevel: 'error',
  });
  const written: readonly WrittenInput[] = (await scenarioInputs()).map((input) => ({
    ...input,
    passports: input.passports.map((bytes) => Buffer.from(bytes).toString('base64')),
  }));
  writeFileSync(inputs, JSON.stringify(written));
}, 300_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function printed(
  env: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
  whole = false,
): Promise<Printed> {
  const args = [...flags, bundle, inputs, ...(whole ? ['whole'] : [])];
  const { stdout } = await run(process.execPath, args, {
    env: { ...process.env, ...env },
    maxBuffer: 1 << 26,
  });
  return JSON.parse(stdout) as Printed;
}

describe('the same findings and explanations', () => {
  const places = Object.entries(ZONES).flatMap(([zone, offset]) =>
    LANGUAGES.map((language) => [zone, language, offset] as const),
  );

  test.each(places)('in %s, %s', async (zone, language, offset) => {
    const there = await printed({ TZ: zone, LANG: language, LC_ALL: language });
    expect(there.digests).toEqual(withoutWhatIf);
    // Or it would show nothing.
    expect(there.offsetMin).toBe(offset);
    if (language !== 'C') expect(there.locale.slice(0, 2)).toBe(language.slice(0, 2));
  });

  test('and what would change them, on the other side of the world', async () => {
    const there = await printed({ TZ: 'Pacific/Kiritimati', LC_ALL: 'tr_TR.UTF-8' }, [], true);
    expect(there.digests).toEqual(golden);
  });
});

describe('the same findings on another day', () => {
  test.each([
    ['long before', 1999],
    ['long after', 2099],
  ] as const)('%s, by a clock that Node is given', async (_, year) => {
    const file = join(folder, `clock-${year}.mjs`);
    const shift = `Date.UTC(${year}, 5, 15) - Date.now()`;
    writeFileSync(
      file,
      `const shift = ${shift}; const Real = Date;
class Shifted extends Real {
  constructor(...given) { if (given.length === 0) super(Real.now() + shift); else super(...given); }
  static now() { return Real.now() + shift; }
}
globalThis.Date = Shifted;`,
    );
    const then = await printed({}, ['--import', file]);
    expect(then.digests).toEqual(withoutWhatIf);
    expect(then.year).toBe(year);
  });

  const library = ['/usr/lib', '/usr/local/lib']
    .flatMap((place) =>
      existsSync(place) ? [place, ...readdirSync(place).map((one) => join(place, one))] : [],
    )
    .map((place) => join(place, 'faketime', 'libfaketime.so.1'))
    .find(existsSync);
  test.skipIf(library === undefined)('and by the clock of the system (libfaketime)', async () => {
    const then = await printed({ LD_PRELOAD: library!, FAKETIME: '@1999-06-15 00:00:00', TZ: 'UTC' });
    expect(then.digests).toEqual(withoutWhatIf);
    expect(then.year).toBe(1999);
  });
});

test('500 orders of records, facts and rules of every scenario give one finding', async () => {
  const shuffles = process.env['GOODORDER_SHUFFLES'] ?? '500';
  const { stdout } = await run(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--reporter=json', 'test/finding/determinism.test.ts'],
    { cwd: root, env: { ...process.env, GOODORDER_SHUFFLES: shuffles }, maxBuffer: 1 << 26 },
  );
  expect(JSON.parse(stdout)).toMatchObject({ numFailedTests: 0, numPassedTests: 2, success: true });
});
