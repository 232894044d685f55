import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { ManualClock, systemClock } from '../src/lib/time/clock.ts';
import { hourMs } from '../src/model/histogram.ts';
import { silentLogger } from '../src/lib/logger.ts';
import type { Check } from '../src/model/check.ts';
import { countVerdicts, nearestRank } from '../src/model/cycle.ts';
import type { Result } from '../src/model/result.ts';
import { openStore } from '../src/store/open.ts';
import type { Store } from '../src/store/store.ts';
import { startBrowser } from '../test/support/browser.ts';
import type { Figure } from './figure.ts';
import { startTarget } from './target.ts';

const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const services = 20;
const operationsEach = 500;
const cycles = 100;
/** Days before, of which the hourly sums are left. */
const pastDays = 29;
const dayMs = 86_400_000;
const port = 8429;
const base = `http://127.0.0.1:${port}`;

interface Served {
  stop(): Promise<void>;
}

/** The page and the API over 10,000 operations of 20 services with a day of results, a million of them, and 30 days of hourly sums. */
export async function benchWeb(): Promise<readonly Figure[]> {
  if (!existsSync(command)) throw new Error('run npm run build first');
  const target = await startTarget();
  const folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-bench-'));
  try {
    await writeConfig(folder, target.origin);
    const first = await serve(folder);
    const rows = await operations();
    await first.stop();
    await seed(path.join(folder, 'patrol.db'), rows);
    const served = await serve(folder);
    try {
      return [...(await benchApi(rows)), ...(await benchPage())];
    } finally {
      await served.stop();
    }
  } finally {
    target.close();
    await rm(folder, { recursive: true });
  }
}

async function writeConfig(folder: string, origin: string): Promise<void> {
  for (let n = 0; n < services; n++)
    await writeFile(path.join(folder, `service-${n}.json`), JSON.stringify(documentOf(n)));
  const names = Array.from({ length: services }, (_, n) => `service-${n}`);
  const config = {
    services: names.map((name) => ({ name, docs: `./${name}.json`, baseUrl: origin })),
    limits: { concurrency: 64, perOrigin: 64, ratePerOrigin: 5000 },
    webhook: 'abcdef01-2345-6789-abcd-ef0123456789',
    store: { path: './patrol.db' },
    interval: '1d',
    server: { port },
  };
  // JSON is YAML.
  await writeFile(path.join(folder, 'apipatrol.yaml'), JSON.stringify(config));
}

function documentOf(n: number): object {
  const paths = Array.from({ length: operationsEach }, (_, at) => [
    `/orders/${n * operationsEach + at}`,
    {
      get: {
        summary: `Order number ${at}`,
        tags: [`group ${at % 20}`],
        responses: {
          200: { description: 'OK', content: { 'application/json': { schema: { type: 'object' } } } },
        },
      },
    },
  ]);
  return {
    openapi: '3.1.0',
    info: { title: `Service ${n}`, version: '1' },
    paths: Object.fromEntries(paths) as object,
  };
}

/** Starts the built command and waits until the cycles that it begins with, one a service, have closed. */
async function serve(folder: string): Promise<Served> {
  const child = spawn(process.execPath, [command, 'serve', '--log', 'json'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout });
  let closed = 0;
  await new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      if ((JSON.parse(line) as { msg: string }).msg !== 'cycle closed') return;
      closed++;
      if (closed === services) resolve();
    });
    lines.on('close', () => reject(new Error('the server ended before its first cycles had closed')));
  });
  return {
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    },
  };
}

interface Row {
  readonly id: string;
  readonly service: string;
  readonly method: string;
  readonly path: string;
}

async function operations(): Promise<readonly Row[]> {
  const response = await fetch(`${base}/api/v1/operations`);
  return ((await response.json()) as { items: readonly Row[] }).items;
}

/** A day of cycles, and one each hour of the days before, added up as they are after each hour; one result in a hundred is a failure. */
async function seed(file: string, rows: readonly Row[]): Promise<void> {
  const checks = rows.map(({ id, service, method, path: at }) => ({
    id,
    service,
    operation: `${method} ${at}`,
  })) as unknown as readonly Check[];
  const now = systemClock.now();
  const begin = now - (pastDays + 1) * dayMs;
  const clock = new ManualClock(begin);
  const past = await openStore(file, { clock, log: silentLogger });
  for (let day = 0; day < pastDays; day++) {
    for (let hour = 0; hour < 24; hour++)
      await patrol(past, checks, day * 24 + hour, begin + day * dayMs + hour * hourMs);
    clock.jump(dayMs);
    await past.prune(clock.now() - 3 * hourMs);
  }
  await past.close();
  const store = await openStore(file, { clock: systemClock, log: silentLogger });
  for (let no = 0; no < cycles; no++) await patrol(store, checks, no, now - dayMs + (no * dayMs) / cycles);
  // As a patrol does after each hour: what is left to add up is the hour that goes on.
  await store.prune(begin);
  await store.close();
}

