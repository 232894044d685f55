import { inEnglish } from '../../messages/in-language.ts';
import type { App } from '../http/request.ts';
import { placelessTrouble } from '../views/storage.ts';
import type { ServerContext } from '../context.ts';

export interface Readiness {
  readonly ready: boolean;
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: string }[];
}

/** `/healthz`: the process answers. `/readyz`: it also does its work. Both are for machines and say nothing secret. */
export function healthRoutes(app: App, context: ServerContext): void {
  app.get('/healthz', (request) => request.json({ status: 'ok' }));
  app.get('/readyz', async (request) => {
    const readiness = await readinessOf(context);
    return request.json(readiness, readiness.ready ? 200 : 503, { 'cache-control': 'no-store' });
  });
}

async function readinessOf(context: ServerContext): Promise<Readiness> {
  const checks = [configCheck(context), await storeCheck(context), cycleCheck(context)];
  return { ready: checks.every(({ ok }) => ok), checks: [...checks, documentsCheck(context)] };
}

/** What cannot be read is a fault of those services: the patrol is ready all the same. */
function documentsCheck({ board, patrol }: ServerContext): Readiness['checks'][number] {
  const empty = patrol.notPatrolled().filter(({ why }) => why === 'empty');
  const broken = [...board.services].filter(([, { problems }]) =>
    problems.some(({ level: severity }) => severity === 'error'),
  );
  const { size } = new Set([...empty.map(({ service }) => service), ...broken.map(([service]) => service)]);
  return size === 0
    ? { name: 'documents', ok: true, detail: 'readable' }
    : {
        name: 'documents',
        ok: false,
        detail: `something is wrong with those of ${size === 1 ? 'one service' : `${size} services`}`,
      };
}

function configCheck({ board }: ServerContext): Readiness['checks'][number] {
  return board.refused === undefined
    ? { name: 'configuration', ok: true, detail: 'valid' }
    : { name: 'configuration', ok: false, detail: 'changed and refused; the last good one is in use' };
}

async function storeCheck({ patrol, clock }: ServerContext): Promise<Readiness['checks'][number]> {
  const trouble = patrol.distress?.trouble;
  if (trouble !== undefined)
    return { name: 'store', ok: false, detail: inEnglish(placelessTrouble(trouble).message) };
  try {
    // Nothing changes by it, but it takes the lock and the disk that writing takes.
    await patrol.store.people.endSession(`probe ${clock.now()}`);
    return { name: 'store', ok: true, detail: 'writable' };
  } catch {
    return { name: 'store', ok: false, detail: 'cannot be written' };
  }
}

function cycleCheck({ board, patrol, clock }: ServerContext): Readiness['checks'][number] {
  const all = patrol.notPatrolled();
  const [stalled, ...more] = all.filter(({ why }) => why === 'failed' || why === 'overdue');
  if (stalled !== undefined) {
    const others = more.length === 0 ? '' : ` and ${more.length} more`;
    return { name: 'cycle', ok: false, detail: `${stalled.why}${others}: ${stalled.problem}` };
  }
  const working = all.find(({ why }) => why === 'working');
  if (working !== undefined) {
    const ageMs = clock.now() - working.since;
    const detail = `the patrol is at work on one for ${Math.round(ageMs / 1000)} s: ${working.problem}`;
    return { name: 'cycle', ok: true, detail };
  }
  const limited = all.find(({ why }) => why === 'limited');
  if (limited !== undefined) return { name: 'cycle', ok: true, detail: `limited: ${limited.problem}` };
  const { lastCycle } = board;
  if (lastCycle === undefined)
    return { name: 'cycle', ok: false, detail: 'the first one has not closed yet' };
  const ageMs = clock.now() - (lastCycle.startedAt + lastCycle.durationMs);
  return { name: 'cycle', ok: true, detail: `the last one closed ${Math.round(ageMs / 1000)} s ago` };
}
