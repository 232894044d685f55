import { z } from 'zod';
import { sha256 } from '../../kit/text.ts';
import { httpUrl, secretText } from '../../kit/zod.ts';
import type { Incident } from '../../model/incident.ts';
import type { MessageContent } from '../../model/message.ts';
import { defineChannel, type RenderContext, type SendContext, type SendOutcome } from '../channel.ts';
import { type Event, eventsOf, isOver } from '../render/events.ts';
import { viewOf } from '../render/view.ts';
import { judgeStatus } from './http-answer.ts';

const options = z.strictObject({
  url: httpUrl.meta({ description: 'Where a receiver of Alertmanager webhooks listens.' }),
  authorization: secretText
    .optional()
    .meta({ description: 'Value of the Authorization header: "Bearer …" or "Basic …".' }),
});
type Options = z.infer<typeof options>;

/** Receivers have no common limit; a bridge to a chat has the chat's. */
const perMinute = 60;
const listedMax = 100;

export const alertmanagerWebhook = defineChannel({
  kind: 'alertmanager-webhook',
  summary: 'A webhook in the shape of Prometheus Alertmanager (version 4), for bridges that exist.',
  options,
  limits: { perMinute },
  render,
  send,
});

function render(content: MessageContent, _settings: Options, context: RenderContext) {
  const view = viewOf(content, context);
  const events = eventsOf(content);
  const listed = events.slice(0, context.shrunk === true ? listedMax / 4 : listedMax);
  const alerts = listed.map((told, index) => {
    const item = view.items[index];
    const summary = `${item?.title ?? ''} ${item?.status ?? ''} ${item?.id ?? ''}`.trim();
    const facts = (item?.details ?? []).filter(({ links }) => links === undefined);
    const description = facts.map(({ label, value }) => `${label}: ${value}`).join('\n');
    const link = context.links?.incident(told.incident.id) ?? '';
    return alertOf(told, { summary, description }, link);
  });
  const body = {
    version: '4',
    groupKey: `apipatrol:${events
      .map(({ incident }) => incident.id)
      .sort()
      .join(',')}`.slice(0, 200),
    truncatedAlerts: view.beyond + events.length - listed.length,
    status: alerts.some((alert) => alert.status === 'firing') ? 'firing' : 'resolved',
    receiver: 'apipatrol',
    groupLabels: { alertname },
    commonLabels: { alertname },
    commonAnnotations: { summary: view.headline },
    externalURL: '',
    alerts,
  };
  return { parts: [JSON.stringify(body)] };
}

const alertname = 'ApiPatrolIncident';

function alertOf(
  told: Event,
  texts: { readonly summary: string; readonly description: string },
  link: string,
) {
  const { incident } = told;
  const over = isOver(told);
  return {
    status: over ? 'resolved' : 'firing',
    labels: {
      alertname,
      severity: incident.severity,
      service: incident.sources.join(','),
      subject: incident.subjectLabel,
      cause: incident.cause.level,
      reason: incident.reason.code,
    },
    annotations: { ...texts, incident: incident.id },
    startsAt: new Date(incident.openedAt).toISOString(),
    // "Not ended" is the zero time of Go, which receivers compare with.
    endsAt: over ? new Date(incident.resolvedAt ?? told.at).toISOString() : '0001-01-01T00:00:00Z',
    generatorURL: link,
    fingerprint: fingerprintOf(incident),
  };
}

function fingerprintOf({ fingerprint, openedAt }: Incident): string {
  return sha256(`${fingerprint}\n${openedAt}`).slice(0, 16);
}

async function send(part: string, settings: Options, context: SendContext): Promise<SendOutcome> {
  const { authorization } = settings;
  const headers = authorization === undefined ? {} : { authorization: authorization.reveal() };
  const response = await context.post(settings.url, part, headers);
  return judgeStatus(response, context.now()) ?? { kind: 'sent' };
}
