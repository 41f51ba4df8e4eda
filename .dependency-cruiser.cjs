// The direction of docs/architecture.md: a layer imports only what is left of it.
const CORE = [
  'codec',
  'crypto',
  'merkle',
  'log',
  'subject',
  'record',
  'credential',
  'passport',
  'verify',
  'facts',
  'rules',
  'finding',
  'report',
];
const ADAPTERS = ['ledger', 'timestamp', 'capture', 'interop', 'pdf', 'service'];

const layers = CORE.map((layer, index) => ({
  name: `layer-${layer}`,
  comment: `${layer} imports only layers left of it`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: {
    path: `^src/(${[...CORE.slice(index + 1), ...ADAPTERS, 'scenario', 'yaml', 'cli', 'web'].join('|')})/`,
  },
}));

const onlyFrom = (name, module, sites) => ({
  name: `one-site-${name}`,
  comment: `${name} is imported in one place`,
  severity: 'error',
  from: { path: '^src/', pathNot: sites },
  to: { path: module },
});

module.exports = {
  forbidden: [
    ...layers,
    {
      name: 'roots-import-nothing-inside',
      severity: 'error',
      from: { path: '^src/(errors|codes|diagnostic)\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(errors|codes|diagnostic)\\.ts$' },
    },
    ...ADAPTERS.map((adapter) => ({
      name: `adapter-${adapter}`,
      comment: 'adapters import the core, never one another',
      severity: 'error',
      from: { path: `^src/${adapter}/` },
      to: {
        path: `^src/(${[...ADAPTERS.filter((other) => other !== adapter), 'cli', 'web', 'scenario', 'yaml'].join('|')})/`,
      },
    })),
    {
      name: 'only-cli-composes',
      comment: 'nothing imports cli or web; only cli and tests import scenario',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|scenario)/' },
      to: { path: '^src/(cli|web|scenario)/' },
    },
    {
      name: 'scenario-not-cli',
      severity: 'error',
      from: { path: '^src/scenario/' },
      to: { path: '^src/(cli|web)/' },
    },
    {
      name: 'builtins-at-the-edge',
      comment:
        'Node builtins only in cli, ledger, pdf, service, */node/ and the file of crypto that picks the native verifier',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|ledger|pdf|service)/|/node/|^src/crypto/native\\.ts$' },
      to: { dependencyTypes: ['core'], dependencyTypesNot: ['type-only'] },
    },
    onlyFrom('cbor-x', 'node_modules/cbor-x', '^src/codec/cbor(-x)?\\.ts$'),
    onlyFrom('noble-ed25519', 'node_modules/@noble/ed25519', '^src/crypto/ed25519[a-z-]*\\.ts$'),
    onlyFrom('noble-post-quantum', 'node_modules/@noble/post-quantum', '^src/crypto/ml-dsa\\.ts$'),
    onlyFrom('commander', 'node_modules/commander', '^src/cli/'),
    onlyFrom('yaml', 'node_modules/yaml', '^src/yaml/'),
    onlyFrom(
      'zod',
      'node_modules/zod',
      '^src/(record|credential|rules|finding|scenario|capture|verify|cli)/',
    ),
    {
      name: 'no-circular',
      comment: 'no circle, not even one of types alone: what two files share stands in a third',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-grab-bags',
      comment: 'a file is named for what it does',
      severity: 'error',
      from: {},
      to: { path: '(^|/)(util|utils|helper|helpers|common|misc)(\\.ts$|/)', pathNot: 'node_modules' },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, path: '^src/', pathNot: '^src/(index|codes)\\.ts$|worker\\.ts$' },
      to: {},
    },
    {
      name: 'no-dev-dependency',
      severity: 'error',
      from: { path: '^src/' },
      to: {
        dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
        // cbor-x is reached through the subpath import `#cbor-x`, which the cruiser cannot tie to package.json; the others
        // are optional peers, installed here for tests, each loaded by one file that names it where it is missing.
        pathNot: 'node_modules/(?:cbor-x|sharp|@e965/xlsx)/',
      },
    },
    { name: 'not-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
    },
  },
};
