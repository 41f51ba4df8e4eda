import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isNativeAccelerationEnabled } from 'cbor-x';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fromHex, utf8Bytes } from '../../src/codec/hex.js';
import { readTrustFile } from '../../src/credential/trust-file.js';
import {
  publicKeyFault,
  signatureFault,
  verifyEd25519,
  verifyEd25519Noble,
  verifyEd25519Sync,
} from '../../src/crypto/ed25519.js';
import { sha256Hex } from '../../src/crypto/hash.js';
import { verifyPassport } from '../../src/verify/verify-passport.js';
import { makeVerifyReport } from '../../src/verify/verify-report.js';
import { Workplace } from '../cli/workplace.js';
import { makeSample, type SamplePassport } from '../verify/sample.js';
import { AT, T0 } from '../verify/story.js';
import { type BuiltCommand, buildCommand } from './built-command.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const text = (name: string): string => readFileSync(join(ROOT, name), 'utf8');

interface Manifest {
  readonly version: string;
  readonly files: readonly string[];
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta: Readonly<Record<string, { readonly optional: boolean }>>;
  readonly overrides: Readonly<Record<string, string>>;
}
interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

const MANIFEST = JSON.parse(text('package.json')) as Manifest;
const LOCK = JSON.parse(text('package-lock.json')) as {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Locked>>;
};
const LOCKED = Object.entries(LOCK.packages).filter(([path]) => path !== '');

/** Packages this project has chosen to trust. Whoever adds one adds it here, after reading its name twice. */
const CHOSEN = [
  '@noble/curves',
  '@noble/ed25519',
  '@noble/hashes',
  '@noble/post-quantum',
  'age-encryption',
  'cbor-x',
  'commander',
  'csv-parse',
  'exifreader',
  'fast-string-width',
  'yaml',
  'zod',
];
/** Named when they are missing: for workbooks, and for hints that a picture is a copy. */
const OPTIONAL = ['@e965/xlsx', 'sharp'];
const CHOSEN_TOOLS = [
  ...OPTIONAL,
  '@arethetypeswrong/cli',
  '@auth0/cose',
  '@biomejs/biome',
  '@ldclabs/cose-ts',
  '@size-limit/esbuild',
  '@size-limit/file',
  '@stryker-mutator/core',
  '@stryker-mutator/vitest-runner',
  '@types/node',
  'ajv',
  'cbor2',
  'cborg',
  'dependency-cruiser',
  'esbuild',
  'fast-check',
  'publint',
  'recheck',
  'size-limit',
  'tsup',
  'typedoc',
  'typescript',
  'vitest',
];

