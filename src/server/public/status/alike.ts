import type { PublicIncident } from './public-incident.ts';

/**
 * Incidents at one time that say the same to strangers, to whom no cause is named, are one of them: from the first that began
 * until the last that ended. About which somebody has written stay apart.
 */
export function withoutAlike(incidents: readonly PublicIncident[]): readonly PublicIncident[] {
  return incidents
    .toSorted((a, b) => a.from - b.from)
    .reduce<readonly PublicIncident[]>((kept, one) => {
      const same = kept.findLast((other) => isAlike(other, one));
      if (same === undefined) return [...kept, one];
      return kept.map((other) => (other === same ? merged(same, one) : other));
    }, []);
}

function merged(before: PublicIncident, one: PublicIncident): PublicIncident {
  const goingOn = [before, one].filter(({ until }) => until === undefined);
  return {
    ...before,
    isRecovering: goingOn.length > 0 && goingOn.every(({ isRecovering }) => isRecovering),
    until: later(before.until, one.until),
  };
}

const later = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : Math.max(a, b);

function isAlike(before: PublicIncident, one: PublicIncident): boolean {
  return [before, one].every(isPlain) && said(before) === said(one) && one.from <= (before.until ?? one.from);
}

const isPlain = ({ title, posts }: PublicIncident): boolean => title === undefined && posts.length === 0;

const said = ({ services, state, isPartial }: PublicIncident): string =>
  JSON.stringify([services.toSorted(), state, isPartial]);
