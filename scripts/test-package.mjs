// Packs the package as npm would publish it, installs the tarball in an empty folder without development packages,
// and uses it there as a stranger would: the command prints its version, the library can be imported.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'goodorder-package-'));
const run = (command, args, cwd = folder) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
try {
  const [packed] = JSON.parse(
    run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], root),
  );
  writeFileSync(join(folder, 'package.json'), '{ "name": "stranger", "private": true, "type": "module" }');
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', join(folder, packed.filename)]);
  const shown = JSON.parse(run('npx', ['goodorder', 'version', '--format', 'json']));
  if (shown.version !== version)
    throw new Error(`the command says version ${shown.version}, package.json ${version}`);
  writeFileSync(
    join(folder, 'use.mjs'),
    "import { verifyPassport } from 'goodorder';\n" +
      'const report = await verifyPassport(new Uint8Array([1, 2, 3]), { trust: null, at: 0 });\n' +
      'console.log(report.verdict);\n',
  );
  const verdict = run('node', ['use.mjs']).trim();
  if (verdict !== 'TOTAL-FAILED') throw new Error(`three bytes that are no passport were called ${verdict}`);
  console.log(
    `goodorder ${version}: ${packed.files.length} files, ${packed.size} bytes packed, installs and runs`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
