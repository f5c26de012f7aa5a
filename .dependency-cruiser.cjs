/** Layer rules: docs/ARCHITECTURE.md says in words what is enforced here. */
const stage = '^src/teletrans/(intake|lots|sending|restore-guard|returns|third-party|archive|backup|settings|application)/';
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^src/teletrans/window/page/', 'main\\.ts$'] },
      to: {},
    },
    {
      name: 'domain-knows-nobody',
      severity: 'error',
      from: { path: '^src/teletrans/domain/' },
      to: { path: '^src/', pathNot: '^src/teletrans/domain/' },
    },
    {
      name: 'domain-has-no-effects',
      severity: 'error',
      from: { path: '^src/teletrans/domain/' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'formats-know-domain-only',
      severity: 'error',
      from: { path: '^src/teletrans/formats/' },
      to: { path: '^src/', pathNot: '^src/teletrans/(domain|formats)/' },
    },
    {
      name: 'stages-import-ports-not-adapters',
      severity: 'error',
      from: { path: stage },
      to: { path: '^src/teletrans/(reader|store|network)/', pathNot: '/port\\.ts$' },
    },
    {
      name: 'window-imports-no-adapter',
      severity: 'error',
      from: { path: '^src/teletrans/window/' },
      to: { path: '^src/teletrans/(reader|store|network)/', pathNot: '/port\\.ts$' },
    },
    {
      name: 'host-bridge-knows-no-invoice',
      severity: 'error',
      from: { path: '^src/host-bridge/' },
      to: { path: '^src/(teletrans|demonstration|composition)/' },
    },
    {
      name: 'installer-knows-files-and-locks-only',
      severity: 'error',
      from: { path: '^src/installer/' },
      to: { path: '^src/', pathNot: '^src/(installer|teletrans/domain/errors|teletrans/store/(files|lock))' },
    },
    {
      name: 'teletrans-knows-no-host',
      severity: 'error',
      from: { path: '^src/teletrans/' },
      to: { path: '^src/(host-bridge|demonstration|composition)/' },
    },
    {
      name: 'demonstration-stays-outside',
      severity: 'error',
      from: { path: '^src/(teletrans|host-bridge)/' },
      to: { path: '^src/demonstration/' },
    },
    {
      name: 'no-dev-dependency-at-run-time',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/teletrans/window/page/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: { doNotFollow: { path: 'node_modules' }, tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' } },
};
