import { expect } from 'vitest';
import { intervalMs, type Trial } from './support/scene.ts';
import { trial } from './support/trial.ts';
import { sleep, until } from './support/until.ts';
import { failing, well } from './support/upstream.ts';

/** Operations whose documented examples name nothing that is there, and some that need nothing. */
const needy = ['/orders/{orderId}', '/orders/{orderId}/items', '/orders/{orderId}/log'];
const plain = ['/health', '/version'];

trial(
  'a new service whose examples are refused: one first report and no alarm; what has worked alarms, a kill between them tells nothing twice',
  async (trial) => {
    const upstream = await trial.upstream();
    await configure(trial, upstream.url);
    const paths = needy.map((path) => path.replace('{orderId}', '1001'));
    upstream.answersAt(paths, failing(404));
    const patrol = trial.run();
    const report = await until('the first report', () => trial.robots.introduced[0]);
    expect(report.text).toContain('orders 已开始巡检：已调用 5 个接口，2 个正常，3 个待配置');
    expect(report.text).toContain('3 个接口需要参数 orderId');
    await upstream.called(plain, 2);
    await patrol.kill();

    trial.run();
    await upstream.called(plain, 5);
    await sleep(intervalMs / 2);
    expect(trial.robots.told).toEqual([]);
    expect(trial.robots.introduced).toHaveLength(1);
    const list = await trial.command('set-up', '--json');
    expect(JSON.parse(list.out)).toMatchObject({
      services: [
        { service: 'orders', groups: [{ kind: 'value', count: 3, why: '3 operations need orderId' }] },
      ],
    });

    const since = Date.now();
    upstream.answersAt(paths.slice(0, 1), well);
    await upstream.called(paths.slice(0, 1), 2, since);
    upstream.answersAt(paths.slice(0, 1), failing(500));
    const alarm = await trial.robots.untilBegun();
    expect(alarm.text).toContain('GET /orders/{orderId}');
    expect(trial.robots.introduced).toHaveLength(1);
  },
);

async function configure(trial: Trial, url: string): Promise<void> {
  const operation = (path: string) => ({
    get: {
      ...(path.includes('{')
        ? {
            parameters: [
              // No other value could be tried in its place.
              {
                name: 'orderId',
                in: 'path',
                required: true,
                schema: { type: 'string', pattern: '^1001$' },
                example: '1001',
              },
            ],
          }
        : {}),
      responses: { 200: { description: 'ok' } },
    },
  });
  const document = {
    openapi: '3.0.3',
    info: { title: 'Orders', version: '1' },
    paths: Object.fromEntries([...needy, ...plain].map((path) => [path, operation(path)])),
  };
  await trial.write('orders.json', JSON.stringify(document));
  await trial.configure({
    services: [{ name: 'orders', docs: './orders.json', baseUrl: url }],
    channels: { team: trial.robots.channel() },
    routes: [
      { to: ['team'], severity: 'critical' },
      { to: ['team'], services: ['orders'] },
    ],
  });
}
