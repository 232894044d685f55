import { groupBy } from '../lib/group-by.ts';
import type { CauseLevel } from '../model/cause.ts';
import type { Incident } from '../model/incident.ts';
import { recounted } from '../model/members.ts';
import type { Result } from '../model/result.ts';
import type { Evidence } from './analysis.ts';
import { fromMembers, type Root, type Seen, withOwnTroubles } from './observation.ts';
import { isFailing, isOfMostOf, saysSomething, serviceRule } from './root-cause/rules.ts';

/** What several services may have in common. */
const widerThanService: ReadonlySet<CauseLevel> = new Set<CauseLevel>(['origin', 'gateway', 'credential']);

/**
 * Services that still fail, most of each, of what was told of more than one of them: each goes on as one, and not as so many operations.
 *
 * @param sick What has been heard to fail as all of it did.
 * @param isPart Whether an operation that came to this suffers from it.
 */
export function servicesLeft(
  incident: Incident,
  sick: readonly Seen[],
  isPart: (seen: Seen) => boolean,
  before: ReadonlyMap<string, Result>,
  { checks, settings }: Pick<Evidence, 'checks' | 'settings'>,
): readonly Root[] {
  if (!widerThanService.has(incident.cause.level)) return [];
  const heard = new Map(sick.filter(isFailing).map((one) => [one.check.id, one]));
  const services = new Set([...heard.values()].map(({ check }) => check.service));
  const all = checks.flatMap((check): readonly Seen[] => {
    if (!services.has(check.service)) return [];
    const known = before.get(check.id);
    return [
      heard.get(check.id) ?? (known === undefined ? undefined : { check, result: known, isKnown: true }),
    ].flatMap((one) => one ?? []);
  });
  return [...groupBy(all, ({ check }) => check.service)]
    .flatMap(([service, own]) => {
      // Nobody has asked those since that failed with the others.
      const affected = own.filter((one) => heard.has(one.check.id) || (isFailing(one) && isPart(one)));
      const planned = checks.filter((check) => check.service === service);
      if (!isOfMostOf(affected.length, planned.length, settings)) return [];
      return [rootOf(service, affected, own.filter(saysSomething), planned)];
    })
    .toSorted((a, b) => countOf(b) - countOf(a));
}

function countOf({ observation }: Root): number {
  return observation.kind === 'bad' ? observation.trouble.members.count : 0;
}

function rootOf(
  service: string,
  affected: readonly Seen[],
  all: readonly Seen[],
  planned: Parameters<typeof fromMembers>[1],
): Root {
  const cause = { level: 'service', subject: service } as const;
  const { members, ...seen } = fromMembers(
    affected,
    planned,
    all.map(({ check }) => check),
  );
  const { code, message } = serviceRule.reason(affected, all);
  const trouble = {
    ...seen,
    members: withOwnTroubles(members, { affected, all }, (one, among) => serviceRule.reason(one, among)),
    cause,
    verdict: 'fail',
    subjectLabel: service,
    reason: { code, message: recounted(message, { count: affected.length, of: all.length }, members) },
    evaluations: 1,
  } as const;
  return { cause, observation: { kind: 'bad', fingerprint: `service:${service}`, trouble } };
}
