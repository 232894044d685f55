import type { Sentence } from '../../model/sentence.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Incident } from '../../model/incident.ts';
import type { Silence } from '../../model/silence.ts';
import type { Story } from '../../store/store.ts';
import {
  type IncidentDetail,
  incidentDetail,
  type IncidentView,
  incidentViews,
  worstFirst,
  type SilencedEntry,
} from '../views/incident.ts';
import { type HandlerContext, type Handlers, notFound } from '../context.ts';
import { HttpProblem } from '../http/http-problem.ts';
import { told } from '../live/operation-rows.ts';
import { callMembers } from '../live/call-members.ts';
import { openNow } from '../views/open-now.ts';
import { resultView } from '../views/documented.ts';
import { membersOf, similarTo } from '../views/around-incident.ts';
import { matchesIncident } from '../../incidents/suppression/suppression.ts';
import { silenceView } from '../views/matcher.ts';
import { pageOf, periodOf } from '../http/paging.ts';

const mostNamed = 20;

/** Makes views of incidents as they are seen now. */
export async function viewer(context: HandlerContext): Promise<(one: Incident) => IncidentView> {
  const [hushed, open] = await Promise.all([context.hushed(), openNow(context.patrol.store)]);
  return incidentViews({ hushed, open });
}

async function storyOf(context: HandlerContext, id: string): Promise<Story> {
  const story = await context.patrol.store.story(id);
  if (story === undefined) throw notFound(sentence('noIncident', { id }), await whatIsOpen(context));
  return story;
}

async function detailOf(context: HandlerContext, id: string): Promise<IncidentDetail> {
  const story = await storyOf(context, id);
  const [view, operations, similar, all] = await Promise.all([
    viewer(context),
    membersOf(context, story.incident),
    similarTo(context, story.incident),
    context.patrol.store.desk.silences(0),
  ]);
  const silences = all.filter(({ matcher }) => matchesIncident(matcher, story.incident));
  const now = context.clock.now();
  const running = view(story.incident).silenced
    ? silences.filter(({ from, until }) => from <= now && now < until)
    : [];
  return incidentDetail(
    story,
    view,
    {
      operations: [...operations],
      similar: similar.map(view),
      silences: running.map(silenceView),
      ...nextTryOf(context, story.incident),
    },
    await silencedDuring(context, story.incident, silences),
  );
}

/** Of a sign-in that goes on failing. */
function nextTryOf(
  { patrol }: HandlerContext,
  { cause, resolvedAt }: Incident,
): Pick<IncidentDetail, 'nextTryAt'> {
  if (cause.level !== 'credential' || resolvedAt !== undefined) return {};
  const status = patrol.tokens.status().find(({ credential }) => credential === cause.subject);
  const { failure, nextTryAt } = status ?? {};
  return failure === undefined || nextTryAt === undefined ? {} : { nextTryAt: Math.round(nextTryAt) };
}

/** Silences that somebody began while it went on, and those that somebody ended. */
async function silencedDuring(
  { patrol, clock }: HandlerContext,
  { openedAt, resolvedAt }: Incident,
  silences: readonly Silence[],
): Promise<readonly SilencedEntry[]> {
  if (silences.length === 0) return [];
  const to = resolvedAt ?? clock.now();
  const begun = silences
    .filter(({ createdAt }) => openedAt <= createdAt && createdAt <= to)
    .map(({ id, by, reason, createdAt, until }) => ({
      at: createdAt,
      by,
      action: 'silence' as const,
      subject: silenceSubject(id),
      note: reason,
      until,
    }));
  const subjects = new Set(silences.map(({ id }) => silenceSubject(id)));
  const done = await patrol.store.desk.audit({ from: openedAt, to });
  return [
    ...begun,
    ...done.filter(({ action, subject }) => action === 'end-silence' && subjects.has(subject)),
  ];
}

const silenceSubject = (id: number): string => `silence ${id}`;

/** For those who have mistyped an id: `Open are #A7F3 GET /orders.` */
export async function whatIsOpen({ patrol }: HandlerContext): Promise<Sentence> {
  const open = told(await openNow(patrol.store));
  const named = open
    .toSorted(worstFirst)
    .slice(0, mostNamed)
    .map(({ id, subjectLabel }) => `#${id} ${subjectLabel}`);
  return named.length === 0 ? sentence('noneOpen') : sentence('openAre', { incidents: named });
}

/** Does something about an open incident and tells those who look on. */
async function onOpen(
  context: HandlerContext,
  id: string,
  act: () => Promise<boolean>,
  after?: (incident: Incident) => Promise<void>,
): Promise<IncidentDetail> {
  const { incident } = await storyOf(context, id);
  if (!(await act()))
    throw new HttpProblem(409, sentence('incidentOver', { id: incident.id }), {
      hint: await whatIsOpen(context),
    });
  await after?.(incident);
  context.board.tellIncidents([incident]);
  return detailOf(context, id);
}

export const incidentHandlers: Handlers<
  | 'listIncidents'
  | 'getIncident'
  | 'acknowledgeIncident'
  | 'unacknowledgeIncident'
  | 'checkIncident'
  | 'commentIncident'
> = {
  async listIncidents({ context, query }) {
    const { store } = context.patrol;
    const { state, service, level } = query;
    const wanted = (one: Incident): boolean =>
      (service === undefined || one.services.includes(service)) &&
      (level === undefined || one.cause.level === level) &&
      (state !== 'resolved' || one.state === 'resolved');
    const view = await viewer(context);
    const { items, next } = await pageOf(query, async (count) => {
      if (state === 'open')
        return told(await openNow(store))
          .filter(wanted)
          .toSorted(worstFirst);
      const period = periodOf(query, context.clock.now());
      const isFiltered = service !== undefined || level !== undefined || state === 'resolved';
      const limit = isFiltered ? {} : { limit: count };
      return (await store.incidents({ ...period, ...limit })).filter(wanted);
    });
    return { items: items.map(view), next };
  },

  getIncident: ({ context, params }) => detailOf(context, params['id'] ?? ''),

  acknowledgeIncident({ context, caller, params, body }) {
    const at = context.clock.now();
    const acknowledgement = { by: caller.name, at, until: at + body.forMs, note: body.note };
    const id = params['id'] ?? '';
    const taken = (): Promise<boolean> => context.patrol.store.desk.acknowledge(id, acknowledgement);
    return onOpen(context, id, taken, (incident) => context.tellTaken(incident, acknowledgement));
  },

  unacknowledgeIncident({ context, caller, params }) {
    const id = params['id'] ?? '';
    const { desk } = context.patrol.store;
    return onOpen(context, id, () => desk.unacknowledge(id, caller.name, context.clock.now()));
  },

  async checkIncident({ context, caller, params }) {
    const { incident } = await storyOf(context, params['id'] ?? '');
    const subject = `incident ${incident.id}`;
    const { desk } = context.patrol.store;
    await desk.note({ at: context.clock.now(), by: caller.name, action: 'check', subject });
    const called = await callMembers(context, incident);
    return {
      results: called.map(({ result, ...rest }) => ({ ...rest, result: resultView(result) })),
      incident: await detailOf(context, incident.id),
    };
  },

  commentIncident({ context, caller, params, body }) {
    const id = params['id'] ?? '';
    const { desk } = context.patrol.store;
    return onOpen(context, id, () => desk.comment(id, caller.name, context.clock.now(), body.text));
  },
};
