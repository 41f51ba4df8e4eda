// The long runs of docs/testing.md: bundles test/fuzz and runs it, at low priority.
//
//   npm run fuzz -- flips | mutants | scanner | verify | histories | naughty | sizes [options]
import { spawnSync } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const names = ['main', 'guided-scanner', 'guided-verify'];

await build({
  absWorkingDir: root,
  entryPoints: Object.fromEntries(names.map((name) => [name, `test/fuzz/${name}.ts`])),
  outdir: 'dist/fuzz',
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  packages: 'external',
  external: ['#cbor-x'],
  logLevel: 'warning',
});
setPriority(constants.priority.PRIORITY_LOW);
const { status } = spawnSync(process.execPath, ['dist/fuzz/main.js', ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;
