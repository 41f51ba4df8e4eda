import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ScenarioDigests } from '../finding/scenario-digests.js';
import { scenarioInputs } from '../finding/scenario-inputs.js';
import { type Answers, answerAll, type Vectors } from './answers.js';

// The library bundled for a browser, run by a real one in a page that allows no eval and no inline script.

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  existsSync,
);
if (CHROMIUM === undefined) {
  process.stderr.write('no Chromium is installed: the tests in a browser are skipped\n');
}
const VECTORS = 'docs/spec/vectors';
/** Without the switches for background traffic, Chromium looks for hosts that tests must not reach. */
const SWITCHES = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'";

interface PageResult {
  readonly fault?: string;
  readonly hasNode?: boolean;
  readonly answers?: Answers;
}

async function allVectors(): Promise<Vectors> {
  const vectors: Record<string, Record<string, unknown>[]> = {};
  for (const file of readdirSync(VECTORS).filter((name) => name.endsWith('.json'))) {
    const { cases } = JSON.parse(readFileSync(join(VECTORS, file), 'utf8')) as {
      cases: Record<string, unknown>[];
    };
    vectors[file.replace('.json', '')] = cases;
  }
  vectors['scenarios'] = (await scenarioInputs()).map((input) => ({
    ...input,
    passports: input.passports.map((bytes) => Buffer.from(bytes).toString('base64')),
  }));
  return vectors;
}

/** Ends a browser with all its helpers. */
function endGroup(leader: number): void {
  try {
    process.kill(-leader, 'SIGKILL');
  } catch (cause) {
    // It has ended already.
    if ((cause as NodeJS.ErrnoException).code !== 'ESRCH') throw cause;
  }
}

/**
 * Removes a folder that a process may still be writing to for a moment. `maxRetries` of `rm` does not try again in every
 * Node when a file was added between listing a folder and removing it.
 */
async function removeFolder(folder: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (cause) {
      if (tries === 50) throw cause;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

describe.skipIf(CHROMIUM === undefined)('in headless Chromium', () => {
  const loaded: string[] = [];
  let folder: string;
  let server: Server;
  let browser: ChildProcess;
  let vectors: Vectors;
  let page: PageResult;
  let expected: Answers;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'goodorder-browser-'));
    const bundled = await build({
      entryPoints: ['test/browser/page.ts'],
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'browser',
      outdir: join(folder, 'page'),
      alias: { goodorder: './src/index.ts' },
      metafile: true,
      logLevel: 'error',
    });
    const scripts = new Map(
      Object.keys(bundled.metafile.outputs).map((path) => {
        const name = path.slice(path.lastIndexOf('/') + 1);
        return [`/${name}`, readFileSync(path)];
      }),
    );
    vectors = await allVectors();
    page = await new Promise<PageResult>((resolve, reject) => {
      server = createServer((request, response) => {
        const url = request.url ?? '/';
        const script = scripts.get(url);
        if (url === '/') {
          response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': POLICY });
          response.end('<!doctype html><meta charset="utf-8"><script type="module" src="/page.js"></script>');
        } else if (script !== undefined) {
          loaded.push(url);
          response.writeHead(200, { 'content-type': 'text/javascript' });
          response.end(script);
        } else if (url === '/vectors') {
          response.writeHead(200, { 'content-type': 'application/json' });
          response.end(JSON.stringify(vectors));
        } else if (url === '/answers') {
          const parts: Buffer[] = [];
          request.on('data', (part: Buffer) => parts.push(part));
          request.on('end', () => {
            response.end();
            resolve(JSON.parse(Buffer.concat(parts).toString()) as PageResult);
          });
        } else {
          response.writeHead(404).end();
        }
      });
      server.listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        const profile = `--user-data-dir=${join(folder, 'profile')}`;
        browser = spawn(CHROMIUM as string, [...SWITCHES, profile, `http://127.0.0.1:${port}/`], {
          stdio: 'ignore',
          // A process group of its own, so that its helpers can be ended with it.
          detached: true,
        });
        browser.on('error', reject);
        browser.on('exit', (code) =>
          reject(new Error(`Chromium ended with ${code} before the page answered`)),
        );
      });
    });
    expected = await answerAll(vectors);
  }, 240_000);

  afterAll(async () => {
    browser?.removeAllListeners('exit');
    const ended = new Promise((resolve) => browser?.once('exit', resolve) ?? resolve(null));
    if (browser?.pid !== undefined) endGroup(browser.pid);
    await ended;
    server?.close();
    await removeFolder(folder);
  });

  test('the page answered, without anything of Node', () => {
    expect(page.fault).toBeUndefined();
    expect(page.hasNode).toBe(false);
    expect(Object.keys(page.answers ?? {}).sort()).toEqual(Object.keys(expected).sort());
  });

  test('every answer is, text for text, the answer of Node', () => {
    let compared = 0;
    for (const [file, texts] of Object.entries(expected)) {
      const others = page.answers?.[file] ?? [];
      for (const [index, text] of texts.entries()) {
        if (others[index] !== text) {
          expect(others[index], `${file}: ${String(vectors[file]?.[index]?.['name'])}`).toBe(text);
        }
        compared += 1;
      }
      expect(others.length, file).toBe(texts.length);
    }
    expect(compared).toBeGreaterThan(1400);
    // `null` would be a question that was not asked.
    expect(
      Object.values(expected)
        .flat()
        .filter((text) => text === 'null').length,
    ).toBeLessThan(5);
  });

  test('the answers are those of the specification', () => {
    for (const [file, cases] of Object.entries(vectors)) {
      if (!file.startsWith('passports-')) continue;
      const verdicts = page.answers?.[file]?.map(
        (text) => (JSON.parse(text) as [{ verdict: string }])[0].verdict,
      );
      expect(verdicts, file).toEqual(
        cases.map(({ expected: report }) => (report as { verdict: string }).verdict),
      );
    }
  });

  test('findings of every scenario, their explanations and what would change them are those written down', () => {
    const golden = JSON.parse(readFileSync('fixtures/finding-golden/digests.json', 'utf8')) as Record<
      string,
      ScenarioDigests
    >;
    const texts = page.answers?.['scenarios'] ?? [];
    const names = vectors['scenarios']!.map(({ name }) => name as string);
    expect(Object.fromEntries(names.map((name, index) => [name, JSON.parse(texts[index]!)]))).toEqual(golden);
  });

  test('what an ML-DSA-44 key needs came as a script of its own', () => {
    expect(page.answers?.['passports-cosignatures']?.length).toBeGreaterThan(10);
    expect(loaded.filter((name) => name.startsWith('/subtree-cosignature'))).toHaveLength(1);
  });
});
