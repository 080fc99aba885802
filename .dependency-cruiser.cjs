/** Imports run downward only: apps, then adapters, then application and contracts, then core. */
module.exports = {
  forbidden: [
    {
      name: 'core-is-pure',
      severity: 'error',
      from: { path: '^packages/core/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^packages/core/' },
    },
    {
      name: 'application-knows-only-core',
      severity: 'error',
      from: { path: '^packages/application/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^packages/(application|core)/' },
    },
    {
      name: 'contracts-know-only-core',
      severity: 'error',
      from: { path: '^packages/contracts/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(packages|apps)/', pathNot: '^packages/(contracts|core)/' },
    },
    {
      name: 'adapters-are-strangers',
      severity: 'error',
      from: { path: '^packages/(ari|redis|database|embedded|sip-lab|trunk-probe|crm)/', pathNot: '\\.test\\.ts$' },
      to: { path: '^packages/(ari|redis|database|embedded|sip-lab|trunk-probe|crm)/', pathNot: '^packages/$1/' },
    },
    {
      name: 'packages-never-import-apps',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-are-strangers',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      // Who has no jobs begins sooner without BullMQ: call control is waited for by callers.
      name: 'only-who-has-jobs-loads-them',
      severity: 'error',
      from: { path: '^apps/(stasis|api)/src/main\\.ts$' },
      to: { path: '^packages/redis/src/jobs/', reachable: true },
    },
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|/generated/)' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['source', 'import', 'types'] },
  },
};
