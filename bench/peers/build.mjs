// Two bundles, since what they import is installed in two places: ours resolves packages from the project's own
// node_modules, the peers from the one beside this file.
import { build } from 'esbuild';

const here = new URL('.', import.meta.url).pathname;
const shared = { bundle: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'warning' };

await build({
  ...shared,
  entryPoints: [`${here}ours.ts`],
  outfile: `${here}../../dist/bench-peers/ours.js`,
  packages: 'external',
});
await build({
  ...shared,
  entryPoints: [`${here}main.ts`],
  outfile: `${here}dist/main.js`,
  packages: 'external',
  plugins: [
    {
      name: 'ours-is-built-already',
      setup({ onResolve }) {
        onResolve({ filter: /^\.\/ours\.js$/ }, () => ({
          path: '../../../dist/bench-peers/ours.js',
          external: true,
        }));
      },
    },
  ],
});
