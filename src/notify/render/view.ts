import { ellipsize } from '../../lib/text/text.ts';
import { lastsSince } from '../../model/incident.ts';
import type { MessageContent } from '../../model/message.ts';
import type { RenderContext } from '../channels/channel.ts';
import { breakingView } from './breaking-view.ts';
import { firstReportView } from './first-report-view.ts';
import { oneLine } from '../../lib/text/clean.ts';
import { summaryView } from './summary-view.ts';
import { inertView } from './inert.ts';
import { type MessageEvent, eventsOf, isOver } from './events.ts';
import {
  durationOf,
  isStill,
  placeOf,
  isOfNone,
  causeOf,
  isPlain,
  itemOf,
  type Mark,
  type MessageView,
  markOf,
  nameSome,
  ownWord,
  subjectOf,
  type Telling,
} from './item.ts';
import { words } from './languages.ts';
import { timeFormat } from './time.ts';
import type { NewsCounts, Words } from './words.ts';

export const symbols: Readonly<Record<Mark, string>> = {
  critical: '🔴',
  major: '🟠',
  minor: '🟡',
  recovered: '🟢',
  removed: '⚪',
};

type Folded = NonNullable<MessageContent['folded']>;

const headlineBytes = 300;
/** Links are long; of more incidents than these only the page is linked. */
const fewMax = 3;
const whyBytes = 120;

export function viewOf(content: MessageContent, context: RenderContext): MessageView {
  return inertView(rawView(content, context));
}

function rawView(content: MessageContent, context: RenderContext): MessageView {
  if (content.summary !== undefined)
    return { ...summaryView(content.summary, context), ...linkTo('reports', context) };
  const events = eventsOf(content);
  const until = Math.max(content.folded?.at ?? 0, content.lateAt ?? 0);
  const telling: Telling = {
    words: words[context.language],
    time: timeFormat(context.timeZone),
    reference: Math.max(
      until,
      ...events.map((told) => told.at),
      ...(content.breakingChanges ?? []).map((change) => change.at),
      ...(content.firstReports ?? []).map((report) => report.at),
    ),
    until,
    links: context.links,
    few: events.length <= fewMax,
  };
  const [first] = events;
  const mark = first === undefined ? 'minor' : markOf(first);
  const breaking =
    content.breakingChanges === undefined ? undefined : breakingView(content.breakingChanges, telling);
  const introducing =
    content.firstReports === undefined
      ? undefined
      : firstReportView(content.firstReports, telling, context.links !== undefined);
  const testMessage = content.isTest === true ? telling.words.bracket(telling.words.testMessage) : '';
  const omitted = Object.values(content.omitted ?? {}).reduce((sum, count) => sum + count, 0);
  return {
    mark,
    headline:
      first === undefined && introducing !== undefined
        ? `🆕${testMessage}${introducing.headline}`
        : first === undefined && breaking !== undefined
          ? `📄${testMessage}${breaking.headline}`
          : `${symbols[mark]}${testMessage}${headlineOf(content, telling)}`,
    counts: countsOf(content, telling, [introducing?.counts ?? '', breaking?.counts ?? '']),
    ...(introducing !== undefined
      ? linkTo('set-up', context)
      : breaking !== undefined
        ? linkTo('documents', context)
        : {}),
    items: [
      ...events.map((told) => itemOf(told, telling)),
      ...(introducing?.items ?? []),
      ...(breaking?.items ?? []),
    ],
    beyond: omitted + (breaking?.beyond ?? 0),
  };
}

function linkTo(
  name: 'reports' | 'documents' | 'set-up',
  { links, language }: RenderContext,
): Pick<MessageView, 'link'> {
  if (links === undefined) return {};
  return { link: { text: words[language].actions.open, url: links.page(name) } };
}

function headlineOf(content: MessageContent, telling: Telling): string {
  const { words } = telling;
  const [first, second] = eventsOf(content);
  if (first === undefined) return nowOf(content, words);
  const label = words.bracket(labelOf(first, words));
  const id = ` #${first.incident.id}`;
  if (second === undefined && content.omitted === undefined) {
    return `${ellipsize(`${label}${singleText(first, telling)}`, headlineBytes)}${id}`;
  }
  return `${ellipsize(`${label}${summaryText(content, words)}`, headlineBytes)}${id}…`;
}

/** `orders：GET /orders/{id} 失败（HTTP 500）` */
function singleText(told: MessageEvent, telling: Telling): string {
  const { incident } = told;
  const { words } = telling;
  const services = placeOf(told, words);
  const place = services === '' ? '' : `${services}${words.colon}`;
  const outcome = outcomeOf(told, telling);
  // What is the matter comes before where: the place is the longer of the two.
  if (incident.reason.code === 'document' && !isOver(told)) {
    const word = words.reasons.document;
    return `${place}${word} ${subjectOf(told, words)}${outcome.slice(word.length)}`;
  }
  return `${place}${subjectOf(told, words)} ${outcome}`;
}

