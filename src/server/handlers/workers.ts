import { createHash, randomBytes } from 'node:crypto';
import { sentence } from '../../messages/sentence.ts';
import type { AuditEntry } from '../../model/silence.ts';
import type { Caller } from '../caller.ts';
import { type HandlerContext, type Handlers, notFound } from '../context.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { workersView } from '../views/workers.ts';

const usualTokenMs = 86_400_000;

export const workerHandlers: Handlers<
  'listWorkers' | 'listWorkerTokens' | 'createWorkerToken' | 'removeWorkerToken' | 'removeWorker'
> = {
  async listWorkers({ context, caller }) {
    requireAll(caller);
    const { patrol, clock } = context;
    return workersView(patrol.store.work, patrol.config.settings, clock.now());
  },

  async createWorkerToken({ context, caller, body }) {
    requireAll(caller);
    const work = requireWork(context);
    const { location, forMs = usualTokenMs } = body;
    const known = Object.keys(context.patrol.config.settings.locations ?? {});
    if (!known.includes(location))
      throw new HttpProblem(
        422,
        known.length === 0
          ? sentence('noLocationAtAll', { name: location })
          : sentence('noSuchLocationOf', { name: location, defined: known }),
      );
    const now = context.clock.now();
    const token = `apw_${randomBytes(32).toString('base64url')}`;
    const hash = createHash('sha256').update(token).digest('hex');
    await work.addJoinToken({ hash, location, by: caller.name, expiresAt: now + forMs }, now);
    await note(context, caller.name, 'add-worker-token', `location ${location}`);
    return { location, token, expiresAt: now + forMs };
  },

  async listWorkerTokens({ context, caller }) {
    requireAll(caller);
    const { patrol, clock } = context;
    const tokens = (await patrol.store.work?.joinTokens(clock.now())) ?? [];
    return {
      items: tokens.map(({ hash, location, by, expiresAt }) => ({
        id: idOf(hash),
        location,
        by,
        expiresAt,
      })),
    };
  },

  async removeWorkerToken({ context, caller, params }) {
    requireAll(caller);
    const id = params['id'] ?? '';
    const work = requireWork(context);
    const found = (await work.joinTokens(context.clock.now())).find(({ hash }) => idOf(hash) === id);
    if (found === undefined || !(await work.removeJoinToken(found.hash)))
      throw notFound(sentence('noWorkerToken', { id }));
    await note(context, caller.name, 'remove-worker-token', `location ${found.location}`);
  },

  async removeWorker({ context, caller, params }) {
    requireAll(caller);
    const id = params['id'] ?? '';
    const work = requireWork(context);
    const found = (await work.workers()).find((one) => one.id === id);
    if (found === undefined || !(await work.removeWorker(id))) throw notFound(sentence('noWorker', { id }));
    await note(context, caller.name, 'remove-worker', `worker ${found.name} at ${found.location}`);
  },
};

/** Tells tokens apart, and says nothing of them. */
function idOf(hash: string): string {
  return hash.slice(0, 8);
}

/** Workers call whatever is to be called from their location. */
function requireAll({ services, name }: Caller): void {
  if (services !== undefined) throw new HttpProblem(403, sentence('workersOfAll', { name, services }));
}

function requireWork({ patrol }: HandlerContext): NonNullable<HandlerContext['patrol']['store']['work']> {
  const { work } = patrol.store;
  if (work !== undefined) return work;
  throw new HttpProblem(409, sentence('noLocationsHere'), { hint: sentence('writeLocations') });
}

function note(
  { patrol, clock }: HandlerContext,
  by: string,
  action: AuditEntry['action'],
  subject: string,
): Promise<void> {
  return patrol.store.desk.note({ at: clock.now(), by, action, subject });
}