describe('what is installed', () => {
  test('npm-install-script: no package runs anything when it is installed, and none here needs to', () => {
    expect(text('.npmrc').split('\n')).toContain('ignore-scripts=true');
    // A new name here is a new program that would run on every developer's machine.
    const withScripts = LOCKED.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    expect(withScripts.map(([path]) => path).sort()).toEqual([
      // Builds what the prebuilt optional packages already bring.
      'node_modules/cbor-extract',
      // Checks the binary that its optional package brings.
      'node_modules/esbuild',
      // Builds a smaller reader, where the installing package asks for one; this one does not.
      'node_modules/exifreader',
      'node_modules/tsup/node_modules/esbuild',
    ]);
    for (const name of ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish', 'prepack']) {
      expect(MANIFEST.scripts).not.toHaveProperty(name);
    }
  });

  test('npm-maintainer-takeover: every version is fixed, and every package by its SHA-512', () => {
    // A minimum age of seven days is the duty of whoever updates the lock: npm can only be asked at that moment.
    const direct = { ...MANIFEST.dependencies, ...MANIFEST.devDependencies, ...MANIFEST.overrides };
    for (const [name, version] of Object.entries(direct)) {
      expect([name, /^\d+\.\d+\.\d+$/.test(version)]).toEqual([name, true]);
      const locked = LOCK.packages[`node_modules/${name}`];
      expect([name, locked?.version]).toEqual([name, version]);
    }
    expect(LOCK.lockfileVersion).toBe(3);
    expect(MANIFEST.optionalDependencies).toBeUndefined();
    expect(poisonsOf(LOCK.packages)).toEqual([]);
    // What a user of the package gets beside it: the chosen ones and what they bring.
    expect(LOCKED.filter(([, { dev }]) => dev !== true).length).toBeLessThan(30);
  });

  test('npm-typosquat: direct dependencies are the chosen ones, letter by letter', () => {
    expect(Object.keys(MANIFEST.dependencies).sort()).toEqual(CHOSEN);
    expect(Object.keys(MANIFEST.devDependencies).sort()).toEqual([...CHOSEN_TOOLS].sort());
    expect(Object.keys(MANIFEST.peerDependencies).sort()).toEqual(OPTIONAL);
    for (const name of OPTIONAL) expect(MANIFEST.peerDependenciesMeta[name]).toEqual({ optional: true });
    // And what the sources import is among them.
    const imported = new Set<string>();
    for (const name of readdirSync(join(ROOT, 'src'), { recursive: true }) as string[]) {
      if (!name.endsWith('.ts')) continue;
      const source = text(join('src', name));
      const froms =
        /(?:^|\}|\w|\*) from '([^'.\s][^'\s]*)';$|^import '([^'.\s][^'\s]*)';$|import\('([^'.\s][^'\s]*)'\)/gm;
      for (const [, ...names] of source.matchAll(froms)) {
        const from = names.find((one) => one !== undefined)!;
        const [scope, rest] = from.split('/');
        imported.add(from.startsWith('@') ? `${scope}/${rest}` : scope!);
      }
    }
    const packages = [...imported].filter((name) => !name.startsWith('node:')).sort();
    expect(packages.map((name) => (name === '#cbor-x' ? 'cbor-x' : name)).sort()).toEqual(
      [...CHOSEN, ...OPTIONAL].sort(),
    );
  });

  test('lockfile-poisoning: a lock that names another host, a weaker hash or none is caught', () => {
    const good = LOCK.packages['node_modules/commander']!;
    const poisons: readonly (readonly [string, Locked])[] = [
      ['another host', { ...good, resolved: 'https://registry.example/commander/-/commander-14.0.3.tgz' }],
      ['plain http', { ...good, resolved: 'http://registry.npmjs.org/commander/-/commander-14.0.3.tgz' }],
      ['a repository', { ...good, resolved: 'git+ssh://git@github.com/tj/commander.js.git#main' }],
      ['a file', { ...good, resolved: 'file:../commander.tgz' }],
      ['a link', { ...good, link: true }],
      ['a weaker hash', { ...good, integrity: 'sha1-Nd2C5iI8LnR7pV4m3M4u4m0J2xE=' }],
      ['a short hash', { ...good, integrity: good.integrity!.slice(0, 40) }],
      ['no hash', Object.fromEntries(Object.entries(good).filter(([key]) => key !== 'integrity'))],
    ];
    for (const [name, entry] of poisons) {
      expect([name, poisonsOf({ 'node_modules/commander': entry })]).toEqual([
        name,
        ['node_modules/commander'],
      ]);
    }
    expect(poisonsOf({ 'node_modules/commander': good })).toEqual([]);
  });

  test('dependency-confusion: no name is ours alone, and a package of the same name elsewhere has another hash', () => {
    // The registry is not pinned in .npmrc: it would break installs behind a mirror, and the lock's SHA-512 of every
    // package already refuses what another registry would serve under the same name.
    const scopes = new Set(
      LOCKED.flatMap(([path]) => /node_modules\/(@[^/]+)\/[^/]+$/.exec(path)?.[1] ?? []),
    );
    expect([...scopes].filter((scope) => /goodorder|internal|private|corp/.test(scope))).toEqual([]);
    const specs = LOCKED.flatMap(([, { dependencies = {} }]) => Object.values(dependencies));
    expect(specs.filter((spec) => /^(file|link|workspace|git|github|https?):/.test(spec))).toEqual([]);
    const npmrc = text('.npmrc');
    expect(npmrc).not.toMatch(/registry\s*=|_auth|token/i);
  });
});

/** Lock entries that would install something else than the npm registry's package of that SHA-512. */
function poisonsOf(packages: Readonly<Record<string, Locked>>): string[] {
  return Object.entries(packages)
    .filter(([path, { integrity = '', link, resolved }]) => {
      if (path === '') return false;
      const sound = /^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity) && link !== true;
      return !sound || (resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/'));
    })
    .map(([path]) => path);
}

