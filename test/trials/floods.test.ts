import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';
import { type Odd, OddServer } from './support/odd-server.ts';
import { trial } from './support/trial.ts';
import { until } from './support/until.ts';
import { Upstream } from './support/upstream.ts';

const head = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';

/** What answers can be like, and what is to be told of each. */
const kinds: readonly (readonly [string, Odd])[] = [
  ['hints', ({ endlessly }) => endlessly('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(1000))],
  ['continue', ({ endlessly }) => endlessly('HTTP/1.1 100 Continue\r\n\r\n'.repeat(1000))],
  ['headers', ({ write, endlessly }) => (write(head), endlessly(`x-a: ${'a'.repeat(1000)}\r\n`))],
  ['trickle', ({ write, endlessly }) => (write(`${head}content-length: 9999\r\n\r\n`), endlessly(' ', 1000))],
  [
    'extensions',
    ({ write, endlessly }) => (
      write(`${head}transfer-encoding: chunked\r\n\r\n1;`), endlessly('a'.repeat(10_000))
    ),
  ],
  [
    'trailers',
    ({ write, endlessly }) => (
      write(`${head}transfer-encoding: chunked\r\n\r\nb\r\n{"ok":true}\r\n0\r\n`),
      endlessly('x-a: b\r\n'.repeat(100))
    ),
  ],
  ['short', ({ end }) => end(`${head}content-length: 999\r\n\r\n{"ok":true}`)],
  ['broken', ({ write, reset }) => (write('HTTP/1.1 200 OK\r\ncontent-ty'), setTimeout(reset, 50))],
];
const paths = ['/a', '/b', '/c', '/d', '/e', '/f'];

trial(
  'servers that answer without end, or nonsense, are failures of theirs and of nobody else',
  async (trial) => {
    const servers = await Promise.all(kinds.map(() => OddServer.start()));
    const well = await Upstream.start();
    try {
      await trial.configure({
        services: [
          await trial.service('well', well, paths),
          ...(await Promise.all(kinds.map(([name], no) => trial.service(name, servers[no]!, paths)))),
        ],
        channels: { team: trial.robots.channel(), hook: trial.robots.hook() },
      });
      const patrol = trial.run();
      await well.called(paths, 2);
      await until('each service to have been called twice', () =>
        servers.every(({ asked }) => asked.length >= 2 * paths.length),
      );
      const before = rssMiB(patrol.pid);
      for (const [no, [, odd]] of kinds.entries()) {
        const server = servers[no];
        if (server !== undefined) server.odd = odd;
      }
      const names = kinds.map(([name]) => name);
      const begun = () => trial.robots.incidents.filter(({ event }) => event === 'opened');
      await until('all of them to be told', () => {
        const told = new Set(begun().flatMap(({ services }) => services));
        return names.every((name) => told.has(name));
      });
      expect(rssMiB(patrol.pid) - before).toBeLessThan(150);
      for (const server of servers) server.odd = undefined;
      await until('all of them to be over', () => {
        const over = new Set(
          trial.robots.incidents
            .filter(({ event }) => event === 'resolved')
            .flatMap(({ services }) => services),
        );
        return names.every((name) => over.has(name));
      });
      expect(trial.robots.incidents.flatMap(({ services }) => services)).not.toContain('well');
      await trial.untilAllIsWell();
    } finally {
      await Promise.all([well, ...servers].map((server) => server.close()));
    }
  },
);

function rssMiB(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}
