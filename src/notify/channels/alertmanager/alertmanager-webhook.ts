import { z } from 'zod';
import { httpUrl, secretText } from '../../../lib/zod.ts';
import type { MessageContent } from '../../../model/message.ts';
import { defineChannel, type RenderContext, type SendContext, type SendOutcome } from '../channel.ts';
import { eventsOf } from '../../render/events.ts';
import { unlinkedBehind } from '../../render/inert.ts';
import { viewOf } from '../../render/view.ts';
import { type Alert, alertsOf } from './alertmanager-alerts.ts';
import { judgeStatus } from '../shared/http-answer.ts';

const options = z.strictObject({
  url: httpUrl.meta({
    description:
      'Where a receiver of Alertmanager webhooks listens, or an Alertmanager itself: https://…/api/v2/alerts.',
  }),
  authorization: secretText
    .optional()
    .meta({ description: 'Value of the Authorization header: "Bearer …" or "Basic …".' }),
});
type Options = z.infer<typeof options>;

/** Receivers have no common limit; a bridge to a chat has the chat's. */
const perMinute = 60;
const listedMax = 100;
/** Alertmanager ends by itself what nobody repeats: no reminder comes later than two days after what was told. */
const heldMs = 3 * 86_400_000;

export const alertmanagerWebhook = defineChannel({
  kind: 'alertmanager-webhook',
  title: { en: 'Alertmanager', zh: 'Alertmanager' },
  summary:
    'A webhook in the shape of Prometheus Alertmanager (version 4), for bridges that exist; or an Alertmanager.',
  docs: 'https://prometheus.io/docs/alerting/latest/configuration/#webhook_config',
  options,
  examples: [
    { url: 'https://bridge.example/alerts' },
    { url: 'http://alertmanager.example:9093/api/v2/alerts', authorization: 'Bearer 0123456789abcdef' },
  ],
  limits: { perMinute },
  render,
  send,
});

function render(content: MessageContent, { url }: Options, context: RenderContext) {
  const view = viewOf(content, context);
  const max = context.shrunk === true ? listedMax / 4 : listedMax;
  const alerts = alertsOf(content, view, context, max);
  if (isAlertmanager(url)) return { parts: [JSON.stringify(alerts.flatMap(postable))] };
  const hidden = view.beyond + Math.max(0, eventsOf(content).length - max);
  const body = {
    version: '4',
    groupKey: `apipatrol:${alerts
      .map(({ fingerprint }) => fingerprint)
      .toSorted()
      .join(',')}`.slice(0, 200),
    truncatedAlerts: hidden,
    status: alerts.some(({ endsAt }) => endsAt === undefined) ? 'firing' : 'resolved',
    receiver: 'apipatrol',
    groupLabels: common(alerts.map(({ labels: { alertname = '' } }) => ({ alertname }))),
    commonLabels: common(alerts.map(({ labels }) => labels)),
    commonAnnotations: {
      ...common(alerts.map(({ annotations }) => annotations)),
      summary: unlinkedBehind(view.headline, context.ownAddresses),
    },
    externalURL: context.links?.page('incidents') ?? '',
    alerts: alerts.map(notified),
  };
  return { parts: [JSON.stringify(body)] };
}

function isAlertmanager(url: string): boolean {
  return new URL(url).pathname.endsWith('/api/v2/alerts');
}

/** What all of them have. */
function common(all: readonly Readonly<Record<string, string>>[]): Readonly<Record<string, string>> {
  const [first = {}, ...others] = all;
  const shared = Object.entries(first).filter(([name, value]) => others.every((one) => one[name] === value));
  return Object.fromEntries(shared);
}

/** As Alertmanager's webhook has it. */
function notified({ labels, annotations, startsAt, endsAt, generatorUrl, fingerprint }: Alert) {
  return {
    status: endsAt === undefined ? 'firing' : 'resolved',
    labels,
    annotations,
    startsAt: iso(startsAt),
    // "Not ended" is the zero time of Go, which receivers compare with.
    endsAt: endsAt === undefined ? '0001-01-01T00:00:00Z' : iso(endsAt),
    generatorURL: generatorUrl,
    fingerprint,
  };
}

/** Of what an operation, a document or a service has; what is wrong with more can spread over more services. */
const ofOneService: ReadonlySet<string | undefined> = new Set([
  'operation',
  'document',
  'service',
  undefined,
]);

/**
 * As Alertmanager itself takes it. There, labels are what an alert is: one that has become more severe, or has turned out
 * to be wider or narrower, is another one, so that those that it was before are ended.
 */
function postable(alert: Alert): readonly object[] {
  const {
    labels,
    annotations,
    startsAt,
    toldAt,
    endsAt = toldAt + heldMs,
    generatorUrl,
    former = [],
  } = alert;
  const { service = '' } = labels;
  const isStable = ofOneService.has(labels['cause']);
  const shared = {
    annotations: isStable || service === '' ? annotations : { ...annotations, service },
    startsAt: iso(startsAt),
    ...(generatorUrl === '' ? {} : { generatorURL: generatorUrl }),
  };
  const own = lasting(labels);
  const severity = labels['severity'] ?? '';
  const before = alert.isWorse ? lessSevere(severity).map((one) => ({ ...own, severity: one })) : [];
  const others = former.map(lasting).filter((one) => JSON.stringify(one) !== JSON.stringify(own));
  const milder = alert.isWorse ? lessSevere(severity) : [];
  const ended = others.flatMap((one) => [one, ...milder.map((less) => ({ ...one, severity: less }))]);
  return [
    { ...shared, labels: own, endsAt: iso(endsAt) },
    ...[...before, ...ended].map((one) => ({
      ...shared,
      labels: one,
      endsAt: iso(Math.min(toldAt, endsAt)),
    })),
  ];
}

function lasting(labels: Alert['labels']): Alert['labels'] {
  const { service: _, ...others } = labels;
  return ofOneService.has(labels['cause']) ? labels : others;
}

const severities = ['minor', 'major', 'critical'];

function lessSevere(severity: string): readonly string[] {
  return severities.slice(0, Math.max(0, severities.indexOf(severity)));
}

function iso(at: number): string {
  return new Date(at).toISOString();
}

async function send(part: string, settings: Options, context: SendContext): Promise<SendOutcome> {
  const { authorization } = settings;
  const headers = authorization && { authorization: authorization.reveal() };
  const response = await context.post(settings.url, part, headers);
  return judgeStatus(response, context.now()) ?? { kind: 'sent' };
}
