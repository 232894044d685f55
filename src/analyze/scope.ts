import type { Check } from '../model/check.ts';
import type { Cause } from '../model/cause.ts';

/** Turns that an operation's incidents take: does not work, does not keep to its document, is slow, is slower than usual. */
const operationKinds = ['operation', 'degraded', 'latency', 'slower'] as const;

export function fingerprintsOf(checkId: string): readonly string[] {
  return operationKinds.map((kind) => `${kind}:${checkId}`);
}

/** About being slow; everything else is about not working or not keeping to the document. */
export function isSlowness(fingerprint: string): boolean {
  return /^(?:latency|slower|slow):/.test(fingerprint);
}

/** The causes, the patrol itself aside, that could explain what happens to a check: `level subject`. */
export function subjectsOf(check: Check): readonly string[] {
  return [
    `operation ${check.id}`,
    `origin ${check.origin}`,
    `gateway ${check.origin}`,
    `document ${check.documentId}`,
    `service ${check.source}`,
    ...(check.credential === undefined ? [] : [`credential ${check.credential}`]),
  ];
}

export function covers({ level, subject }: Cause, check: Check): boolean {
  return level === 'self' || subjectsOf(check).includes(`${level} ${subject}`);
}
