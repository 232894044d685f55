import { sha256 } from '../../../lib/text/text.ts';
import type { FormerCause, Incident } from '../../../model/incident.ts';
import type { BreakingChanges, FirstReport, MessageContent } from '../../../model/message.ts';
import type { RenderContext } from '../channel.ts';
import { inertBehind, unlinkedBehind } from '../../render/inert.ts';
import { breakingView } from '../../render/breaking-view.ts';
import { firstReportView } from '../../render/first-report-view.ts';
import { type MessageEvent, eventsOf, isOver } from '../../render/events.ts';
import type { ItemView, MessageView } from '../../render/item.ts';
import { words } from '../../render/languages.ts';
import { timeFormat } from '../../render/time.ts';

/** What Alertmanager calls an alert; times are epoch ms. */
export interface Alert {
  /** What it is. */
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: number;
  /** Absent: it goes on. */
  readonly endsAt?: number;
  readonly generatorUrl: string;
  readonly fingerprint: string;
  readonly toldAt: number;
  /** It was told before and is worse now, perhaps also more severe. */
  readonly isWorse: boolean;
  /** Labels that it had when it was told as another cause. */
  readonly former?: readonly Readonly<Record<string, string>>[];
}

/** A message as alerts, at most `max` of its incidents: these, documents that have changed, and a summary as one. */
export function alertsOf(
  content: MessageContent,
  view: MessageView,
  context: RenderContext,
  max: number,
): readonly Alert[] {
  const events = eventsOf(content).slice(0, max);
  return [
    ...events.map((told, index) => incidentAlert(told, view.items[index], context)),
    ...(content.breakingChanges ?? []).map((change) => documentAlert(change, context)),
    ...(content.firstReports ?? []).map((report) => firstReportAlert(report, context)),
    ...(content.summary === undefined ? [] : [summaryAlert(content.summary, view, context)]),
  ];
}

function incidentAlert(
  told: MessageEvent,
  item: ItemView | undefined,
  { links, ownAddresses }: RenderContext,
): Alert {
  const { incident } = told;
  const over = isOver(told);
  const labelled = ({ services, subjectLabel, cause }: FormerCause) =>
    labelsOf('ApiPatrolIncident', {
      // The worst that was told: its end has to have the same.
      severity: incident.told?.severity ?? incident.severity,
      service: services.join(','),
      instance: subjectLabel,
      cause: cause.level,
      incident: incident.id,
    });
  return {
    labels: labelled(incident),
    former: incident.was?.map(labelled),
    annotations: {
      summary: unlinkedBehind(
        `${item?.title ?? ''} ${item?.status ?? ''} ${item?.id ?? ''}`.trim(),
        ownAddresses,
      ),
      description: item === undefined ? '' : linesOf(item, ownAddresses).join('\n'),
      reason: incident.reason.code,
    },
    startsAt: incident.openedAt,
    ...(over ? { endsAt: incident.resolvedAt ?? told.at } : {}),
    generatorUrl: links?.incident(incident.id) ?? '',
    fingerprint: fingerprintOf(incident),
    toldAt: told.at,
    isWorse: told.kind === 'changed',
  };
}

function documentAlert(
  change: BreakingChanges,
  { language, timeZone, links, ownAddresses }: RenderContext,
): Alert {
  const telling = { words: words[language], time: timeFormat(timeZone), reference: change.at };
  const { headline, counts, items, beyond } = breakingView([change], telling);
  const operations = items.map(({ title, status, brief }) =>
    brief === status ? `${title}: ${status}` : `${title}: ${brief}`,
  );
  const more = beyond === 0 ? [] : [telling.words.more(beyond)];
  return {
    labels: labelsOf('ApiPatrolDocumentChange', {
      severity: 'minor',
      service: change.service,
      instance: change.uri,
    }),
    annotations: {
      summary: unlinkedBehind(headline, ownAddresses),
      description: [counts, ...operations, ...more]
        .map((line) => unlinkedBehind(line, ownAddresses))
        .join('\n'),
    },
    startsAt: change.at,
    toldAt: change.at,
    generatorUrl: links?.page('documents') ?? '',
    fingerprint: sha256(`${change.service}\n${change.uri}\n${change.at}`).slice(0, 16),
    isWorse: false,
  };
}

function firstReportAlert(report: FirstReport, { language, links, ownAddresses }: RenderContext): Alert {
  const { service, at } = report;
  const { headline, counts, items } = firstReportView(
    [report],
    { words: words[language] },
    links !== undefined,
  );
  const lines = items.flatMap((item) => linesOf(item, ownAddresses));
  return {
    labels: labelsOf('ApiPatrolFirstReport', { severity: 'minor', service: service }),
    annotations: {
      summary: unlinkedBehind(headline, ownAddresses),
      description: [counts, ...lines]
        .filter((line) => line !== '')
        .map((line) => unlinkedBehind(line, ownAddresses))
        .join('\n'),
    },
    startsAt: at,
    toldAt: at,
    generatorUrl: links?.page('set-up') ?? '',
    fingerprint: sha256(`first report\n${service}\n${at}`).slice(0, 16),
    isWorse: false,
  };
}

function summaryAlert(
  { every, from, to }: NonNullable<MessageContent['summary']>,
  { headline, counts, items }: MessageView,
  { links, ownAddresses }: RenderContext,
): Alert {
  const lines = items.map((item) =>
    [unlinkedBehind(item.title, ownAddresses), ...linesOf(item, ownAddresses)].join('\n'),
  );
  return {
    labels: labelsOf('ApiPatrolSummary', { severity: 'minor', instance: every }),
    annotations: {
      summary: unlinkedBehind(headline, ownAddresses),
      description: [unlinkedBehind(counts, ownAddresses), ...lines].join('\n'),
    },
    startsAt: to,
    toldAt: to,
    generatorUrl: links?.page('reports') ?? '',
    fingerprint: sha256(`summary\n${every}\n${from}`).slice(0, 16),
    isWorse: false,
  };
}

/** A command is there to be copied: it keeps its address. */
function linesOf({ details }: ItemView, own: readonly string[] | undefined): readonly string[] {
  return details
    .filter(({ links }) => links === undefined)
    .map(
      ({ label, value, code }) =>
        `${label}: ${code === true ? inertBehind(value) : unlinkedBehind(value, own)}`,
    );
}

/** A label without a value is none. */
function labelsOf(
  alertname: string,
  labels: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const given = Object.entries(labels).filter(([, value]) => value !== '');
  return { alertname, ...Object.fromEntries(given.map(([name, value]) => [name, inertBehind(value)])) };
}

function fingerprintOf({ id, openedAt }: Incident): string {
  return sha256(`${id}\n${openedAt}`).slice(0, 16);
}
