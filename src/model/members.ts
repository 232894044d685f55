import type { FormerCause, Incident, Members, MemberShare } from './incident.ts';

type Counts = Pick<Members, 'count' | 'of'>;

const worstShown = 5;

/** Those of the members that are of these sources. */
export function membersOf(members: Members, sources: readonly string[]): Members {
  if (members.shares === undefined) {
    const isOfOthers = members.worst.some(({ source }) => !sources.includes(source));
    return isOfOthers ? { count: 0, of: 0, worst: [] } : members;
  }
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

/** Sources that are affected now: one that has got narrower has been about more of them. */
export function affectedSources({
  members,
  sources,
}: Pick<Incident, 'members' | 'sources'>): readonly string[] {
  if (members.shares !== undefined) return members.shares.map(({ source }) => source);
  const [worst] = members.worst;
  return worst === undefined ? sources : [worst.source];
}

/** Without those of these sources. */
export function membersWithout(members: Members, sources: readonly string[]): Members {
  const { shares = [], worst, watched } = members;
  const dropped = shares.filter(({ source }) => sources.includes(source));
  if (dropped.length === 0) return members;
  const ids = new Set(dropped.flatMap((share) => share.worst.map(({ checkId }) => checkId)));
  return {
    ...members,
    count: members.count - dropped.reduce((sum, { count }) => sum + count, 0),
    worst: worst.filter(({ source }) => !sources.includes(source)),
    ...(watched === undefined ? {} : { watched: watched.filter((id) => !ids.has(id)) }),
    shares: shares.filter(({ source }) => !sources.includes(source)),
  };
}

/** The incident as far as it concerns these sources, without a word about others. */
export function concerning(incident: Incident, sources: readonly string[]): Incident {
  const isTheirs = (source: string): boolean => sources.includes(source);
  if (incident.sources.every(isTheirs) && affectedSources(incident).every(isTheirs)) return incident;
  const members = membersOf(incident.members, sources);
  const message = recounted(incident.reason.message, incident.members, members);
  const { widest: _, was, ...shown } = incident;
  const own = {
    ...shown,
    sources: incident.sources.filter(isTheirs),
    members,
    ...(was === undefined ? {} : { was: formerOf(was, sources) }),
  };
  return { ...ownSubject(own, incident.sources), reason: { ...incident.reason, message } };
}

/** As what they may have been told of it: not as what was another service's alone. */
function formerOf(was: readonly FormerCause[], sources: readonly string[]): readonly FormerCause[] {
  return was.flatMap((one) => {
    const theirs = one.sources.filter((source) => sources.includes(source));
    const isOfOne = ['service', 'document', 'operation'].includes(one.cause.level);
    return theirs.length === 0 || (isOfOne && theirs.length < one.sources.length)
      ? []
      : [{ ...one, sources: theirs }];
  });
}

/** What has turned out to be one other service's is told to those who knew of it before it was as what they had of it. */
function ownSubject(own: Incident, all: readonly string[]): Incident {
  const [source] = own.sources;
  const { level, subject } = own.cause;
  const isOther =
    level === 'operation'
      ? own.members.worst.every(({ checkId }) => checkId !== subject)
      : (level === 'service' || level === 'document') && isOf(subject, all) && !isOf(subject, own.sources);
  if (!isOther || source === undefined) return own;
  const { said: _s, hint: _h, place: _p, history: _i, ...rest } = own;
  return {
    ...rest,
    fingerprint: `service:${source}`,
    cause: { level: 'service', subject: source },
    subjectLabel: own.sources.join(', '),
  };
}

/** A service itself, or one of its documents. */
function isOf(subject: string, sources: readonly string[]): boolean {
  return sources.some((source) => subject === source || subject.startsWith(`${source}:`));
}
