import { defineConfig } from 'vitest/config';

/** Tests read sources, not builds: every project resolves the "source" condition of our own packages. */
const source = {
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
};

/** The servers want the machine to themselves. What the first file has imported the others find there: 4 s less for each. */
const oneAfterAnother = { fileParallelism: false, isolate: false } as const;

/** LabPartyDied: the program that plays a phone has crashed. */
const retry = { count: 2, condition: /A phone of the laboratory has died by itself/ };

export default defineConfig({
  ...source,
  test: {
    projects: [
      {
        ...source,
        test: {
          name: 'unit',
          // Nothing here outlives its file, so that they share what they have imported: 20 s in place of 69.
          pool: 'threads',
          isolate: false,
          // Laws try a hundred cases each, on a machine that may be busy.
          testTimeout: 30_000,
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.{ts,tsx}', 'bench/**/*.test.ts'],
        },
      },
      {
        ...source,
        test: {
          name: 'integration',
          ...oneAfterAnother,
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: './tests/support/prepare.ts',
          testTimeout: 30_000,
          hookTimeout: 120_000,
        },
      },
      {
        ...source,
        test: {
          name: 'e2e',
          ...oneAfterAnother,
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: './tests/support/prepare.ts',
          testTimeout: 60_000,
          hookTimeout: 180_000,
          retry,
        },
      },
      {
        ...source,
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          globalSetup: './tests/support/prepare.ts',
          testTimeout: 120_000,
          hookTimeout: 180_000,
          retry,
          fileParallelism: false,
        },
      },
    ],
  },
});
