/** What was done to the leader, and who led next. Times are epoch ms. */
export interface Blow {
  readonly kind: 'killed' | 'stopped';
  readonly at: number;
  /** When another node said that it leads. */
  readonly ledAt: number;
  /** When the first call came after that. */
  readonly calledAt: number;
}

/** An operation answered badly in that time. */
export interface Fault {
  readonly service: string;
  readonly operation: string;
  readonly from: number;
  readonly to: number;
}

export interface Told {
  readonly at: number;
  readonly event: string;
  readonly id: string;
  readonly services: readonly string[];
  readonly subject: string;
}

/** What servers and robot have seen. */
export interface ClusterRecord {
  readonly intervalMs: number;
  readonly blows: readonly Blow[];
  readonly faults: readonly Fault[];
  /** Calls of an operation that is always well, and so is called once a cycle; by service. */
  readonly calls: Readonly<Record<string, readonly number[]>>;
  readonly told: readonly Told[];
}

export interface ClusterFindings {
  /** Beginnings and ends that were not told, and what was told of nothing. */
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
  /** Told twice where the first time was right before the leader was gone: it may not have arrived. */
  readonly inFlight: number;
  /** Cycles that came beside the grid, or did not come. */
  readonly offGrid: readonly string[];
  readonly cycles: number;
}

/** An answer was on its way to the leader when that was gone. */
const flightMs = 2000;
const slackMs = 1500;
/** That a fault is over is told by then. */
const tellMs = 150_000;

/** Holds what was told against what was so, and calls against their grid. It knows nothing of the program. */
export function checkCluster(record: ClusterRecord): ClusterFindings {
  const twice = repeated(record);
  return {
    lost: lostIn(record),
    doubled: twice.filter(({ isInFlight }) => !isInFlight).map(({ what }) => what),
    inFlight: twice.filter(({ isInFlight }) => isInFlight).length,
    offGrid: Object.entries(record.calls).flatMap(([service, calls]) => offGridIn(record, service, calls)),
    cycles: Object.values(record.calls).reduce((count, calls) => count + calls.length, 0),
  };
}

function repeated({ told, blows }: ClusterRecord) {
  const first = new Map<string, Told>();
  return told.flatMap((one) => {
    const what = `${one.event} ${one.id} ${one.subject}`;
    const before = first.get(what);
    first.set(what, before ?? one);
    if (before === undefined) return [];
    // In whose hands it was when it arrived first.
    const isInFlight = blows.some(({ at }) => before.at > at - flightMs && before.at < at + flightMs);
    return [{ what: `${what}: ${time(before.at)} and ${time(one.at)}`, isInFlight }];
  });
}

function lostIn({ faults, told }: ClusterRecord): readonly string[] {
  const lost: string[] = [];
  const explained = new Set<Told>();
  for (const { service, operation, from, to } of faults) {
    const name = `${service} ${operation} from ${time(from)} to ${time(to)}`;
    const own = told.filter(
      (one) =>
        one.services.includes(service) &&
        one.subject.includes(operation) &&
        one.at >= from &&
        one.at < to + tellMs,
    );
    for (const one of own) explained.add(one);
    if (!own.some(({ event }) => event === 'opened')) lost.push(`beginning not told: ${name}`);
    if (!own.some(({ event }) => event === 'resolved')) lost.push(`end not told: ${name}`);
  }
  const others = told.filter((one) => !explained.has(one));
  return [...lost, ...others.map((one) => `told of nothing: ${one.event} ${one.subject} ${time(one.at)}`)];
}

/** Off the grid of the second call (before the first one documents are read) come only those that a new leader makes up for, once after each blow. */
function offGridIn(
  { intervalMs, blows }: ClusterRecord,
  service: string,
  calls: readonly number[],
): readonly string[] {
  const wrong: string[] = [];
  const [first = 0, anchor = first] = calls;
  const madeUp = new Set<Blow>();
  for (const [index, at] of calls.entries()) {
    const phase = Math.abs(at - anchor) % intervalMs;
    const isOnGrid = index === 0 || Math.min(phase, intervalMs - phase) <= slackMs;
    const blow = blows.findLast((one) => one.at <= at);
    const isMadeUp = blow !== undefined && at < blow.ledAt + intervalMs && !madeUp.has(blow);
    if (!isOnGrid && isMadeUp) madeUp.add(blow);
    else if (!isOnGrid) wrong.push(`${service}: a cycle beside the grid at ${time(at)}`);
    const gapMs = at - (calls[index - 1] ?? at);
    const isAway = blows.some((one) => one.ledAt > at - gapMs && one.at < at);
    const mostMs = intervalMs + slackMs + (isAway ? 15_000 : 0);
    if (gapMs > mostMs) wrong.push(`${service}: nothing for ${gapMs} ms before ${time(at)}`);
  }
  return wrong;
}

function time(at: number): string {
  return new Date(at).toISOString().slice(11, 23);
}
