import { sha256 } from '../../lib/text/text.ts';
import type { Incident } from '../../model/incident.ts';
import { isTransportFailure, type ReasonCode } from '../../model/result.ts';
import { keyOf } from '../../model/sentence.ts';

/** Whatever shares them, these have many causes that only the words tell apart: a wrong password and a dead endpoint. */
const toldByWords: ReadonlySet<ReasonCode> = new Set<ReasonCode>(['credential', 'document', 'tls']);
/** So have these of one operation; of many that differ alike no words are said. */
const toldByWordsOfOne: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'schema',
  'content-type',
  'body',
  'assertion',
  'drift',
]);
/** Addresses, times, numbers and ids differ from call to call; a status (three digits of their own) says what it is. */
const passing = /\b(?!\d{3}\b)[\w.:-]*\d[\w.:-]*/g;
const wordBytes = 600;

/** What one has to do is the same for all statuses of a class: 5 of 503; 0 of none. */
export function classOf(status = 0): number {
  return Math.floor(status / 100);
}

/** Those of the statuses among faults. */
export function classesAmong(faults: readonly string[]): ReadonlySet<number> {
  return new Set([...statusesAmong(faults)].map(classOf));
}

/** Statuses among faults. */
function statusesAmong(faults: readonly string[]): ReadonlySet<number> {
  return new Set(
    faults.flatMap((fault) => {
      const [, status] = /^status (\d+)/.exec(fault) ?? [];
      return status === undefined ? [] : [Number(status)];
    }),
  );
}

/** Several of them. */
const severalStatuses = 'status ';

/** The same for a fault that comes back, another for another one: by its reason, status, or what is said of it. */
export function faultOf({ reason, status, cause }: Pick<Incident, 'reason' | 'status' | 'cause'>): string {
  const { code, message } = reason;
  if (code === 'status') return status === undefined ? severalStatuses : `${code} ${status}`;
  const hasWords = toldByWords.has(code) || (cause.level === 'operation' && toldByWordsOfOne.has(code));
  if (!hasWords) return code;
  const said = keyOf(message);
  const words = code === 'document' ? said : said.slice(0, wordBytes).replaceAll(passing, '#');
  return `${code} ${sha256(words).slice(0, 8)}`;
}

/** Whether what is found now fails in the way that people have been told of. */
export function isAlike(
  incident: Pick<Incident, 'told' | 'reason' | 'status'>,
  now: Pick<Incident, 'reason' | 'status'>,
): boolean {
  const { told, reason } = incident;
  const way = wayOf(now.reason.code);
  const isSameWay = (told?.codes ?? [reason.code]).every((code) => wayOf(code) === way);
  return isSameWay && (now.status === undefined || mayBeStatus(incident, now.status));
}

/** Whether people have been told, beside other things, that it fails like this. */
export function isAsTold(
  incident: Pick<Incident, 'told' | 'reason' | 'status'>,
  now: Pick<Incident, 'reason' | 'status'>,
): boolean {
  const way = wayOf(now.reason.code);
  const isKnownWay = (incident.told?.codes ?? [incident.reason.code]).some((code) => wayOf(code) === way);
  return isKnownWay && (now.status === undefined || mayBeStatus(incident, now.status));
}

/** Where several are seen now it may be one of those that have been told; that these were several as well says nothing. */
function mayBeStatus({ told, status }: Pick<Incident, 'told' | 'status'>, now: number): boolean {
  if (status !== undefined) return status === now;
  const faults = told?.faults ?? [];
  const statuses = statusesAmong(faults);
  return statuses.size === 0 || statuses.has(now) || faults.includes(severalStatuses);
}

/** No answer, however it comes about, and no access, with a token or without one, are one way of failing each. */
function wayOf(code: ReasonCode): string {
  if (isTransportFailure(code) || code === 'origin-down') return 'silent';
  return code === 'auth-rejected' ? 'credential' : code;
}
