import { defineConfig } from 'vitest/config';

/** Tests that read the whole corpus, kill processes or run a whole patrol: right, but too long for the inner loop. */
const thorough = [
  'src/**/{corpus,hostile,crash,*fuzz}.test.ts',
  'src/server/**/{server,links,watching,own-document,access}.test.ts',
  'src/cycle/{scenarios,hard-cases,conclude}.test.ts',
  'src/past/replay.test.ts',
  'src/scan/{sources/{git,git-history,watch-local},worker/worker-reader}.test.ts',
  'src/notify/channels/{channels,email}.test.ts',
  'src/auth/canary.test.ts',
  'src/daemon/digests.test.ts',
  'src/store/store.test.ts',
];

/** Generous: what waits for an event or polls for a state must not fail because the machine is busy. */
const patience = { expect: { poll: { timeout: 30_000 } }, hookTimeout: 120_000 };

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
          ...patience,
          name: 'unit',
          include: ['src/**/*.test.ts', 'demo/**/*.test.ts'],
          exclude: thorough,
          isolate: false,
          testTimeout: 60_000,
        },
      },
      {
        test: {
          ...patience,
          name: 'integration',
          include: ['test/*.test.ts', ...thorough],
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
