import type { Check } from '../model/check.ts';
import type { Cause, CauseLevel } from '../model/cause.ts';

/** Turns that an operation's incidents take: does not work, does not keep to its document, is slow, is slower than usual. */
const operationKinds = ['operation', 'degraded', 'latency', 'slower'] as const;

export function fingerprintsOf(checkId: string): readonly string[] {
  return operationKinds.map((kind) => `${kind}:${checkId}`);
}

/** Of an operation's incident: which check it is about. */
export function checkIdOf(fingerprint: string): string | undefined {
  const [kind = '', ...id] = fingerprint.split(':');
  return operationKinds.some((one) => one === kind) ? id.join(':') : undefined;
}

/** What of a level a check has in common with others, or is itself; the patrol itself explains all. */
function subjectOf(check: Check, level: CauseLevel): string | undefined {
  switch (level) {
    case 'origin':
    case 'gateway':
      return check.origin;
    case 'document':
      return check.documentId;
    case 'service':
      return check.service;
    case 'credential':
      return check.credential;
    case 'operation':
      return check.id;
    case 'self':
      return undefined;
  }
}

/** The subjects of all causes, the patrol itself aside, that could explain what happens to the checks. */
export function subjectsAmong(checks: readonly Check[]): ReadonlyMap<CauseLevel, ReadonlySet<string>> {
  const levels = ['origin', 'gateway', 'credential', 'document', 'service', 'operation'] as const;
  return new Map(
    levels.map((level) => {
      const subjects = new Set<string>();
      for (const check of checks) {
        const subject = subjectOf(check, level);
        if (subject !== undefined) subjects.add(subject);
      }
      return [level, subjects];
    }),
  );
}

/** Whether calling a few operations again says anything about it: not about shares of many, documents and certificates. */
export function isSeenBySingleCalls(fingerprint: string): boolean {
  return !/^(?:unsteady|mute|budget|document|certificate):/.test(fingerprint);
}

/** One of several instances is sick: how many first calls fail is what is known of it. */
export function isUnsteadiness(fingerprint: string): boolean {
  return fingerprint.startsWith('unsteady:');
}

export function covers({ level, subject }: Cause, check: Check): boolean {
  return level === 'self' || subjectOf(check, level) === subject;
}
