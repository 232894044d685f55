import { groupBy } from '../kit/group-by.ts';
import type { Cause } from '../model/cause.ts';
import type { Evidence, RootThreshold } from './analysis.ts';
import { fromMembers, type Root, type Seen, type Trouble } from './observation.ts';
import { observeTokens } from './reported.ts';
import { commonReason, foundNoAnswer, type RootRule, rootRules, saysSomething } from './root-rules.ts';

export interface Ladder {
  /** Most general first. */
  readonly roots: readonly Root[];
  /** Check id → fingerprint of the root cause that explains why it fails. */
  readonly explained: ReadonlyMap<string, string>;
}

/**
 * From the most general cause to the least: the checks that one explains do not count for those below, and a
 * cause that has lost members in this way says nothing instead of "healed".
 */
export function climb(seen: readonly Seen[], evidence: Evidence): Ladder {
  const telling = seen.filter(saysSomething);
  const explained = new Map<string, string>();
  const roots: Root[] = [];
  const add = (root: Root, members: readonly Seen[]): void => {
    roots.push(root);
    if (root.observation.kind === 'bad')
      for (const { check } of members) explained.set(check.id, root.observation.fingerprint);
  };
  const self = observeSelf(telling, evidence);
  if (self !== undefined) add(self, telling.filter(foundNoAnswer));
  const tokens = observeTokens(evidence);
  roots.push(...tokens);
  for (const rule of rootRules) {
    for (const [subject, own] of groupBy(telling, ({ check }) => rule.subject(check))) {
      if (subject === undefined) continue;
      if (tokens.some((one) => one.observation.fingerprint === `${rule.prefix}:${subject}`)) continue;
      const unexplained = own.filter(({ check }) => !explained.has(check.id));
      const root = observeRoot(rule, subject, { own, unexplained }, evidence);
      if (root !== undefined) add(root, rule.explains(unexplained));
    }
  }
  return { roots, explained };
}

interface Members {
  readonly own: readonly Seen[];
  readonly unexplained: readonly Seen[];
}

function observeRoot(
  rule: RootRule,
  subject: string,
  members: Members,
  evidence: Evidence,
): Root | undefined {
  const { own, unexplained } = members;
  const fingerprint = `${rule.prefix}:${subject}`;
  const cause = { level: rule.level, subject };
  const affected = rule.affected(unexplained);
  if (isBad(rule, affected, unexplained, isOpen(evidence, fingerprint), evidence)) {
    const trouble: Trouble = {
      ...fromMembers(affected, unexplained.length),
      cause,
      verdict: affected.some(({ result }) => result.verdict !== 'degraded') ? 'fail' : 'degraded',
      subjectLabel: labelOf(rule, subject, affected),
      reason: rule.reason(affected, unexplained),
      ...(rule.hint === undefined ? {} : { hint: rule.hint }),
      evaluations: 1,
    };
    return { cause, observation: { kind: 'bad', fingerprint, trouble } };
  }
  return unexplained.length < own.length ? undefined : { cause, observation: { kind: 'good', fingerprint } };
}

function isBad(
  rule: RootRule,
  affected: readonly Seen[],
  own: readonly Seen[],
  open: boolean,
  { settings, selection = false }: Evidence,
): boolean {
  const threshold = rule.threshold(settings);
  if (affected.length === 0) return false;
  if (open) return isStillOver(affected.length, own.length, threshold);
  if (selection) return false;
  if (own.length < threshold.minChecks) return affected.length === own.length && rule.isPlain(affected);
  return isOver(affected.length, own.length, threshold);
}

export function isOver(count: number, of: number, { minChecks, share }: RootThreshold): boolean {
  return count >= Math.max(minChecks, of * share);
}

export function isStillOver(count: number, of: number, { share }: RootThreshold): boolean {
  return count > 0 && count >= (of * share) / 2;
}

export function isOpen({ open }: Evidence, fingerprint: string): boolean {
  return open.some((incident) => incident.fingerprint === fingerprint);
}

function labelOf(rule: RootRule, subject: string, affected: readonly Seen[]): string {
  if (rule.level !== 'document') return subject;
  const source = affected[0]?.check.source ?? '';
  return subject.startsWith(`${source}:`) ? subject.slice(source.length + 1) : subject;
}

/** Nothing answers anywhere: more likely that we do not hear than that all have died. */
function observeSelf(
  telling: readonly Seen[],
  { settings, open, selection = false }: Evidence,
): Root | undefined {
  const fingerprint = 'self:network';
  const cause: Cause = { level: 'self', subject: 'network' };
  const byOrigin = [...groupBy(telling, ({ check }) => check.origin).values()];
  const mute = byOrigin.filter((own) => own.every(foundNoAnswer));
  const isOpenNow = open.some((incident) => incident.fingerprint === fingerprint);
  const bad = isOpenNow
    ? isStillOver(mute.length, byOrigin.length, settings.self)
    : !selection && isOver(mute.length, byOrigin.length, settings.self);
  if (!bad) return byOrigin.length === 0 ? undefined : { cause, observation: { kind: 'good', fingerprint } };
  const affected = mute.flat();
  const trouble: Trouble = {
    ...fromMembers(affected, telling.length),
    cause,
    verdict: 'fail',
    subjectLabel: 'patrol',
    reason: {
      code: 'self',
      message: `${mute.length} of ${byOrigin.length} origins find no answer: ${commonReason(affected).message}`,
    },
    hint: 'check the network, DNS and proxy of the host that patrols, or what all these origins share',
    evaluations: 1,
  };
  return { cause, observation: { kind: 'bad', fingerprint, trouble } };
}
