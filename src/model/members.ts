import type { Incident, Members, MemberShare } from './incident.ts';

type Counts = Pick<Members, 'count' | 'of'>;

const worstShown = 5;

/** Those of the members that are of these sources; all of them when there is but one source. */
export function membersOf(members: Members, sources: readonly string[]): Members {
  if (members.shares === undefined) return members;
  const shares = members.shares.filter(({ source }) => sources.includes(source));
  return {
    count: shares.reduce((sum, { count }) => sum + count, 0),
    of: shares.reduce((sum, { of }) => sum + of, 0),
    worst: shares.flatMap(({ worst }) => worst).slice(0, worstShown),
  };
}

/** A text that begins with counts, with others in their place; as it is when it does not begin with these. */
export function recounted(message: string, before: Counts, now: Counts): string {
  const [was, is] = [before, now].map(({ count, of }) => `${count} of ${of} operations`);
  return was !== undefined && message.startsWith(was) ? `${is}${message.slice(was.length)}` : message;
}

/** Of two counts of one incident the larger, with the largest share that each source has had. */
export function widestOf(
  before: Pick<Incident, 'members' | 'sources'>,
  now: Pick<Incident, 'members' | 'sources'>,
): Members {
  const shares = new Map(sharesOf(before).map((share) => [share.source, share]));
  for (const share of sharesOf(now))
    if (share.count >= (shares.get(share.source)?.count ?? 0)) shares.set(share.source, share);
  const { members } = now.members.count >= before.members.count ? now : before;
  return shares.size < 2 ? members : { ...members, shares: [...shares.values()] };
}

function sharesOf({ members, sources }: Pick<Incident, 'members' | 'sources'>): readonly MemberShare[] {
  const [source, another] = sources;
  if (members.shares !== undefined || source === undefined || another !== undefined)
    return members.shares ?? [];
  const { count, of, worst } = members;
  return [{ source, count, of, worst }];
}

/** The incident as far as it concerns these sources. */
export function concerning(incident: Incident, sources: readonly string[]): Incident {
  if (incident.sources.every((source) => sources.includes(source))) {
    if (incident.members.shares?.every(({ source }) => sources.includes(source)) !== false) return incident;
  }
  const members = membersOf(incident.members, sources);
  const message = recounted(incident.reason.message, incident.members, members);
  return {
    ...incident,
    sources: incident.sources.filter((source) => sources.includes(source)),
    members,
    reason: { ...incident.reason, message },
  };
}
