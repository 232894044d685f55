import { isEmptied } from '../../messages/emptied.ts';
import type { Sentence } from '../../model/sentence.ts';
import { spokenDuration } from '../../lib/time/duration.ts';
import { ellipsize } from '../../lib/text/text.ts';
import type { LastEdit } from '../../model/document.ts';
import { failedUntil, type Incident, lastsSince, type MemberNote } from '../../model/incident.ts';
import type { CauseLevel } from '../../model/cause.ts';
import type { ReasonCode } from '../../model/result.ts';
import type { Severity } from '../../model/settings.ts';
import type { Links } from '../messages/links.ts';
import { oneLine } from '../../lib/text/clean.ts';
import { type MessageEvent, isOngoing, isOver } from './events.ts';
import type { TimeFormat } from './time.ts';
import type { Words } from './words.ts';

/** How a message or an incident in it looks at a glance. */
export type Mark = Severity | 'recovered' | 'removed';

/** What a message says, free of any channel's markup. Every text is on one line and still has to be escaped. */
export interface MessageView {
  readonly mark: Mark;
  /** Stands alone on a lock screen: `🔴【严重】orders：GET /orders/{id} 失败（HTTP 500） #A7F3`. */
  readonly headline: string;
  /** `新增 5 · 恢复 2 · 现有 12/48 接口失败` */
  readonly counts: string;
  /** Where it is told at length, when that is no incident's place. */
  readonly link?: Link;
  readonly items: readonly ItemView[];
  /** What is counted but not listed. */
  readonly beyond: number;
}

/** One incident as a message tells it, free of markup. Every text is on one line and still has to be escaped. */
export interface ItemView {
  readonly mark: Mark;
  /** `#A7F3` */
  readonly id: string;
  readonly title: string;
  /** `失败`, `仍在失败`, `恢复` … */
  readonly status: string;
  readonly details: readonly Detail[];
  /** The most important of the details, for one line. */
  readonly brief: string;
}

export interface Detail {
  readonly label: string;
  readonly value: string;
  /** To be shown as code. */
  readonly code?: boolean;
  /** In place of the value. */
  readonly links?: readonly Link[];
}

export interface Link {
  readonly text: string;
  readonly url: string;
}

export interface Telling {
  readonly words: Words;
  readonly time: TimeFormat;
  /** The latest thing that the message tells, epoch ms: times of its day are written short. */
  readonly reference: number;
  /** What goes on had gone on until then, when that is later than what is told, epoch ms. */
  readonly until?: number;
  readonly links?: Links;
  /** Few enough incidents for each to have links that do something. */
  readonly few: boolean;
}

/** Bytes of one value; a message keeps room for several incidents. */
const valueBytes = 320;
const curlBytes = 700;
const titleBytes = 200;
const briefBytes = 160;
/** What has gone on for less has only just begun. */
const shortMs = 60_000;
export const namedMax = 3;

export function itemOf(told: MessageEvent, telling: Telling): ItemView {
  const { incident } = told;
  const { words } = telling;
  const good = isOver(told);
  const reason = causeText(incident, words);
  return {
    mark: markOf(told),
    id: `#${incident.id}`,
    title: ellipsize(titleOf(told, words), titleBytes),
    status: statusOf(told, words),
    details: good ? goodDetails(told, reason, telling) : badDetails(told, reason, telling),
    brief: ellipsize(good ? endedBriefly(told, telling) : reason, briefBytes),
  };
}

function endedBriefly(told: MessageEvent, telling: Telling): string {
  const { words } = telling;
  const closed = closedText(told.incident, words);
  const span = spanOf(told, telling);
  return closed === '' ? span : `${span}${words.comma}${words.labels.closes}${words.colon}${closed}`;
}

export function markOf(told: MessageEvent): Mark {
  if (told.kind === 'resolved') return 'recovered';
  return told.kind === 'removed' ? 'removed' : told.incident.severity;
}

export function durationOf(told: MessageEvent, { words, until = 0 }: Telling): string {
  const { incident } = told;
  if (isOver(told)) return spokenDuration(overAt(told) - lastsSince(incident), words.language);
  const began = incident.flapping?.since ?? lastsSince(incident);
  return spokenDuration(Math.max(told.at, until) - began, words.language);
}

/** When it failed last, of what has been well for some minutes since. */
function overAt({ incident, at }: MessageEvent): number {
  return failedUntil(incident, incident.resolvedAt ?? at);
}

