import type { Sentence } from '../../model/sentence.ts';
import { sentence } from '../../messages/sentence.ts';
import { matchesIncident } from '../../incidents/suppression/suppression.ts';
import { runningWindows } from '../../incidents/suppression/windows.ts';
import { wildcard } from '../../lib/text/glob.ts';
import type { Incident } from '../../model/incident.ts';
import type { Silence } from '../../model/silence.ts';
import type { StoredCheck } from '../../store/store.ts';
import { type HandlerContext, type Handlers, notFound, requireServices } from '../context.ts';
import { whatIsOpen } from './incidents.ts';
import { told } from '../live/operation-rows.ts';
import { type Matcher, plain, silenceView } from '../views/matcher.ts';

export const silenceHandlers: Handlers<'listSilences' | 'createSilence' | 'previewSilence' | 'endSilence'> = {
  async listSilences({ context }) {
    const now = context.clock.now();
    const silences = await context.patrol.store.desk.silences(now);
    const { settings } = context.patrol.config;
    const running = runningWindows(now, settings);
    return {
      items: silences.map(silenceView),
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
    // Whoever has some services does not learn which others there are.
    if (caller.services === undefined) requireServices(matcher.services ?? [], context);
    const open = await store.openIncidents();
    if (matcher.incident !== undefined) await requireOpen(matcher.incident, open, context);
    const silence = await store.desk.silence({
      matcher,
      from,
      until: from + body.forMs,
      by: caller.name,
      reason: body.reason,
      createdAt,
    });
    const touched = told(open).filter((one) => matchesIncident(matcher, one));
    context.board.tellSilence(matcher, touched);
    context.board.tellIncidents(touched);
    return { ...silence, matcher, ...(await coveredBy(matcher, open, context)) };
  },

  async previewSilence({ context, body }) {
    return coveredBy(plain(body.matcher), await context.patrol.store.openIncidents(), context);
  },

  async endSilence({ context, caller, params }) {
    const { desk } = context.patrol.store;
    const silences = await desk.silences(context.clock.now());
    const silence = silences.find(({ id }) => String(id) === params['id']);
    if (silence === undefined)
      throw notFound(sentence('noGoingSilence', { id: params['id'] ?? '' }), whatGoesOn(silences));
    await desk.endSilence(silence.id, caller.name, context.clock.now());
    const open = await context.patrol.store.openIncidents();
    context.board.tellSilence(
      silence.matcher,
      open.filter((one) => matchesIncident(silence.matcher, one)),
    );
    // What it kept quiet and is still there is told now and not with the next cycle.
    context.patrol.lookNow();
  },
};

/** What a silence keeps quiet now, and would should it fail. */
async function coveredBy(matcher: Matcher, open: readonly Incident[], { patrol }: HandlerContext) {
  const touched = told(open).filter((one) => matchesIncident(matcher, one));
  return {
    incidents: touched.map(({ id, subjectLabel, services }) => ({
      id,
      label: subjectLabel,
      services: [...services],
    })),
    operations: (await patrol.store.checks()).filter((one) => coversOperation(matcher, one)).length,
  };
}

/** Whether it would cover an incident of the operation; which tags that has is not stored. */
function coversOperation(
  { incident, services, levels, subject }: Matcher,
  { service, operation }: StoredCheck,
): boolean {
  return (
    incident === undefined &&
    services?.includes(service) !== false &&
    levels?.includes('operation') !== false &&
    (subject === undefined || wildcard(subject)(operation))
  );
}

/** One that is over does not come back under its number: a silence of it would keep nothing quiet. */
async function requireOpen(id: string, open: readonly Incident[], context: HandlerContext): Promise<void> {
  if (open.some((incident) => incident.id === id.toUpperCase())) return;
  throw notFound(sentence('noOpenIncident', { id: id.toUpperCase() }), await whatIsOpen(context));
}

function whatGoesOn(silences: readonly Silence[]): Sentence {
  return silences.length === 0
    ? sentence('nothingSilenced')
    : sentence('silencesAre', { silences: silences.map(({ id, reason }) => `${id} (${reason})`) });
}
