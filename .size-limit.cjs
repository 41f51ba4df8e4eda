// Kilobytes are what a page downloads (gzipped). The command is measured as it is shipped.
/** The modules are ES modules; size-limit's own default would warn of each that they cannot be anything else. */
const esm = (config) => Object.assign(config, { format: 'esm', logLevel: 'error' });

module.exports = [
  {
    name: 'verify a passport in a page',
    path: 'dist/lib/index.js',
    import: '{ verifyPassport, readTrustFile }',
    limit: '88 kB',
    gzip: true,
    // Loaded for trust files that name a witness with such a key, and measured below.
    modifyEsbuildConfig: (config) => ({
      ...esm(config),
      platform: 'browser',
      external: ['*/log/subtree-cosignature.js'],
    }),
  },
  {
    name: 'ML-DSA-44 witnesses, for who needs them',
    path: 'dist/lib/log/subtree-cosignature.js',
    limit: '20 kB',
    gzip: true,
    modifyEsbuildConfig: (config) => ({ ...esm(config), platform: 'browser' }),
  },
  {
    name: 'one hash from the library',
    path: 'dist/lib/index.js',
    import: '{ sha256 }',
    limit: '8 kB',
    gzip: true,
    modifyEsbuildConfig: (config) => ({ ...esm(config), platform: 'browser' }),
  },
  {
    name: 'the verify command',
    path: 'dist/verify/verify.cjs',
    limit: '130 kB',
    gzip: true,
    modifyEsbuildConfig: (config) => ({
      ...config,
      platform: 'node',
      external: ['./*.js', './subtree-cosignature.cjs'],
    }),
  },
  {
    name: 'the command, all of it',
    path: 'dist/cli/main.js',
    limit: '600 kB',
    gzip: true,
    modifyEsbuildConfig: (config) => ({ ...esm(config), platform: 'node' }),
  },
];
