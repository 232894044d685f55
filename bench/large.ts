import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figure.ts';
import { startTarget } from './target.ts';

const command = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const documents = 20;
const operationsEach = 5000;

/** The built daemon with a hundred thousand operations: scanned, planned, called, judged, stored. */
export async function benchLarge(): Promise<readonly Figure[]> {
  if (!existsSync(command)) throw new Error('run npm run build first');
  const target = await startTarget();
  const folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-bench-'));
  try {
    for (let n = 0; n < documents; n++) {
      await writeFile(path.join(folder, `api-${n}.json`), JSON.stringify(documentOf(n)));
    }
    const limits = 'limits: { concurrency: 64, perOrigin: 64, ratePerOrigin: 5000 }';
    await writeFile(
      path.join(folder, 'apipatrol.yaml'),
      `docs: ./*.json\nbaseUrl: ${target.origin}\n${limits}\nwebhook: abcdef01-2345-6789-abcd-ef0123456789\n`,
    );
    return await patrolOnce(folder);
  } finally {
    target.close();
    await rm(folder, { recursive: true });
  }
}

async function patrolOnce(folder: string): Promise<readonly Figure[]> {
  // With more room, garbage is collected later.
  const child = spawn(process.execPath, ['--max-old-space-size=400', command, 'run', '--log', 'json'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout })) {
    const { msg, checked, passed, durationMs } = JSON.parse(line) as Record<string, unknown>;
    if (msg !== 'cycle closed') continue;
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8');
    const cpu = await readFile(`/proc/${child.pid}/stat`, 'utf8');
    child.kill('SIGTERM');
    await ended;
    if (checked !== passed) throw new Error(`${String(passed)} of ${String(checked)} passed`);
    const [user = 0, system = 0] = cpu.slice(cpu.lastIndexOf(')')).split(' ').slice(12, 14).map(Number);
    return [
      { name: 'operations in one cycle of one process', value: Number(checked), unit: '' },
      {
        name: 'the first cycle, documents read for the first time',
        value: Number(durationMs) / 1000,
        unit: 's',
        aim: 900,
      },
      { name: 'CPU of the whole process until then', value: (user + system) / 100, unit: 's' },
      {
        name: 'highest RSS, with a heap of at most 400 MiB',
        value: kibOf(status, 'VmHWM') / 1024,
        unit: 'MiB',
        aim: 512,
      },
      { name: 'RSS after the cycle', value: kibOf(status, 'VmRSS') / 1024, unit: 'MiB' },
    ];
  }
  throw new Error('it ended without a cycle');
}

function kibOf(status: string, name: string): number {
  return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0);
}

function documentOf(n: number): object {
  const schema = { $ref: '#/components/schemas/Order' };
  const responses = { 200: { description: 'ok', content: { 'application/json': { schema } } } };
  const paths = Array.from({ length: operationsEach }, (_, index) => {
    const id = n * operationsEach + index;
    return [`/orders/${id}`, { get: { operationId: `getOrder${id}`, tags: [`team-${n}`], responses } }];
  });
  const order = {
    type: 'object',
    required: ['id', 'status', 'total'],
    properties: { id: { type: 'integer' }, status: { type: 'string' }, total: { type: 'number' } },
  };
  return {
    openapi: '3.1.0',
    info: { title: `Service ${n}`, version: '1' },
    paths: Object.fromEntries(paths),
    components: { schemas: { Order: order } },
  };
}
