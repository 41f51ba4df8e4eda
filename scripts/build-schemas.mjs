// Writes schemas/<name>.schema.json from the schemas the product reads and writes by, so that they cannot differ.
// Run after every change of one: node scripts/build-schemas.mjs [--check]
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'schemas');
const check = process.argv.includes('--check');

const wanted = await schemaTexts();
const present = existsSync(folder) ? readdirSync(folder) : [];
const stale = [
  ...[...wanted].filter(
    ([name, text]) => !present.includes(name) || readFileSync(join(folder, name), 'utf8') !== text,
  ),
  ...present.filter((name) => !wanted.has(name)).map((name) => [name, null]),
];
if (!check) mkdirSync(folder, { recursive: true });
for (const [name, text] of stale) {
  if (check) console.error(`schemas/${name} is not up to date: run npm run schemas`);
  else if (text === null) rmSync(join(folder, name));
  else writeFileSync(join(folder, name), text);
}
if (check) process.exitCode = stale.length === 0 ? 0 : 1;
else console.log(`${wanted.size} schemas, ${stale.length} changed`);

/** The schemas are TypeScript of this very tree: bundled into a file of its own for as long as the script runs. */
async function schemaTexts() {
  const bundle = join(tmpdir(), `goodorder-schemas-${process.pid}.mjs`);
  try {
    await build({
      entryPoints: [join(root, 'src/cli/published-schemas.ts')],
      outfile: bundle,
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'error',
      banner: {
        js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
      },
    });
    return (await import(pathToFileURL(bundle).href)).schemaTexts();
  } finally {
    rmSync(bundle, { force: true });
  }
}