describe('what is published', () => {
  let command: BuiltCommand;
  let sample: SamplePassport;
  beforeAll(async () => {
    [command, sample] = [await buildCommand(), await makeSample()];
    await writeFile(join(command.folder, 'sample.passport'), sample.bytes);
    await writeFile(join(command.folder, 'trust.json'), sample.story.trustText());
  });
  afterAll(() => command.remove());

  const bundle = (folder: string): Record<string, string> =>
    Object.fromEntries(
      readdirSync(join(folder, 'cli')).map((name) => [
        name,
        sha256Hex(readFileSync(join(folder, 'cli', name))),
      ]),
    );

  test('published-differs-from-source: two builds are the same bytes, and name no machine', async () => {
    const again = await buildCommand();
    try {
      expect(Object.keys(bundle(command.folder)).length).toBeGreaterThan(20);
      expect(bundle(again.folder)).toEqual(bundle(command.folder));
      for (const name of Object.keys(bundle(command.folder))) {
        const code = readFileSync(join(command.folder, 'cli', name), 'utf8');
        expect([name, code.includes(ROOT) || code.includes(command.folder)]).toEqual([name, false]);
      }
    } finally {
      await again.remove();
    }
  });

  test('secrets-in-tarball: what npm would pack is what was chosen, and none of it is a secret', () => {
    const listed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [packed] = JSON.parse(listed.toString()) as [
      { readonly files: readonly { readonly path: string }[] },
    ];
    const paths = packed.files.map(({ path }) => path);
    const CHOSEN_FILES = [
      /^(LICENSE|NOTICE|README\.md|THIRD_PARTY_NOTICES|package\.json)$/,
      /^bin\/(goodorder\.js|package\.json)$/,
      /^dist\/cli\/[\w.-]+\.js$/,
      /^dist\/verify\/(verify|subtree-cosignature)\.cjs$/,
      /^dist\/lib\/[\w/.-]+\.(js|d\.ts)$/,
      /^schemas\/[\w.-]+\.json$/,
      /^fixtures\/demo\/(ORIGIN\.md|LICENSE\.(leg-b|photos)|dinner-set\.scenario\.yaml|leg-[ab]\.columns\.yaml|leg-a\.synthetic\.csv|leg-b\.csv|photos\/(packing\.jpg|unboxing\.webp))$/,
    ];
    expect(paths.filter((path) => !CHOSEN_FILES.some((chosen) => chosen.test(path)))).toEqual([]);
    expect(paths).toContain('LICENSE');
    // A build at the same time may have taken a file away again.
    for (const path of paths.filter((one) => existsSync(join(ROOT, one)))) {
      const content = readFileSync(join(ROOT, path), 'latin1');
      const secret =
        /-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/]{40}|npm_[A-Za-z0-9]{36}|AKIA[0-9A-Z]{16}/.exec(
          content,
        );
      expect([path, secret?.[0] ?? null]).toEqual([path, null]);
    }
  });

  test('native-addon-codec: the published command loads no addon, and answers as the library does that has one', async () => {
    const hook = join(command.folder, 'told.cjs');
    await writeFile(
      hook,
      "const { dlopen } = process;\nlet codec = 'plain';\n" +
        "process.dlopen = (...given) => ((codec = 'native'), dlopen.apply(process, given));\n" +
        "process.on('exit', () => process.stderr.write(codec));\n",
    );
    const argv = [
      'verify',
      'sample.passport',
      '--trust',
      'trust.json',
      '--at',
      String(AT),
      '--format',
      'json',
    ];
    const reports = ['true', 'false'].map((disabled) => {
      const env = {
        CBOR_NATIVE_ACCELERATION_DISABLED: disabled,
        NODE_PATH: join(ROOT, 'node_modules'),
        NODE_OPTIONS: `--require ${hook}`,
      };
      const { status, stderr, stdout } = command.run(argv, { env });
      expect([disabled, status, stderr.toString()]).toEqual([disabled, 0, 'plain']);
      return JSON.parse(stdout.toString());
    });
    expect(reports[1]).toEqual(reports[0]);
    // Here cbor-x has taken its addon where the machine brings one; test/codec compares the builds value by value.
    const disabled = process.env['CBOR_NATIVE_ACCELERATION_DISABLED'] === 'true';
    expect(!disabled || !isNativeAccelerationEnabled).toBe(true);
    const passport = await verifyPassport(sample.bytes, { trust: sample.story.trust(), at: AT });
    const report = makeVerifyReport(passport, { version: MANIFEST.version });
    expect({ file: 'sample.passport', ...JSON.parse(JSON.stringify(report)) }).toEqual(reports[0]);
    expect(text('.ci/run')).toContain('CBOR_NATIVE_ACCELERATION_DISABLED=true npx vitest run test/codec');
  });

  test('update-rollback-of-verifier: every report says which verifier, trust file and evidence it is of', async () => {
    const argv = [
      'verify',
      'sample.passport',
      '--trust',
      'trust.json',
      '--at',
      String(AT),
      '--format',
      'json',
    ];
    const report = JSON.parse(command.run(argv).stdout.toString());
    expect(report.schemaVersion).toBe(1);
    expect(report.verifier).toEqual({ name: 'goodorder', version: MANIFEST.version });
    expect(report.passport.sha256).toBe(sha256Hex(sample.bytes));
    expect(report.trust.sha256).toBe(sha256Hex(utf8Bytes(sample.story.trustText())));
    const version = JSON.parse(command.run(['version', '--format', 'json']).stdout.toString());
    expect(version.version).toBe(MANIFEST.version);
    expect(
      version.packs.map(({ digest }: { digest: string }) => /^[0-9a-f]{64}$/.test(digest)),
    ).not.toContain(false);
    // No minimum version in the trust file, as format.md has it: an old verifier would not know to obey it.
    const trust = { ...(JSON.parse(sample.story.trustText()) as object), minVersion: '9.0.0' };
    expect(() => readTrustFile(JSON.stringify(trust))).toThrow(
      expect.objectContaining({ code: 'trust.malformed' }),
    );
    const place = await Workplace.make();
    await place.write('sample.passport', sample.bytes);
    await place.writeJson('trust.json', trust);
    expect(
      (await place.run(['verify', 'sample.passport', '--trust', 'trust.json', '--at', String(T0)])).exit,
    ).toBe(3);
  });
});

