import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.test.ts', 'src/**/*.fixture.ts', 'src/**/*.contract.ts', 'src/cli/**'],
      reporter: ['text-summary', 'json-summary'],
    },
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts', 'demo/**/*.test.ts'] } },
      { test: { name: 'integration', include: ['test/*.test.ts'], testTimeout: 30_000 } },
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
