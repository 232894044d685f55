import { localised } from '../../../messages/in-language.ts';
import { sentence } from '../../../messages/sentence.ts';
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { sha256 } from '../../../lib/text/text.ts';
import { httpUrl, secretText } from '../../../lib/zod.ts';
import { type IncidentHistory, lastsSince } from '../../../model/incident.ts';
import type { BreakingChanges, MessageContent } from '../../../model/message.ts';
import { defineChannel, type RenderContext, type SendContext, type SendOutcome } from '../channel.ts';
import { type MessageEvent, eventsOf } from '../../render/events.ts';
import { isMobile, isUserId } from '../../render/markup.ts';
import { viewOf } from '../../render/view.ts';
import { judgeStatus } from '../shared/http-answer.ts';

const options = z.strictObject({
  url: httpUrl.meta({ description: 'Receives a POST with JSON for every message.' }),
  secret: secretText.optional().meta({
    description: 'Signs every body: X-Signature: t=<epoch s>,v1=<hex HMAC-SHA256 of "t.body">.',
  }),
  headers: z
    .record(z.string().regex(/^[\w-]+$/), secretText)
    .optional()
    .meta({ description: 'More headers, an Authorization for example.' }),
});
type Options = z.infer<typeof options>;

const perMinute = 60;

export const webhook = defineChannel({
  kind: 'webhook',
  title: { en: 'webhook', zh: 'Webhook' },
  summary: 'Any HTTP endpoint: signed JSON with an idempotency key.',
  options,
  examples: [{ url: 'https://tools.example/patrol', secret: '0123456789abcdef' }],
  limits: { perMinute },
  render,
  send,
});

function render(content: MessageContent, _settings: Options, context: RenderContext) {
  const events = eventsOf(content);
  const shown = context.shrunk === true ? events.slice(0, 20) : events;
  const view = viewOf(content, context);
  const body = {
    version: 1,
    headline: view.headline,
    counts: view.counts,
    cycle: content.cycleId,
    totals: content.totals,
    mentions: content.mentions.filter(isPerson),
    omitted: view.beyond + events.length - shown.length,
    incidents: shown.map((told) => ({ ...incidentOf(told), ...linkOf(told, context) })),
    firstReports: content.firstReports?.map(({ at, groups, unread = [], ...rest }) => ({
      at: iso(at),
      ...rest,
      unread: unread.map(({ uri, message, hint }) => ({ uri, why: message, hint })),
      groups: groups.map(({ operation, why }) =>
        operation === undefined ? why : sentence('wayThen', { way: operation, what: why }),
      ),
    })),
    breakingChanges: content.breakingChanges?.map(breakingOf),
  };
  return { parts: [JSON.stringify(localised(body, context.language))] };
}

/** Whoever receives it may call whom it names: a document may write anything for an owner. */
function isPerson(id: string): boolean {
  return isUserId(id) || isMobile(id) || id === '@all';
}

function breakingOf({ at, lastEdit, ...rest }: BreakingChanges) {
  const edited = lastEdit === undefined ? {} : { lastEdit: { ...lastEdit, at: iso(lastEdit.at) } };
  return { at: iso(at), ...rest, ...edited };
}

function linkOf({ incident }: MessageEvent, { links }: RenderContext) {
  return links === undefined ? {} : { url: links.incident(incident.id) };
}

function incidentOf({ kind, at, incident, relieved = [] }: MessageEvent) {
  const {
    fingerprint: _internal,
    version: _version,
    told: _told,
    inhibitedBy: _inhibited,
    followUps: _followUps,
    heardBy: _heardBy,
    widest: _widest,
    well: _well,
    relieved: _relieved,
    was: _was,
    history,
    failingSince: _failingSince,
    narrowedAt: _narrowedAt,
    closes,
    ...visible
  } = incident;
  return {
    event: kind,
    at: iso(at),
    ...visible,
    ...(closes === undefined ? {} : { closes: closes.map(({ id }) => id) }),
    ...(relieved.length === 0 ? {} : { relieved }),
    owners: incident.owners.filter(isPerson),
    ...(history === undefined ? {} : { history: historyOf(history) }),
    openedAt: iso(incident.openedAt),
    since: iso(lastsSince(incident)),
    lastSeenAt: iso(incident.lastSeenAt),
    resolvedAt: incident.resolvedAt === undefined ? null : iso(incident.resolvedAt),
  };
}

function historyOf({ lastPassAt, change, lastEdit }: IncidentHistory) {
  return {
    ...(lastPassAt === undefined ? {} : { lastPassAt: iso(lastPassAt) }),
    ...(change === undefined ? {} : { change: { ...change, at: iso(change.at) } }),
    ...(lastEdit === undefined ? {} : { lastEdit: { ...lastEdit, at: iso(lastEdit.at) } }),
  };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

async function send(part: string, settings: Options, context: SendContext): Promise<SendOutcome> {
  const now = context.now();
  const custom = Object.entries(settings.headers ?? {}).map(([name, value]) => [
    name.toLowerCase(),
    value.reveal(),
  ]);
  const response = await context.post(settings.url, part, {
    ...(Object.fromEntries(custom) as Record<string, string>),
    // The bytes are frozen: every try has the same key, and no other message has it.
    'idempotency-key': sha256(part).slice(0, 32),
    ...(settings.secret === undefined
      ? {}
      : { 'x-signature': signature(settings.secret.reveal(), part, now) }),
  });
  return judgeStatus(response, now) ?? { kind: 'sent' };
}

function signature(secret: string, body: string, now: number): string {
  const seconds = Math.floor(now / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}
