import { covers } from '../../incidents/scope.ts';
import type { Check } from '../../model/check.ts';
import { failedUntil, type Incident, lastsSince } from '../../model/incident.ts';
import type { Result } from '../../model/result.ts';
import type { HandlerContext, SeenStore } from '../context.ts';
import { slowFinder, stateNow } from '../../incidents/latency/slow-now.ts';
import type { IncidentDetail } from './incident.ts';

/** The past of operations, and how they are now. */
interface Around {
  readonly board: Pick<HandlerContext['board'], 'services' | 'lastResult'>;
  readonly patrol: { readonly store: Pick<SeenStore, 'history'> };
}

type Member = IncidentDetail['operations'][number];

/** Of more operations nobody reads a list; the page has a search for them. */
const mostMembers = 500;
/** Of what is over the results are read, operation by operation. */
const mostRead = 200;
const readEach = 20;

const dayMs = 86_400_000;
const similarDays = 90;
const mostSimilar = 5;

/** Whether an answer is what an incident of that kind is made of. */
function isHit(result: Result | undefined, { cause }: Incident): boolean {
  const state = result?.verdict;
  return state === 'fail' || state === 'degraded' || (cause.level !== 'operation' && state === 'blocked');
}

/** The operations that it is about: those that fail now or, once it is over, did while it went on. The worst come first. */
export async function membersOf(context: Around, incident: Incident): Promise<readonly Member[]> {
  const { board } = context;
  const worst = incident.members.worst.map(({ checkId }) => checkId);
  const candidates = incident.services.flatMap((name) =>
    (board.services.get(name)?.checks ?? []).filter((check) => covers(incident.cause, check)),
  );
  const hit =
    incident.state === 'resolved'
      ? await hitThen(context, incident, candidates)
      : candidates.filter(({ id }) => worst.includes(id) || isHit(board.lastResult(id), incident));
  const rank = ({ id }: Check): number => (worst.includes(id) ? worst.indexOf(id) : worst.length);
  const isWell = ({ id }: Check): number => Number(!isHit(board.lastResult(id), incident));
  // One that is not called while another has shown the cause has nothing to show itself.
  const slow = slowFinder(incident.state === 'resolved' ? [] : [incident]);
  return hit
    .toSorted((a, b) => isWell(a) - isWell(b) || rank(a) - rank(b))
    .slice(0, mostMembers)
    .map((check) => {
      const { id, service, operation } = check;
      const last = board.lastResult(id);
      return { operation: id, service, label: operation, state: stateNow(last, slow(check, last)) };
    });
}

async function hitThen(
  { patrol }: Around,
  incident: Incident,
  candidates: readonly Check[],
): Promise<readonly Check[]> {
  const worst = new Set(incident.members.worst.map(({ checkId }) => checkId));
  const range = {
    from: incident.openedAt,
    to: failedUntil(incident, incident.resolvedAt ?? incident.lastSeenAt),
    limit: readEach,
  };
  const hit: Check[] = [];
  for (const check of candidates.slice(0, mostRead)) {
    const results = worst.has(check.id) ? [] : await patrol.store.history(check.id, range);
    if (worst.has(check.id) || results.some((result) => isHit(result, incident))) hit.push(check);
  }
  return hit;
}

/** Earlier ones of the same cause, then those of the same service that failed in the same way; the latest first. */
export async function similarTo(
  { patrol, clock }: HandlerContext,
  incident: Incident,
): Promise<readonly Incident[]> {
  const to = clock.now();
  const lately = await patrol.store.incidents({ from: to - similarDays * dayMs, to });
  const before = lately.filter(
    (one) => one.id !== incident.id && one.state === 'resolved' && lastsSince(one) <= lastsSince(incident),
  );
  const isSame = ({ cause }: Incident): boolean =>
    cause.level === incident.cause.level && cause.subject === incident.cause.subject;
  const isAlike = (one: Incident): boolean =>
    one.reason.code === incident.reason.code &&
    one.status === incident.status &&
    one.services.some((service) => incident.services.includes(service));
  return [...before.filter(isSame), ...before.filter((one) => !isSame(one) && isAlike(one))].slice(
    0,
    mostSimilar,
  );
}