/** The first three names and how many there are, if that is known. */
export function nameSome(names: readonly string[], words: Words, isAll = true): string {
  const some = names.slice(0, namedMax).map(oneLine).join(words.listComma);
  return names.length > namedMax ? words.others(some, isAll ? names.length : undefined) : some;
}

function titleOf(told: MessageEvent, words: Words): string {
  const services = placeOf(told, words);
  return `${services === '' ? '' : `${services} · `}${subjectOf(told, words)}`;
}

/** The services; nothing where what fails is the one service and is called like it. */
export function placeOf(told: MessageEvent, words: Words): string {
  const { services } = told.incident;
  const [only] = services;
  return services.length === 1 && only === subjectOf(told, words) ? '' : nameSome(services, words);
}

/** It goes on since it was told, and has not just come back. */
export function isStill(told: MessageEvent, until = told.at): boolean {
  const { incident } = told;
  const { since: back = 0 } = incident.flapping ?? {};
  const isBack = back > lastsSince(incident) && Math.max(told.at, until) - back < shortMs;
  return isOngoing(told) && !isBack;
}

function statusOf(told: MessageEvent, words: Words): string {
  if (told.kind === 'resolved') return words.recovered;
  if (told.kind === 'removed') return words.removed;
  if (told.kind === 'acknowledged') return words.takenBy(told.by ?? '');
  const notes = [
    told.incident.flapping === undefined ? '' : words.flapping,
    told.kind === 'escalation' ? words.unattended : '',
  ].filter((note) => note !== '');
  const status = ownWord(told.incident, words) ?? words.status(told.incident.verdict, isStill(told));
  return notes.length === 0 ? status : `${status}${words.paren(notes.join(words.comma))}`;
}

/** Of many operations at once, what does not fail: it comes and goes, it is slow, or nothing is known of it. */
export function ownWord({ cause, reason: { code } }: Incident, words: Words): string | undefined {
  return cause.level !== 'operation' && selfExplaining.has(code) ? words.reasons[code] : undefined;
}

/** Something is broken, and no operation has met it yet. */
export function isOfNone({ members: { count, of } }: Incident): boolean {
  return count === 0 && of > 0;
}

/** The reason says all: nothing is broken that its level would name. */
export function isPlain(incident: Incident): boolean {
  const { cause, reason } = incident;
  const { code } = reason;
  return isOfNone(incident) || cause.level === 'operation' || (code !== 'flaky' && selfExplaining.has(code));
}

/** What needs neither "failing" nor "degraded". */
const selfExplaining: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'flaky',
  'no-data',
  'latency',
  'document',
  'certificate',
  'budget',
]);

/** A host is known by its name; an address with its scheme would become a link in some channels and none in others. */
const addressed: ReadonlySet<CauseLevel> = new Set<CauseLevel>(['origin', 'gateway', 'document']);

