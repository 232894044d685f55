import type { Incident } from '../model/incident.ts';
import { affectedSources } from '../model/members.ts';
import type { Seen } from './observation.ts';
import { isFailing, saysSomething } from './root-cause/rules.ts';

/** What the present calls say of one of the sources that an incident is about. */
export interface SourceAnswer {
  readonly isWell: boolean;
  /** The earliest of them, epoch ms. */
  readonly at: number;
}

/** Of each source two are enough to see whether it is over there. */
const lookedAtPerSource = 2;

/** Operations by which it is seen whether it is over for sources that are not affected any more; the nearly certain first. */
export function lookedAtForRelief(incident: Incident): readonly string[] {
  const affected = affectedSources(incident);
  const others = sharedBy(incident).filter((source) => !affected.includes(source));
  const isBegun = (source: string): number => Number(incident.well?.[source] !== undefined);
  return others
    .toSorted((a, b) => isBegun(b) - isBegun(a))
    .flatMap((source) => membersOfSource(incident, source).slice(0, lookedAtPerSource));
}

/**
 * Source → what is heard of it now.
 *
 * @param heard What was called now.
 */
export function answersOf(
  incident: Incident,
  heard: ReadonlyMap<string, Seen>,
): ReadonlyMap<string, SourceAnswer> {
  const answers = new Map<string, SourceAnswer>();
  for (const source of sharedBy(incident)) {
    const seen = membersOfSource(incident, source).flatMap((id) => heard.get(id) ?? []);
    const telling = seen.filter(saysSomething);
    if (telling.length === 0) continue;
    const isWell = telling.every((one) => !isFailing(one) && one.result.reason.code !== 'origin-down');
    answers.set(source, { isWell, at: Math.min(...telling.map(({ result }) => result.at)) });
  }
  return answers;
}

/** Sources whose people have heard of it, when there are several. */
function sharedBy({ told, cause, widest }: Incident): readonly string[] {
  const sources = told?.sources ?? [];
  return sources.length < 2 || (cause.level === 'operation' && widest === undefined) ? [] : sources;
}

function membersOfSource({ members, widest = members }: Incident, source: string): readonly string[] {
  const share = widest.shares?.find((one) => one.source === source);
  return share?.worst.map(({ checkId }) => checkId) ?? [];
}