describe('what it stands on', () => {
  test('semantic-crypto-upgrade: the one strict rule holds on every backend, case by case', async () => {
    // Twelve signatures on which implementations differ (speccheck). Small orders, mixed orders, S beyond L, points
    // that are not canonical: only what is good by every rule passes, whatever OpenSSL or noble would say today.
    const cases = JSON.parse(text('fixtures/vectors/ed25519-speccheck/cases.json')) as readonly {
      readonly message: string;
      readonly pub_key: string;
      readonly signature: string;
    }[];
    const outcomes: string[] = [];
    for (const { message, pub_key, signature } of cases) {
      const given = [fromHex(signature), fromHex(message), fromHex(pub_key)] as const;
      const fault = publicKeyFault(given[2]) ?? signatureFault(given[0]);
      const answers = [
        await verifyEd25519(...given),
        verifyEd25519Sync(...given),
        verifyEd25519Noble(...given),
      ];
      expect(new Set(answers).size).toBe(1);
      outcomes.push(fault ?? (answers[0] ? 'good' : 'sig.invalid'));
    }
    expect(outcomes).toEqual([
      'key.malformed',
      'key.malformed',
      'sig.r-point',
      'good',
      'sig.invalid',
      'sig.invalid',
      'sig.s-range',
      'sig.s-range',
      'sig.r-point',
      'sig.r-point',
      'key.malformed',
      'key.malformed',
    ]);
    // The suites over all vectors run with every other test, so a changed dependency or Node cannot come in unseen.
    expect(text('.ci/run')).toMatch(/npm ci && npm test/);
    expect(readdirSync(join(ROOT, 'test/crypto'))).toEqual(
      expect.arrayContaining(['ed25519-agreement.test.ts', 'ed25519.test.ts', 'esp256.test.ts']),
    );
  });
});
