// Writes docs/cli.md from the commands, so that the page cannot differ from them.
// Run after every change of one: node scripts/build-cli-docs.mjs [--check]
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const file = join(root, 'docs/cli.md');

const wanted = await page();
const same = existsSync(file) && readFileSync(file, 'utf8') === wanted;
if (!process.argv.includes('--check')) {
  if (!same) writeFileSync(file, wanted);
  console.log(`docs/cli.md ${same ? 'is as it was' : 'written'}`);
} else if (!same) {
  console.error('docs/cli.md is not up to date: run node scripts/build-cli-docs.mjs');
  process.exitCode = 1;
}

/** The commands are TypeScript of this very tree: bundled into a file of its own for as long as the script runs. */
async function page() {
  const bundle = join(tmpdir(), `goodorder-cli-docs-${process.pid}.mjs`);
  try {
    await build({
      entryPoints: [join(root, 'src/cli/cli-page.ts')],
      outfile: bundle,
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'error',
      external: ['cbor-extract'],
      banner: {
        js: "import { createRequire as goodorderCreateRequire } from 'node:module'; const require = goodorderCreateRequire(import.meta.url);",
      },
    });
    const { cliPage } = await import(pathToFileURL(bundle).href);
    return await cliPage({
      stdout: process.stdout,
      stderr: process.stderr,
      env: {},
      cwd: root,
      now: () => 0,
    });
  } finally {
    rmSync(bundle, { force: true });
  }
}
