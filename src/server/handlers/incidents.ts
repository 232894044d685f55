import { matchesIncident } from '../../analyze/hush.ts';
import { runningWindows } from '../../analyze/windows.ts';
import type { Incident } from '../../model/incident.ts';
import { incidentDetail, incidentViews, worstFirst } from '../views/incident.ts';
import { type Caller, sees } from '../caller.ts';
import { type Handlers, notFound, type ServerContext } from '../context.ts';
import { HttpProblem } from '../http-problem.ts';
import { told } from '../operation-rows.ts';
import { pageOf, periodOf } from '../paging.ts';
import type { Incident as IncidentView, IncidentDetail } from '../api/incidents.ts';

/** Makes views of incidents as they are seen now. */
export async function viewer({ patrol, clock }: ServerContext): Promise<(one: Incident) => IncidentView> {
  const { store, config } = patrol;
  const now = clock.now();
  const [silences, open] = await Promise.all([store.desk.silences(now), store.openIncidents()]);
  return incidentViews({ now, silences, open, running: runningWindows(now, config.settings) });
}

export async function detailOf(context: ServerContext, caller: Caller, id: string): Promise<IncidentDetail> {
  const story = await context.patrol.store.story(id);
  if (story === undefined || !sees(caller, story.incident.sources)) throw notFound(`incident ${id}`);
  return incidentDetail(story, await viewer(context));
}

/** Does something about an open incident and tells those who look on. */
async function onOpen(
  context: ServerContext,
  caller: Caller,
  id: string,
  act: () => Promise<boolean>,
): Promise<IncidentDetail> {
  const before = await detailOf(context, caller, id);
  if (!(await act())) throw new HttpProblem(409, `incident ${before.id} is over`);
  context.board.tell({ kind: 'incidents', ids: [before.id] });
  return detailOf(context, caller, id);
}

export const incidentHandlers: Handlers<
  | 'listIncidents'
  | 'getIncident'
  | 'acknowledgeIncident'
  | 'unacknowledgeIncident'
  | 'commentIncident'
  | 'listSilences'
  | 'createSilence'
  | 'endSilence'
> = {
  async listIncidents({ context, caller, query }) {
    const { store } = context.patrol;
    const { state, source, level } = query;
    const wanted = (one: Incident): boolean =>
      sees(caller, one.sources) &&
      (source === undefined || one.sources.includes(source)) &&
      (level === undefined || one.cause.level === level) &&
      (state !== 'resolved' || one.state === 'resolved');
    const view = await viewer(context);
    const { items, next } = await pageOf(query, async (count) => {
      if (state === 'open')
        return told(await store.openIncidents())
          .filter(wanted)
          .toSorted(worstFirst);
      const period = periodOf(query, context.clock.now());
      const isFiltered = source !== undefined || level !== undefined || state === 'resolved';
      const limit = isFiltered || caller.sources !== undefined ? {} : { limit: count };
      return (await store.incidents({ ...period, ...limit })).filter(wanted);
    });
    return { items: items.map(view), ...(next === undefined ? {} : { next }) };
  },

  getIncident: ({ context, caller, params }) => detailOf(context, caller, params['id'] ?? ''),

  acknowledgeIncident({ context, caller, params, body }) {
    const at = context.clock.now();
    const note = body.note === undefined ? {} : { note: body.note };
    const acknowledgement = { by: caller.name, at, until: at + body.forMs, ...note };
    const id = params['id'] ?? '';
    return onOpen(context, caller, id, () => context.patrol.store.desk.acknowledge(id, acknowledgement));
  },

  unacknowledgeIncident({ context, caller, params }) {
    const id = params['id'] ?? '';
    const { desk } = context.patrol.store;
    return onOpen(context, caller, id, () => desk.unacknowledge(id, caller.name, context.clock.now()));
  },

  commentIncident({ context, caller, params, body }) {
    const id = params['id'] ?? '';
    const { desk } = context.patrol.store;
    return onOpen(context, caller, id, () => desk.comment(id, caller.name, context.clock.now(), body.text));
  },

  async listSilences({ context }) {
    const now = context.clock.now();
    const silences = await context.patrol.store.desk.silences(now);
    const { settings } = context.patrol.config;
    const running = runningWindows(now, settings);
    return {
      items: silences.map(({ matcher, ...rest }) => ({ ...rest, matcher: plain(matcher) })),
      maintenance: (settings.maintenance ?? []).map((window) => ({
        name: window.name,
        cron: window.cron,
        durationMs: window.durationMs,
        timeZone: window.timeZone,
        active: running.includes(window),
      })),
    };
  },

  async createSilence({ context, caller, body }) {
    const { store } = context.patrol;
    const createdAt = context.clock.now();
    const from = body.from ?? createdAt;
    const matcher = plain(body.matcher);
    if (caller.sources !== undefined && !covered(matcher.sources, caller.sources))
      throw new HttpProblem(
        403,
        `name \`sources\` in the matcher; you may silence ${caller.sources.join(', ')}`,
      );
    const silence = await store.desk.silence({
      matcher,
      from,
      until: from + body.forMs,
      by: caller.name,
      reason: body.reason,
      createdAt,
    });
    context.board.tell({ kind: 'silences' });
    const touched = told(await store.openIncidents()).filter((one) => matchesIncident(matcher, one));
    if (touched.length > 0) context.board.tell({ kind: 'incidents', ids: touched.map(({ id }) => id) });
    return { ...silence, matcher };
  },

  async endSilence({ context, caller, params }) {
    const { desk } = context.patrol.store;
    const silence = (await desk.silences(context.clock.now())).find(({ id }) => String(id) === params['id']);
    if (silence === undefined) throw notFound(`silence ${params['id'] ?? ''} that goes on`);
    if (caller.sources !== undefined && !covered(silence.matcher.sources, caller.sources))
      throw new HttpProblem(403, 'the silence is about more than your sources');
    await desk.endSilence(silence.id, caller.name, context.clock.now());
    context.board.tell({ kind: 'silences' });
  },
};

function covered(sources: readonly string[] | undefined, by: readonly string[]): boolean {
  return sources !== undefined && sources.every((one) => by.includes(one));
}

type Loose<T> = { readonly [K in keyof T]?: T[K] | undefined };
type Matcher = Parameters<typeof matchesIncident>[0];
type Writable = {
  -readonly [K in keyof Matcher]: Matcher[K] extends readonly (infer T)[] | undefined ? T[] : Matcher[K];
};

/** The same without keys that are not given. */
function plain(matcher: Loose<Matcher>): Writable {
  return Object.fromEntries(Object.entries(matcher).filter(([, value]) => value !== undefined)) as Writable;
}
