import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import type { Figure } from './figure.ts';
import { bare, check, cpuSeconds, makeChecks, makeEngine } from './load.ts';
import { startTarget } from './target.ts';

const perSecond = 200;
const calls = 2000;
const exporter = '/usr/bin/prometheus-blackbox-exporter';
const plugin = '/usr/lib/nagios/plugins/check_http';

/**
 * The same interface called as often by other tools that are at hand (Debian: `prometheus-blackbox-exporter`,
 * `monitoring-plugins-basic`). They look for one word in the answer where we hold it against its schema.
 */
export async function benchPeers(): Promise<readonly Figure[]> {
  const target = await startTarget();
  try {
    return [
      await ours('API Patrol, connections kept', target.origin),
      await ours('API Patrol, a new connection for each call', target.origin, { fresh: true }),
      ...(existsSync(exporter) ? [await blackbox(target.origin)] : []),
      ...(existsSync(plugin) ? [monitoringPlugin(target.origin)] : []),
    ];
  } finally {
    target.close();
  }
}

async function ours(name: string, origin: string, network?: { readonly fresh: boolean }): Promise<Figure> {
  const engine = makeEngine(perSecond);
  const checks = makeChecks(origin, calls).map((one) => (network === undefined ? one : { ...one, network }));
  await check(engine, checks);
  const used = await cpuSeconds(() => check(engine, checks));
  await engine.close();
  return figure(name, used / calls);
}

/** Its own process alone: neither who asks it to probe nor the Prometheus that would keep and judge the answers. */
async function blackbox(origin: string): Promise<Figure> {
  const folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-bench-'));
  const config = path.join(folder, 'blackbox.yml');
  const probe = { prober: 'http', http: { fail_if_body_not_matches_regexp: ['"status":"paid"'] } };
  await writeFile(config, JSON.stringify({ modules: { order: probe } }));
  const port = 20_000 + (process.pid % 10_000);
  const child = spawn(exporter, [`--config.file=${config}`, `--web.listen-address=127.0.0.1:${port}`], {
    stdio: 'ignore',
  });
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 8 });
  try {
    await answering(pool);
    const paths = Array.from(
      { length: calls },
      (_, n) => `/probe?module=order&target=${encodeURIComponent(`${origin}/orders/${n}`)}`,
    );
    const { body } = await pool.request({ path: paths[0] ?? '', method: 'GET' });
    if (!/^probe_success 1$/m.test(await body.text()))
      throw new Error('the exporter finds a good answer bad');
    await bare(pool, paths.slice(0, 200), perSecond);
    const before = await cpuOf(child);
    await bare(pool, paths, perSecond);
    return figure(
      'Prometheus blackbox exporter, without Prometheus',
      ((await cpuOf(child)) - before) / calls,
    );
  } finally {
    await pool.close();
    child.kill();
    await once(child, 'exit');
    await rm(folder, { recursive: true });
  }
}

async function answering(pool: Pool): Promise<void> {
  for (;;) {
    try {
      const { body } = await pool.request({ path: '/-/healthy', method: 'GET' });
      await body.dump();
      return;
    } catch {
      await sleep(50);
    }
  }
}

/** Seconds of CPU that a process has used: `utime` and `stime` of proc(5), in hundredths. */
async function cpuOf({ pid }: ChildProcess): Promise<number> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const [user = 0, system = 0] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14).map(Number);
  return (user + system) / 100;
}

/** A process for each check, as Nagios, Icinga and their like do it. */
function monitoringPlugin(origin: string): Figure {
  const { hostname, port } = new URL(origin);
  const often = 200;
  const command = `${plugin} -H ${hostname} -p ${port} -u /orders/1 -s '"status":"paid"' -t 5`;
  const script = `i=0; while [ $i -lt ${often} ]; do ${command} >/dev/null || exit 1; i=$((i+1)); done; times`;
  const [, children = ''] = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).trim().split('\n');
  const seconds = [...children.matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
  );
  return figure('monitoring plugin check_http', seconds.reduce((sum, one) => sum + one, 0) / often);
}

function figure(name: string, secondsEach: number): Figure {
  return { name: `CPU per 10,000 checks: ${name}`, value: secondsEach * 10_000, unit: 's' };
}
