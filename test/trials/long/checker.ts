import type { Told, ToldIncident } from '../support/robot.ts';
import type { Fault } from './plan.ts';

/** What was done to the world and what the world was told, in ms of one clock. */
export interface Record {
  readonly startedAt: number;
  readonly endedAt: number;
  readonly intervalMs: number;
  readonly faults: readonly Fault[];
  readonly kills: number;
  readonly told: readonly Told[];
  readonly incidents: readonly ToldIncident[];
}

export interface Findings {
  /** What is not as it should be, in words; empty when all is. */
  readonly wrong: readonly string[];
  readonly checked: number;
  readonly doubled: number;
  readonly falseAlarms: number;
  readonly tellMs: readonly number[];
  readonly recoverMs: readonly number[];
}

/** A cycle that was under way when a fault ended may still tell of it. */
const graceMs = 90_000;

/** Holds what groups were told against what was done: knows nothing of how the patrol works. */
export function check(record: Record): Findings {
  const lasting = record.faults.filter(({ from, to }) => to - from >= 2 * record.intervalMs);
  const stories = lasting.map((fault) => storyOf(fault, record));
  const doubled = doubles(record.told);
  const alarms = record.incidents.filter((one) => one.event === 'opened' && !isExplained(one, record));
  return {
    wrong: [
      ...stories.flatMap(({ wrong }) => wrong),
      ...alarms.map((one) => `${one.key} was told of ${one.level} ${one.subject} while nothing was broken`),
      ...(doubled > record.kills ? [`${doubled} messages came twice after ${record.kills} kills`] : []),
    ],
    checked: lasting.length,
    doubled,
    falseAlarms: alarms.length,
    tellMs: stories.flatMap(({ tellMs }) => tellMs ?? []),
    recoverMs: stories.flatMap(({ recoverMs }) => recoverMs ?? []),
  };
}

interface Story {
  readonly wrong: readonly string[];
  readonly tellMs?: number;
  readonly recoverMs?: number;
}

function storyOf(fault: Fault, record: Record): Story {
  const [from, to] = [record.startedAt + fault.from, record.startedAt + fault.to];
  const next = record.faults.find(({ service, from: at }) => service === fault.service && at > fault.from);
  const end = next === undefined ? record.endedAt : record.startedAt + next.from;
  const name = `${fault.kind} of ${fault.service} at ${Math.round(fault.from / 1000)} s`;
  const own = record.incidents.filter(({ key, at }) => key === fault.service && at >= from && at < end);
  const opened = own.filter(({ event, at }) => event === 'opened' && at <= to + graceMs);
  const [first] = opened;
  if (first === undefined) return { wrong: [`${name}: its beginning was not told`] };
  const ends = opened.map(({ id }) =>
    own.find((one) => isEnd(one) && (one.id === id || one.closes.includes(id))),
  );
  const over = ends.flatMap((one) => (one === undefined ? [] : [one.at]));
  const untold = opened.filter((_, index) => ends[index] === undefined);
  const unread = opened.filter(({ id }) => !isRead(record.told, fault.service, id));
  return {
    wrong: [
      ...untold.map(({ id, level }) => `${name}: the end of ${level} #${id} was not told`),
      ...unread.map(({ id, level }) => `${name}: ${level} #${id} never stood in the chat`),
    ],
    tellMs: first.at - from,
    ...(untold.length === 0 ? { recoverMs: Math.max(...over) - to } : {}),
  };
}

function isEnd({ event }: ToldIncident): boolean {
  return event === 'resolved' || event === 'removed';
}

function isRead(told: readonly Told[], key: string, id: string): boolean {
  return told.some((one) => one.key === key && one.text.includes(`#${id}`));
}

function isExplained({ key, at }: ToldIncident, { faults, startedAt }: Record): boolean {
  return faults.some(
    ({ service, from, to }) => service === key && at >= startedAt + from && at <= startedAt + to + graceMs,
  );
}

/** The bytes of a message are its own: whatever comes again is the same one. */
function doubles(told: readonly Told[]): number {
  return told.length - new Set(told.map(({ key, text }) => `${key} ${text}`)).size;
}
