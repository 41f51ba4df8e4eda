import { defineConfig, type Options } from 'tsup';

// Two builds. The library is left unbundled, one file in, one file out, so that importers can tree-shake it (bundled:
// 490 kB, unbundled: 5.6 kB for one primitive); its declarations come from tsc. The command is bundled and split by
// command, so that `verify` starts without reading what it does not use.
const library: Options = {
  entry: ['src/**/*.ts', '!src/cli/**', '!src/scenario/**', '!src/yaml/**'],
  outDir: 'dist/lib',
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  bundle: false,
  clean: true,
};

/**
 * What bundled packages would load and the command never uses: commander can start other programs (loading what Node
 * needs for that takes 3 ms), cbor-x has a native addon (loading it takes longer than reading a passport).
 */
const leftOut: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'left-out',
  setup(build) {
    build.onResolve({ filter: /^(node:child_process|cbor-extract)$/ }, ({ importer, path }) =>
      /node_modules.(commander|cbor-x)/.test(importer) ? { path, namespace: 'left-out' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = null;' }));
  },
};

const command: Options = {
  entry: { main: 'src/cli/main.ts' },
  outDir: 'dist/cli',
  format: 'esm',
  target: 'node20',
  platform: 'node',
  bundle: true,
  splitting: true,
  // Every package goes into the bundle but the optional one for XLSX; relative imports are ours.
  noExternal: [/^(?!(?:@e965\/xlsx|sharp)$)[^.]/],
  external: ['@e965/xlsx', 'sharp'],
  minify: true,
  removeNodeProtocol: false,
  esbuildPlugins: [leftOut],
  // Bundled CommonJS packages call `require`; the alias keeps clear of names that they bring themselves.
  banner: {
    js: "import { createRequire as goodorderCreateRequire } from 'node:module'; const require = goodorderCreateRequire(import.meta.url);",
  },
  clean: true,
};

// `verify` is run a million times by claims platforms, and most of its time is loading: it gets one file of its own,
// in which the other commands stay names; CommonJS, because Node takes longer to start its loader of modules than to
// read the file.
const verify: Options = {
  ...command,
  // The second is loaded for a trust file that names a witness with an ML-DSA-44 key, and for no other.
  entry: { verify: 'src/cli/verify-main.ts', 'subtree-cosignature': 'src/log/subtree-cosignature.ts' },
  outDir: 'dist/verify',
  format: 'cjs',
  banner: {},
  splitting: false,
  esbuildPlugins: [
    leftOut,
    {
      name: 'other-commands-stay-names',
      setup(build) {
        build.onResolve({ filter: /^\.\// }, ({ path, importer, kind }) =>
          kind === 'dynamic-import' && importer.endsWith('commands/index.ts')
            ? { path, external: true }
            : undefined,
        );
      },
    },
    {
      name: 'tree-cosignatures-beside-it',
      setup(build) {
        build.onResolve({ filter: /\/subtree-cosignature\.js$/ }, ({ kind }) =>
          kind === 'dynamic-import' ? { path: './subtree-cosignature.cjs', external: true } : undefined,
        );
      },
    },
  ],
};

const bench: Options = {
  ...command,
  entry: { main: 'bench/main.ts' },
  outDir: 'dist/bench',
  noExternal: [],
  // As whoever imports the library gets it: with cbor-x's native reader of texts where it is installed.
  external: ['#cbor-x'],
  banner: {},
  esbuildPlugins: [],
  splitting: false,
};

const builds: Readonly<Record<string, Options[]>> = { cli: [command, verify], bench: [bench] };

export default defineConfig((options) => builds[options.env?.['ONLY'] ?? ''] ?? [library, command, verify]);