async function patrol(store: Store, checks: readonly Check[], no: number, at: number): Promise<void> {
  const startedAt = Math.round(at);
  const { id } = await store.beginCycle(startedAt, startedAt);
  const results = checks.map((check, index) => resultOf(check.id, index, no, startedAt));
  for (let from = 0; from < results.length; from += 500)
    await store.appendResults(id, results.slice(from, from + 500), checks.slice(from, from + 500));
  await store.closeCycle({
    statistics: {
      cycleId: id,
      outcome: 'complete',
      dueAt: startedAt,
      startedAt,
      durationMs: 1000,
      latenessMs: 0,
      missed: 0,
      checked: checks.length,
      counts: countVerdicts(results.map(({ verdict }) => verdict)),
      byService: {},
    },
    results: [],
    checks: [],
    open: [],
    transitions: [],
    messages: [],
  });
}

function resultOf(checkId: string, index: number, no: number, startedAt: number): Result {
  const failed = index % 100 === no % 100;
  const totalMs = 20 + ((index * 7919 + no * 104_729) % 3000) / 10;
  return {
    checkId,
    at: startedAt + index,
    verdict: failed ? 'fail' : 'pass',
    reason: failed ? { code: 'status', message: 'HTTP 500, documented: 200' } : { code: 'none', message: '' },
    status: failed ? 500 : 200,
    bytes: 1000,
    phases: { firstByteMs: totalMs - 1, downloadMs: 1, totalMs },
    attempts: 1,
    findings: [],
  };
}

async function benchApi(rows: readonly Row[]): Promise<readonly Figure[]> {
  const one = rows[4321]?.id ?? '';
  const asked: Readonly<Record<string, string>> = {
    overview: '/overview',
    'days of services, 30': '/services/days?days=30',
    operations: '/operations',
    'an operation': `/operations/${one}`,
    'its results': `/operations/${one}/results?limit=100`,
    incidents: '/incidents?state=all',
    documents: '/documents',
    'report of a day': '/reports',
    channels: '/channels',
    configuration: '/config',
  };
  const figures: Figure[] = [
    {
      name: 'API, days of services, 30, asked for the first time',
      value: await timed('/services/days?days=30'),
      unit: 'ms',
      aim: 400,
    },
  ];
  for (const [name, at] of Object.entries(asked)) {
    const times: number[] = [];
    for (let n = 0; n < 25; n++) times.push(await timed(at));
    const p95 = nearestRank(
      times.toSorted((a, b) => a - b),
      0.95,
    );
    figures.push({ name: `API, ${name}, p95`, value: p95, unit: 'ms', aim: 100 });
  }
  return figures;
}

async function timed(at: string): Promise<number> {
  const before = performance.now();
  const response = await fetch(`${base}/api/v1${at}`);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`${at}: HTTP ${response.status}`);
  return performance.now() - before;
}

async function benchPage(): Promise<readonly Figure[]> {
  const browser = await startBrowser();
  try {
    const overview: number[] = [];
    const month: number[] = [];
    const tree: number[] = [];
    const search: number[] = [];
    let kilobytes = 0;
    for (let n = 0; n < 5; n++) {
      const context = await browser.newContext({ baseURL: base, viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await page.goto('/');
      await page.locator('h1').waitFor();
      overview.push(await page.evaluate<number>('performance.now()'));
      await page.goto('/?range=30d');
      await page.locator('[aria-label*="in 30 days"]').first().waitFor();
      month.push(await page.evaluate<number>('performance.now()'));
      await page.goto('/');
      await page.locator('h1').waitFor();
      kilobytes = await page.evaluate<number>(
        "performance.getEntriesByType('resource').filter((one) => !one.name.includes('/api/')).reduce((sum, one) => sum + one.encodedBodySize, 0) / 1000",
      );
      const opened = performance.now();
      await page.getByRole('link', { name: 'Operations' }).click();
      await page.getByRole('treeitem').first().waitFor();
      tree.push(performance.now() - opened);
      const searched = performance.now();
      await page.getByRole('searchbox').fill('orders/9876');
      await page.getByRole('treeitem').filter({ hasText: '/orders/9876' }).waitFor();
      search.push(performance.now() - searched);
      await context.close();
    }
    const median = (values: readonly number[]): number =>
      nearestRank(
        values.toSorted((a, b) => a - b),
        0.5,
      );
    return [
      {
        name: 'overview, from the address to what it says, median of 5',
        value: median(overview),
        unit: 'ms',
        aim: 400,
      },
      {
        name: 'the same with the bars of 30 days',
        value: median(month),
        unit: 'ms',
        aim: 400,
      },
      { name: 'first load, compressed', value: kilobytes, unit: 'kB', aim: 200 },
      {
        name: 'tree of 10,000 operations, from the click to its lines',
        value: median(tree),
        unit: 'ms',
        aim: 1000,
      },
      { name: 'a search in it, from the key to what is found', value: median(search), unit: 'ms', aim: 200 },
    ];
  } finally {
    await browser.close();
  }
}
