// Builds src/rules/packs/**/<pack>.yaml into src/rules/packs/<pack>.generated.ts: YAML is for authors, the product
// carries the canonical form; docs/rules/<pack>.md is the same for readers. Run after every change of a pack: node scripts/build-packs.mjs [--check]
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'src/rules/packs');

const { loadPack, readYaml, packPage, packSource } = await loader();

const files = readdirSync(folder, { recursive: true })
  .filter((name) => name.endsWith('.yaml'))
  // A pack names those it needs, so evidence packs go first.
  .sort((a, b) => Number(b.includes('evidence.')) - Number(a.includes('evidence.')) || (a < b ? -1 : 1));

let stale = 0;
const known = [];
for (const file of files) {
  const path = join(folder, file);
  const pack = loadPack(readYaml(readFileSync(path, 'utf8'), relative(root, path)), {
    file: relative(root, path),
    known,
  });
  known.push(pack);
  bring(join(folder, `${pack.pack}.generated.ts`), packSource(pack, `packs/${file}`));
  if (pack.kind === 'rules') bring(join(root, `docs/rules/${pack.pack}.md`), packPage(pack));
}
process.exitCode = stale === 0 ? 0 : 1;

function bring(target, text) {
  if (process.argv.includes('--check')) {
    if (existsSync(target) && readFileSync(target, 'utf8') === text) return;
    console.error(`${relative(root, target)} is not up to date: run node scripts/build-packs.mjs`);
    stale += 1;
  } else {
    writeFileSync(target, text);
    console.log(relative(root, target));
  }
}

/** The loader is TypeScript of this very tree: bundled in memory, so that the script needs no build before it. */
async function loader() {
  const result = await build({
    stdin: {
      contents: `
        export { loadPack } from './src/rules/load-pack.ts';
        export { packPage, packSource } from './src/rules/pack-source-text.ts';
        export { readYaml } from './src/yaml/read-yaml.ts';
      `,
      resolveDir: root,
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    logLevel: 'error',
  });
  const code = Buffer.from(result.outputFiles[0].contents).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}