/** `api.yaml:3:7` as editors understand it; when it is over, the place is of no interest any more. */
export function subjectOf(told: MessageEvent, words: Words): string {
  const { subjectLabel, label: named, place, cause, services } = told.incident;
  if (named !== undefined) return oneLine(words.say(named));
  const where = isOver(told) ? [] : [place?.line, place?.column];
  const label = addressed.has(cause.level) ? subjectLabel.replace(/^https?:\/\//, '') : subjectLabel;
  const isNamesake = cause.level === 'credential' && services.includes(label);
  const subject = isNamesake ? words.credential(label) : label;
  return oneLine([subject, ...where.filter((part) => part !== undefined)].join(':'));
}

function isOfCertificate(message: Sentence): boolean {
  const said = typeof message === 'string' ? message : message.$say;
  return typeof said === 'string' && /certificate/i.test(said);
}

/** What is at fault, in a word: whoever answers when asked again is not down. */
export function causeOf({ cause, reason }: Incident, words: Words): string {
  if (cause.level === 'gateway' && reason.code === 'flaky') return words.unsteady;
  if (cause.level === 'document' && reason.code !== 'document')
    return isEmptied(reason.message) ? words.emptied : words.mismatch;
  // Whoever shows a certificate is up.
  const isUp = cause.level === 'origin' && reason.code === 'tls';
  return isUp ? words.untrusted(isOfCertificate(reason.message)) : words.causes[cause.level];
}

function causeText(incident: Incident, words: Words): string {
  const { reason } = incident;
  const level = isPlain(incident) ? '' : `${causeOf(incident, words)}${words.listComma}`;
  const message = oneLine(words.say(reason.message));
  if (isEmptied(reason.message)) return `${words.emptied}${words.colon}${message}`;
  const label = words.reasons[reason.code];
  return message.startsWith(label) ? `${level}${message}` : `${level}${label}${words.colon}${message}`;
}

function badDetails(told: MessageEvent, reason: string, telling: Telling): readonly Detail[] {
  if (told.kind === 'acknowledged') return takenDetails(told, reason, telling);
  const { expected, found, said: answer, hint, curl } = told.incident;
  const { labels, say } = telling.words;
  return [
    detail(labels.cause, reason),
    detail(labels.since, spanOf(told, telling)),
    detail(labels.times, timesOf(told, telling)),
    detail(labels.closes, closedText(told.incident, telling.words)),
    detail(labels.affected, affectedText(told.incident, telling.words)),
    detail(labels.relieved, nameSome(told.relieved ?? [], telling.words)),
    detail(labels.expected, said(expected, say)),
    detail(labels.found, said(found, say)),
    detail(labels.said, answer),
    detail(labels.lastPass, lastPassOf(told.incident, telling)),
    detail(labels.documentChange, changeOf(told.incident, telling)),
    detail(labels.lastEdit, editText(told.incident.history?.lastEdit, telling)),
    detail(labels.hint, said(hint, say)),
    detail(labels.nextTry, nextTryOf(told, telling)),
    detail(labels.address, addressOf(told.incident), true),
    detail(labels.reproduce, curl, true),
    linksOf(told, telling),
  ].filter((item) => item !== undefined);
}

/** Of a document that is fetched, to be copied: what names it is no address. */
function addressOf({ cause, subjectLabel }: Incident): string {
  return cause.level === 'document' && URL.canParse(subjectLabel) ? subjectLabel : '';
}

/** Everybody has read the rest. */
/** A sign-in that is tried again within the minute is of no interest; later on it may have been tried. */
function nextTryOf({ incident, at }: MessageEvent, { time, reference, until = 0 }: Telling): string {
  const { nextTryAt = 0 } = incident;
  return nextTryAt - Math.max(at, until) < 60_000 ? '' : time(nextTryAt, reference);
}

function takenDetails(told: MessageEvent, reason: string, telling: Telling): readonly Detail[] {
  const { labels } = telling.words;
  const link = linksOf(told, telling);
  return [
    detail(labels.note, told.note),
    detail(labels.cause, reason),
    detail(labels.since, spanOf(told, telling)),
    ...(link === undefined ? [] : [{ ...link, links: link.links?.slice(0, 1) ?? [] }]),
  ].filter((item) => item !== undefined);
}

/** To its page, and while it goes on to what can be done about it. */
function linksOf(told: MessageEvent, { words, links, few }: Telling): Detail | undefined {
  if (links === undefined || told.incident.reason.code === 'channel') return undefined;
  const { id } = told.incident;
  const actions = few && !isOver(told) ? (['ack', 'check', 'silence'] as const) : [];
  const offered = actions.filter((action) => action !== 'check' || canBeCalled(told.incident));
  const acting = offered.flatMap((action) => {
    const url = links.act(id, action);
    return url === undefined ? [] : { text: words.actions[action], url };
  });
  const all = [{ text: words.actions.open, url: links.incident(id) }, ...acting];
  return { label: words.labels.links, value: '', links: all };
}

/** A document that cannot be read, like a store, has no operation that would show whether it is over. */
function canBeCalled({ cause, members }: Incident): boolean {
  return cause.level !== 'document' && members.worst.length > 0;
}

function lastPassOf({ history }: Incident, { time, reference }: Telling): string {
  const at = history?.lastPassAt;
  return at === undefined ? '' : time(at, reference);
}

function changeOf({ history }: Incident, { words, time, reference }: Telling): string {
  const change = history?.change;
  if (change === undefined) return '';
  return `${time(change.at, reference)}${words.colon}${change.details.map((text) => oneLine(words.say(text))).join(words.listComma)}`;
}

/** `张三，03-09 12:03`; names are short already. */
export function editText(
  edit: LastEdit | undefined,
  { words, time, reference }: Pick<Telling, 'words' | 'time' | 'reference'>,
): string {
  if (edit === undefined) return '';
  const { by = '', at, uncommitted } = edit;
  const parts = [oneLine(by), time(at, reference), uncommitted === true ? words.uncommitted : ''];
  return parts.filter((part) => part !== '').join(words.comma);
}

function affectedText({ members, services }: Incident, words: Words): string {
  if (members.of <= 1 || members.worst.length === 0) return '';
  // Services of one host may have the same paths.
  const labelOf = ({ service, label }: MemberNote): string =>
    oneLine(services.length > 1 ? `${service} ${label}` : label);
  const named = members.worst.slice(0, namedMax).map(labelOf);
  const names = named.join(words.listComma);
  const all = members.count > named.length ? words.others(names, members.count) : names;
  const { shares = [] } = members;
  if (services.length < 2 || shares.length < 2 || shares.length > namedMax) return all;
  const each = shares.map(({ service, count }) => `${oneLine(service)} ${count}`);
  return `${all}${words.paren(each.join(words.listComma))}`;
}

function goodDetails(told: MessageEvent, reason: string, telling: Telling): readonly Detail[] {
  const { words } = telling;
  const after = told.kind === 'removed' ? detail(words.removed, words.noLongerWatched) : undefined;
  const was = detail(words.recoveredFrom, reason);
  const since = detail(words.labels.since, spanOf(told, telling));
  const times = detail(words.labels.times, timesOf(told, telling));
  const closes = detail(words.labels.closes, closedText(told.incident, words));
  return [after, closes, was, since, times, linksOf(told, telling)].filter((item) => item !== undefined);
}

/** Numbers that were told before it turned out to be one trouble; whoever has them looks for each. */
export function closedText({ closes = [] }: Incident, words: Words): string {
  return closes.map(({ id }) => `#${id}`).join(words.listComma);
}

/** That it has begun before, by itself or while it had not ended yet. */
function timesOf(told: MessageEvent, { words }: Telling): string {
  const { times = 0, calmMs } = told.incident.flapping ?? {};
  if (times < 2) return '';
  if (told.kind === 'resolved') return words.cameAndWent(times);
  const over = calmMs === undefined ? '' : words.overOnceWell(spokenDuration(calmMs, words.language));
  return over === '' ? words.times(times) : `${words.times(times)}${words.comma}${over}`;
}

const said = (text: Sentence | undefined, say: Words['say']): string | undefined =>
  text === undefined ? undefined : say(text);

function detail(label: string, value: string | undefined, code = false): Detail | undefined {
  const text = value === undefined ? '' : ellipsize(oneLine(value), code ? curlBytes : valueBytes);
  if (text === '') return undefined;
  return code ? { label, value: text, code } : { label, value: text };
}

/** `自 12:03 起，已 32 分钟，连续 3 轮` or `12:03 至 12:35，历时 32 分钟`; of what comes and goes also when it came back, and how long it has been quiet. */
function spanOf(told: MessageEvent, telling: Telling): string {
  const { incident } = told;
  const { words, time, reference, until = 0 } = telling;
  const since = lastsSince(incident);
  const start = time(since, reference);
  if (isOver(told)) {
    const [endedAt, failedAt] = [incident.resolvedAt ?? told.at, overAt(told)];
    const span = words.from(start, time(failedAt, reference));
    if (endedAt < since) return `${span}${words.comma}${words.clockSetBack}`;
    const quietMs = endedAt - failedAt;
    const quiet =
      quietMs < 60_000 ? '' : `${words.comma}${words.quiet(spokenDuration(quietMs, words.language))}`;
    return `${span}${words.comma}${words.lasted(durationOf(told, telling))}${awayOf(incident, words)}${quiet}`;
  }
  const { since: back = since } = incident.flapping ?? {};
  const again = back > since ? `${words.comma}${words.again(time(back, reference))}` : '';
  const began = `${words.from(start, '')}${again}`;
  if (Math.max(told.at, until) - back < shortMs) return began;
  const already = words.already(durationOf(told, telling));
  // How many cycles it has been is known for the moment that is told, not for a later one.
  const cycles = told.at < until ? '' : `${words.comma}${words.cycles(incident.failingCycles)}`;
  return `${began}${words.comma}${already}${awayOf(incident, words)}${cycles}`;
}

/** Nobody knows how it was in the meantime. */
function awayOf({ unwatchedMs = 0 }: Incident, words: Words): string {
  return unwatchedMs === 0
    ? ''
    : `${words.comma}${words.paused(spokenDuration(unwatchedMs, words.language))}`;
}
