import { defineConfig } from 'tsup';

// Two builds. The library is left unbundled, one file in, one file out, so that importers can tree-shake it
// (bundled: 490 kB, unbundled: 5.6 kB for one primitive). The command is bundled and split by command, so that
// `verify` starts without reading what it does not use.
export default defineConfig([
  {
    entry: ['src/**/*.ts', '!src/cli/**', '!src/scenario/**'],
    outDir: 'dist/lib',
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    bundle: false,
    dts: true,
    clean: true,
  },
  {
    entry: { main: 'src/cli/main.ts' },
    outDir: 'dist/cli',
    format: 'esm',
    target: 'node20',
    platform: 'node',
    bundle: true,
    splitting: true,
    noExternal: [/.*/],
    minify: false,
    clean: true,
  },
]);
