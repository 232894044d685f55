import { defineConfig } from 'vitest/config';

/** Tests that read the whole corpus, mutate it, or kill processes: right, but too long for the inner loop. */
const thorough = ['src/**/{corpus,hostile,crash,*fuzz}.test.ts'];

export default defineConfig({
  test: {
    maxWorkers: 2,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.test.ts', 'src/**/*.fixture.ts', 'src/**/*.contract.ts', 'src/cli/**'],
      reporter: ['text-summary', 'json-summary'],
    },
    projects: [
      {
        test: {
          name: 'unit',
          include: ['src/**/*.test.ts', 'demo/**/*.test.ts'],
          exclude: thorough,
          isolate: false,
          testTimeout: 20_000,
        },
      },
      { test: { name: 'integration', include: ['test/*.test.ts', ...thorough], testTimeout: 60_000 } },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
