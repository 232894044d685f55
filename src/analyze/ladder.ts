import { groupBy } from '../kit/group-by.ts';
import type { Cause } from '../model/cause.ts';
import type { Evidence } from './analysis.ts';
import { fromMembers, type Root, type Seen, type Trouble } from './observation.ts';
import { OpenRoots } from './open-roots.ts';
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
  for (const root of tokens) {
    const refused = telling.filter((one) => isRefused(one, root.cause));
    add(root, refused);
  }
  const withoutToken = new Set(tokens.map(({ observation }) => observation.fingerprint));
  const open = new OpenRoots(evidence);
  for (const rule of rootRules) {
    for (const [subject, own] of groupBy(telling, ({ check }) => rule.subject(check))) {
      if (subject === undefined) continue;
      if (withoutToken.has(`${rule.prefix}:${subject}`)) continue;
      const unexplained = own.filter(({ check }) => !explained.has(check.id));
      const root = observeRoot(rule, subject, { own, unexplained }, open, evidence);
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
  open: OpenRoots,
  evidence: Evidence,
): Root | undefined {
  const { own, unexplained } = members;
  const fingerprint = `${rule.prefix}:${subject}`;
  if (evidence.selection === true && !isSeenBySingleCalls(fingerprint)) return undefined;
  const part = open.partOf(rule, subject, own);
  const cause = { level: rule.level, subject };
  const affected = rule.affected(unexplained);
  if (isBad(rule, affected, unexplained, part !== undefined, evidence)) {
    const trouble: Trouble = {
      ...fromMembers(affected, unexplained.length),
      ...(part?.isSmall === true ? { members: part.before.members } : {}),
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
  if (unexplained.length < own.length || part?.isOfOthers === true) return undefined;
  return { cause, observation: { kind: 'good', fingerprint } };
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

function labelOf(rule: RootRule, subject: string, affected: readonly Seen[]): string {
  if (rule.level !== 'document') return subject;
  const source = affected[0]?.check.source ?? '';
  return subject.startsWith(`${source}:`) ? subject.slice(source.length + 1) : subject;
}