function outcomeOf(told: MessageEvent, telling: Telling): string {
  const { incident } = told;
  const { words } = telling;
  if (told.kind === 'resolved' && (incident.resolvedAt ?? told.at) < lastsSince(incident))
    return words.recovered;
  if (told.kind === 'resolved') {
    const over = incident.reason.code === 'budget' ? words.budgetLasts : words.recovered;
    return `${over}${words.comma}${words.lasted(durationOf(told, telling))}`;
  }
  if (told.kind === 'removed') return words.noLongerWatched;
  if (told.kind === 'acknowledged') return words.takenBy(told.by ?? '');
  const still = isStill(told, telling.until);
  const own = ownWord(incident, words);
  const one = own ?? words.status(incident.verdict, still);
  const many =
    own === undefined
      ? words.operations(incident.members, incident.verdict, still)
      : words.share(incident.members, own);
  const { of } = incident.members;
  const what = isOfNone(incident) ? words.newConnections(of, still) : of > 1 ? many : one;
  const since = still ? `${words.comma}${words.already(durationOf(told, telling))}` : '';
  const why = isPlain(incident) ? oneLine(words.say(incident.reason.message)) : causeOf(incident, words);
  const alone = told.kind === 'escalation' ? `${words.comma}${words.unattended}` : '';
  const again = incident.flapping?.calmMs === undefined ? '' : `${words.comma}${words.flapping}`;
  const reason = `${ellipsize(why, whyBytes)}${again}${alone}`;
  return `${what}${since}${reason === '' ? '' : words.paren(reason)}`;
}

/** `5 项异常、2 项恢复：orders、users（现有 12/48 接口失败）` */
function summaryText(content: MessageContent, words: Words): string {
  const counts = countKinds(content);
  const what = words.summary(counts.opened + counts.changed + counts.reminded, counts.resolved);
  const services = [...new Set(eventsOf(content).flatMap((told) => told.incident.services))];
  const place =
    services.length === 0 ? '' : `${words.colon}${nameSome(services, words, content.omitted === undefined)}`;
  // Beside names of services it would read as theirs; the line below says it of all.
  const others = content.totals.services?.some((one) => !services.includes(one)) === true;
  const now = others && content.omitted === undefined ? '' : nowOf(content, words);
  return `${what === '' ? words.news(counts) : what}${place}${now === '' ? '' : words.paren(now)}`;
}

/** `新增 5 · 恢复 2`: nothing of it is anybody else's text. */
export function newsOf(content: MessageContent, words: Words): string {
  return words.news(countKinds(content));
}

function countsOf(
  content: MessageContent,
  { words, time, reference }: Telling,
  others: readonly string[],
): string {
  const { folded, forwardedFrom } = content;
  const parts = [
    newsOf(content, words),
    ...others,
    nowOf(content, words),
    folded === undefined ? '' : foldedText(folded, time(folded.since, reference), words),
    forwardedFrom === undefined ? '' : words.forwarded(forwardedFrom, content.refused === true),
  ];
  return parts.filter((part) => part !== '').join(' · ');
}

/** What this message tells of is none of the others that are open. */
function nowOf(content: MessageContent, words: Words): string {
  const { totals } = content;
  const told = eventsOf(content).filter((event) => !isOver(event)).length;
  const open = Math.max(0, (totals.open ?? 0) - told);
  return totals.checks === 0 ? '' : words.now({ ...totals, open });
}

function foldedText({ messages, held }: Folded, since: string, words: Words): string {
  return held === true ? words.held(messages, since) : words.folded(messages, since);
}

/** All that happened, listed or not. */
function countKinds(content: MessageContent): NewsCounts {
  const reminded = content.followUps?.filter(({ kind }) => kind !== 'acknowledged').length ?? 0;
  const counts = { opened: 0, changed: 0, resolved: 0, removed: 0, reminded, ...content.omitted };
  for (const { kind } of content.transitions) counts[kind]++;
  return counts;
}

/** `严重`, `严重·持续`, `恢复` … */
function labelOf(told: MessageEvent, words: Words): string {
  if (told.kind === 'resolved') return words.recovered;
  if (told.kind === 'removed') return words.removed;
  if (told.kind === 'acknowledged') return words.taken;
  const severity = words.severity[told.incident.severity];
  return told.kind === 'opened' ? severity : words.ongoingLabel(severity, told.kind);
}
