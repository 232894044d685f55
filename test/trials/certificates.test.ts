import { randomBytes } from 'node:crypto';
import { createServer } from 'node:https';
import { expect } from 'vitest';
import { certificateEndingIn, type Chain, localhost } from './support/certificate.ts';
import { listen } from './support/listening.ts';
import { idOf } from './support/robot.ts';
import { trial } from './support/trial.ts';
import { until } from './support/until.ts';
import { json } from './support/upstream.ts';

trial(
  'a certificate that becomes bad between two cycles is told soon, and its renewal, although sessions are resumed',
  async (trial) => {
    const [good, ending, renewed] = await Promise.all([300, 3, 300].map((days) => certificateEndingIn(days)));
    const deployed = ({ key, cert }: Chain) => ({ key, cert, ticketKeys });
    const ticketKeys = randomBytes(48);
    const resumed: boolean[] = [];
    const server = createServer({ ...deployed(good!), sessionTimeout: 86_400 }, (request, response) => {
      resumed.push((request.socket as unknown as { isSessionReused(): boolean }).isSessionReused());
      json(response, 200, { ok: true });
    });
    // Shorter than an interval: every cycle connects anew, and resumes.
    server.keepAliveTimeout = 2000;
    const port = await listen(server);
    try {
      await trial.write('ca.pem', [good, ending, renewed].map((chain) => chain!.ca).join('\n'));
      await trial.configure({
        network: { ca: '${file:./ca.pem}' },
        services: [await trial.service('secure', { url: `https://127.0.0.1:${port}` }, ['/a'])],
        channels: { team: trial.robots.channel() },
      });
      trial.run();
      await until('two cycles', () => resumed.length > 1);
      server.setSecureContext(deployed(ending!));
      const told = await trial.robots.untilBegun('team', 1, 60_000);
      expect(told.text).toContain('证书');
      expect(told.text).toContain('期望：有效期不少于 7 天');
      server.setSecureContext(deployed(renewed!));
      const over = await trial.robots.untilEnded('team', 1, 120_000);
      expect(idOf(over)).toBe(idOf(told));
      await trial.untilAllIsWell();
      expect(trial.robots.told).toHaveLength(2);
      expect(resumed.slice(1), 'calls went over resumed sessions, which show no certificate').not.toContain(
        false,
      );
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
);

trial(
  'a certificate of another host in place of the good one is told within a few seconds of a cycle, though every call goes over a kept connection',
  async (trial) => {
    const [good, others] = [await certificateEndingIn(300), await certificateEndingIn(300, [localhost])];
    const sockets = new Set<unknown>();
    let asked = 0;
    const server = createServer({ key: good.key, cert: good.cert }, (request, response) => {
      asked++;
      sockets.add(request.socket);
      json(response, 200, { ok: true });
    });
    server.keepAliveTimeout = 600_000;
    const port = await listen(server);
    try {
      await trial.write('ca.pem', [good, others].map(({ ca }) => ca).join('\n'));
      await trial.configure({
        network: { ca: '${file:./ca.pem}' },
        services: [await trial.service('secure', { url: `https://127.0.0.1:${port}` }, ['/a'])],
        channels: { team: trial.robots.channel() },
      });
      trial.run();
      await until('two cycles', () => asked > 1);
      server.setSecureContext({ key: others.key, cert: others.cert });
      const swapped = asked;
      const told = await trial.robots.untilBegun();
      expect(told.text).toContain('证书与域名不符');
      // Two of its own ticks, a second look, and the time in which others may find out: no third cycle.
      expect(asked - swapped, 'calls until it was told').toBeLessThanOrEqual(3);
      expect(sockets.size, 'calls went over one connection').toBe(1);
      server.setSecureContext({ key: good.key, cert: good.cert });
      expect(idOf(await trial.robots.untilEnded())).toBe(idOf(told));
      expect(trial.robots.told).toHaveLength(2);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  },
);
