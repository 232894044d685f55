import type { Sentence } from '../../model/sentence.ts';
import { sentence } from '../../messages/sentence.ts';
import { localised } from '../../messages/in-language.ts';
import { type App, languageOf } from '../http/request.ts';
import { placelessTrouble } from '../views/storage.ts';
import type { ServerContext } from '../context.ts';
import type { Role } from '../../app/node/node.ts';

export interface Readiness {
  readonly ready: boolean;
  /** Of one of several nodes; absent: there is one. */
  readonly role?: Role['role'];
  readonly checks: readonly { readonly name: string; readonly ok: boolean; readonly detail: Sentence }[];
}

/** `/healthz`: the process answers. `/readyz`: it also does its work. Both are for machines and say nothing secret. */
export function healthRoutes(app: App, context: ServerContext): void {
  app.get('/healthz', (request) => request.json({ status: 'ok' }));
  app.get('/readyz', async (request) => {
    const readiness = await readinessOf(context);
    const told = localised(readiness, languageOf(request)) as object;
    return request.json(told, readiness.ready ? 200 : 503, { 'cache-control': 'no-store' });
  });
}

async function readinessOf(context: ServerContext): Promise<Readiness> {
  const { role } = context.patrol;
  const cycle = cycleCheck(context);
  // Whether the leader patrols is the leader's readiness.
  const own = role?.role === 'follower' ? { ...cycle, ok: true } : cycle;
  const checks = [configCheck(context), await storeCheck(context), own];
  return {
    ready: checks.every(({ ok }) => ok),
    role: role?.role,
    checks: [...checks, documentsCheck(context), ...(role === undefined ? [] : [nodeCheck(role)])],
  };
}

/** A node that knows no leader, or leads with something else next, works all the same. */
function nodeCheck({ role, leader, differs }: Role): Readiness['checks'][number] {
  if (role === 'leader') return { name: 'node', ok: true, detail: sentence('nodeLeads') };
  if (leader === undefined) return { name: 'node', ok: false, detail: sentence('nobodyLeads') };
  return {
    name: 'node',
    ok: !differs,
    detail: sentence(differs ? 'nodeDiffers' : 'nodeFollows', { leader }),
  };
}

/** What cannot be read is a fault of those services: the patrol is ready all the same. */
function documentsCheck({ board, patrol }: ServerContext): Readiness['checks'][number] {
  const empty = patrol.notPatrolled().filter(({ why }) => why === 'empty');
  const broken = [...board.services].filter(([, { problems }]) =>
    problems.some(({ level: severity }) => severity === 'error'),
  );
  const { size } = new Set([...empty.map(({ service }) => service), ...broken.map(([service]) => service)]);
  return size === 0
    ? { name: 'documents', ok: true, detail: sentence('documentsReadable') }
    : {
        name: 'documents',
        ok: false,
        detail: sentence('documentsWrong', { n: size }),
      };
}

function configCheck({ board }: ServerContext): Readiness['checks'][number] {
  return board.refused === undefined
    ? { name: 'configuration', ok: true, detail: sentence('configurationValid') }
    : { name: 'configuration', ok: false, detail: sentence('configurationRefused') };
}

async function storeCheck({ patrol, clock }: ServerContext): Promise<Readiness['checks'][number]> {
  const trouble = patrol.role?.role === 'follower' ? undefined : patrol.distress?.trouble;
  if (trouble !== undefined) return { name: 'store', ok: false, detail: placelessTrouble(trouble).message };
  try {
    // Nothing changes by it, but it takes the lock and the disk that writing takes.
    await patrol.store.people.endSession(`probe ${clock.now()}`);
    return { name: 'store', ok: true, detail: sentence('storeWritable') };
  } catch {
    return { name: 'store', ok: false, detail: sentence('storeNotWritable') };
  }
}

function cycleCheck({ board, patrol, clock }: ServerContext): Readiness['checks'][number] {
  const all = patrol.notPatrolled();
  const [stalled, ...more] = all.filter(({ why }) => why === 'failed' || why === 'overdue');
  if (stalled !== undefined) {
    const what = sentence(stalled.why === 'failed' ? 'cyclesFailed' : 'cyclesOverdue');
    const n = more.length;
    const about = { what, why: stalled.problem };
    const detail =
      n === 0 ? sentence('cyclesStalled', about) : sentence('cyclesStalledAndMore', { ...about, n });
    return { name: 'cycle', ok: false, detail };
  }
  const working = all.find(({ why }) => why === 'working');
  if (working !== undefined) {
    const ageMs = clock.now() - working.since;
    const detail = sentence('cycleAtWork', { n: Math.round(ageMs / 1000), why: working.problem });
    return { name: 'cycle', ok: true, detail };
  }
  const limited = all.find(({ why }) => why === 'limited');
  if (limited !== undefined)
    return { name: 'cycle', ok: true, detail: sentence('cycleLimited', { why: limited.problem }) };
  const { lastCycle } = board;
  if (lastCycle === undefined) return { name: 'cycle', ok: false, detail: sentence('noCycleYet') };
  const ageMs = clock.now() - (lastCycle.startedAt + lastCycle.durationMs);
  const n = Math.round(ageMs / 1000);
  return { name: 'cycle', ok: true, detail: sentence('lastCycleClosed', { n }) };
}
