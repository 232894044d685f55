import { groupBy } from '../kit/group-by.ts';
import type { Cause } from '../model/cause.ts';
import type { Incident } from '../model/incident.ts';
import type { Evidence } from './analysis.ts';
import { fromMembers, type Root, type Seen, type Trouble } from './observation.ts';
import { observeTokens } from './reported.ts';
import { type RootRule, rootRules, saysSomething } from './root-rules.ts';
import { isSeenBySingleCalls } from './scope.ts';
import { isOver, isStillOver } from './threshold.ts';

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
export function climb(seen: readonly Seen[], self: Root | undefined, evidence: Evidence): Ladder {
  const telling = seen.filter(saysSomething);
  const explained = new Map<string, string>();
  const roots: Root[] = self === undefined ? [] : [self];
  const add = (root: Root, members: readonly Seen[]): void => {
    roots.push(root);
    if (root.observation.kind === 'bad')
      for (const { check } of members) explained.set(check.id, root.observation.fingerprint);
  };
  const tokens = observeTokens(evidence);
  for (const root of tokens)
    add(
      root,
      telling.filter((one) => isRefused(one, root.cause)),
    );
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

/** Its token was refused before it turned out that there is no other. */
function isRefused({ check, result }: Seen, { subject }: Cause): boolean {
  return check.credential === subject && result.reason.code === 'auth-rejected';
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
  if (evidence.selection === true && !isSeenBySingleCalls(fingerprint)) return undefined;
  const before = evidence.open.find((incident) => incident.fingerprint === fingerprint);
  const isPart = before !== undefined && isSmallPart(rule, subject, own, evidence);
  const cause = { level: rule.level, subject };
  const affected = rule.affected(unexplained);
  if (isBad(rule, affected, unexplained, before !== undefined, evidence)) {
    const trouble: Trouble = {
      ...fromMembers(affected, unexplained.length),
      ...(isPart ? { members: before.members } : {}),
      cause,
      verdict:
        rule.verdict ?? (affected.some(({ result }) => result.verdict !== 'degraded') ? 'fail' : 'degraded'),
      subjectLabel: labelOf(rule, subject, affected),
      reason: rule.reason(affected, unexplained),
      ...(rule.hint === undefined ? {} : { hint: rule.hint }),
      evaluations: rule.evaluations?.(affected) ?? 1,
    };
    return { cause, observation: { kind: 'bad', fingerprint, trouble } };
  }
  if (unexplained.length < own.length || (isPart && !isOfTheSick(before, own))) return undefined;
  return { cause, observation: { kind: 'good', fingerprint } };
}

/** Less than half of what it is about was called: a look, or a cycle of those that are called more often. */
function isSmallPart(rule: RootRule, subject: string, own: readonly Seen[], { checks }: Evidence): boolean {
  return own.length < checks.filter((check) => rule.subject(check) === subject).length / 2;
}

/** Whether enough of those that were worst are among them: that others answer proves nothing. */
function isOfTheSick({ members: { worst } }: Incident, own: readonly Seen[]): boolean {
  const called = new Set(own.map(({ check }) => check.id));
  const sick = worst.filter(({ checkId }) => called.has(checkId));
  return sick.length >= Math.min(sickEnough, worst.length);
}

const sickEnough = 2;

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

function labelOf(rule: RootRule, subject: string, affected: readonly Seen[]): string {
  if (rule.level !== 'document') return subject;
  const source = affected[0]?.check.source ?? '';
  return subject.startsWith(`${source}:`) ? subject.slice(source.length + 1) : subject;
}
