// Kilobytes are what a page downloads (gzipped). The command is measured as it is shipped.
module.exports = [
  {
    name: 'verify a passport in a page',
    path: 'dist/lib/index.js',
    import: '{ verifyPassport, readTrustFile }',
    limit: '85 kB',
    gzip: true,
    modifyEsbuildConfig: (config) => ({ ...config, platform: 'browser' }),
  },
  {
    name: 'one hash from the library',
    path: 'dist/lib/index.js',
    import: '{ sha256 }',
    limit: '8 kB',
    gzip: true,
    modifyEsbuildConfig: (config) => ({ ...config, platform: 'browser' }),
  },
  {
    name: 'the verify command',
    path: 'dist/verify/verify.cjs',
    limit: '130 kB',
    gzip: true,
    modifyEsbuildConfig: (config) => ({ ...config, platform: 'node', external: ['./*.js'] }),
  },
  {
    name: 'the command, all of it',
    path: 'dist/cli/main.js',
    limit: '600 kB',
    gzip: true,
    modifyEsbuildConfig: (config) => ({ ...config, platform: 'node' }),
  },
];
