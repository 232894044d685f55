import { defineConfig } from 'vitest/config';

/** Generous: what waits for an event or polls for a state must not fail because the machine is busy. */
const patience = {
  setupFiles: ['test/support/sentences.ts'],
  expect: { poll: { timeout: 30_000 } },
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    // What is not changed is not transformed again.
    experimental: { fsModuleCache: true, fsModuleCachePath: '.cache/vitest' },
    maxWorkers: 2,
    // Commands that tests start speak English, whoever runs the tests.
    env: { LC_ALL: 'C.UTF-8' },
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/**/*.test.ts', 'src/**/*.fixture.ts', 'src/**/*.contract.ts', 'src/cli/**'],
      reporter: ['text-summary', 'json-summary'],
    },
    projects: [
      {
        test: {
          ...patience,
          name: 'unit',
          include: ['src/**/*.test.ts', 'demo/**/*.test.ts'],
          // What reads the whole corpus, kills processes or runs a whole patrol is too long for the inner loop.
          exclude: ['**/*.slow.test.ts'],
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...patience,
          name: 'integration',
          include: ['test/*.test.ts', 'src/**/*.slow.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          ...patience,
          // What strangers may try, against the built program; `npm run test:attack` tries more of each kind.
          name: 'attack',
          include: ['test/attack/**/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          ...patience,
          // What lies in deploy/: linted, rendered, and tried with the built program as far as this machine allows.
          name: 'deploy',
          include: ['test/deploy/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        test: {
          ...patience,
          name: 'e2e',
          include: ['test/e2e/*.test.ts'],
          testTimeout: 240_000,
          fileParallelism: false,
          // After the others, so that nothing else runs beside the processes that are watched.
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'trials',
          include: ['test/trials/**/*.test.ts'],
          // They wait for a real clock and not for the machine: all of them sleep side by side.
          maxWorkers: 8,
          maxConcurrency: 20,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
