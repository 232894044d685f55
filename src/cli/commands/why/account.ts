import { inEnglish } from '../../../messages/in-language.ts';
import { notedSentence, whoSentence } from '../../../messages/audited.ts';
import { sentence } from '../../../messages/sentence.ts';
import { explain } from '../../../incidents/explain.ts';
import { showMs } from '../../../incidents/latency/baselines.ts';
import { hushAt } from '../../../incidents/suppression/suppression.ts';
import { runningWindows } from '../../../incidents/suppression/windows.ts';
import { nearestRank } from '../../../model/cycle.ts';
import { endedAt, type Incident } from '../../../model/incident.ts';
import { saidBy } from '../../../lib/text/said.ts';
import type { Result, Verdict } from '../../../model/result.ts';
import type { Sentence } from '../../../model/sentence.ts';
import type { Settings } from '../../../model/settings.ts';
import type { Store, Story, StoredCheck, StoryMessage } from '../../../store/store.ts';

/** One thing that happened; times are epoch ms. */
export interface AccountEvent {
  readonly at: number;
  readonly kind: 'results' | 'incident' | 'message' | 'person';
  readonly text: Sentence;
  readonly verdict?: Verdict;
}

/** Why an incident is what it is, from evidence. */
export interface Account {
  readonly incident: Incident;
  /** What keeps people from hearing of it now. */
  readonly notTold: readonly Sentence[];
  /** How many incidents it explains, which are therefore not told. */
  readonly explains: number;
  /** Oldest first. */
  readonly events: readonly AccountEvent[];
}

const hourMs = 3_600_000;
/** What went before is shown, too: how it was when it was well. */
const leadMs = hourMs;

export async function accountOf(
  store: Store,
  story: Story,
  settings: Settings,
  now: number,
): Promise<Account> {
  const { incident, transitions, messages, audit } = story;
  const open = await store.openIncidents();
  const events: AccountEvent[] = [
    ...(await resultsAround(store, incident, now)),
    ...transitions.map((one, no): AccountEvent => {
      return {
        at: one.kind === 'resolved' ? (endedAt(one.incident) ?? one.at) : one.at,
        kind: 'incident',
        text: sentence(`transition.${one.kind}`, { text: explain(one, transitions[no - 1]) }),
      };
    }),
    ...messages.map(messageEvent),
    ...audit.map(({ at, by, action, note: kept }): AccountEvent => {
      const note = notedSentence({ action, by, note: kept });
      const did = { action: sentence(`audit.${action}`), by: whoSentence(by) };
      const text = note === undefined ? sentence('why.did', did) : sentence('why.didWith', { ...did, note });
      return { at, kind: 'person', text };
    }),
  ];
  return {
    incident,
    notTold: incident.state === 'resolved' ? [] : await reasonsNotTold(store, incident, open, settings, now),
    explains: open.filter(({ inhibitedBy }) => inhibitedBy === incident.fingerprint).length,
    events: events.toSorted((a, b) => orderOf(a) - orderOf(b)),
  };
}

/** Stored times of results are rounded to tenths of a second; what follows from them comes after them. */
function orderOf({ at, kind }: AccountEvent): number {
  return kind === 'results' ? at - 100 : at;
}

async function reasonsNotTold(
  store: Store,
  incident: Incident,
  open: readonly Incident[],
  settings: Settings,
  now: number,
): Promise<readonly Sentence[]> {
  const hush = hushAt(now, await store.desk.silences(now), runningWindows(now, settings))(incident);
  const root = open.find(({ fingerprint }) => fingerprint === incident.inhibitedBy);
  const { acknowledged, inhibitedBy } = incident;
  return [
    ...(inhibitedBy === undefined
      ? []
      : [
          sentence('why.explainedBy', {
            root: root === undefined ? inhibitedBy : `#${root.id} ${root.subjectLabel}`,
          }),
        ]),
    ...(hush === undefined
      ? []
      : [sentence('why.hushed', { by: sentence(`hush.${hush.by}`), note: hush.note ?? '' })]),
    ...(acknowledged === undefined || acknowledged.until <= now
      ? []
      : [sentence('why.looksAfter', { by: whoSentence(acknowledged.by) })]),
  ];
}

/** Of the operation, or of the first member of a root cause: those that are alike and follow each other as one. */
async function resultsAround(
  store: Store,
  incident: Incident,
  now: number,
): Promise<readonly AccountEvent[]> {
  const { cause, members, openedAt, resolvedAt } = incident;
  const [first] = members.worst;
  const checkId = cause.level === 'operation' ? cause.subject : first?.checkId;
  if (checkId === undefined) return [];
  const range = { from: openedAt - leadMs, to: (resolvedAt ?? now) + leadMs };
  const results = (await store.history(checkId, range)).toReversed();
  const runs = inRuns(results, incident.objectiveMs);
  if (cause.level === 'operation' || first === undefined) return runs;
  const { label } = first;
  return runs.map((run) => ({ ...run, text: sentence('cli.labelled', { label, text: run.text }) }));
}

/**
 * What follows each other and is alike, as one.
 *
 * @param objectiveMs What passes and takes longer is slow.
 */
export function inRuns(
  results: readonly Result[],
  objectiveMs = Infinity,
): readonly (AccountEvent & { readonly verdict: Verdict })[] {
  const runs: Result[][] = [];
  for (const result of results) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const same =
      last !== undefined &&
      isSlow(last, objectiveMs) === isSlow(result, objectiveMs) &&
      last.verdict === result.verdict &&
      inEnglish(last.reason.message) === inEnglish(result.reason.message);
    if (same) run?.push(result);
    else runs.push([result]);
  }
  return runs.flatMap((run) => {
    const [result] = run;
    if (result === undefined) return [];
    if (isSlow(result, objectiveMs)) return [slowRun(run, result, objectiveMs)];
    const { at, verdict, reason } = result;
    const told = sentence('why.verdictAnd', {
      verdict: sentence(`verdict.${verdict}`),
      reason: reason.message,
    });
    const plain = reason.message === '' ? sentence(`verdict.${verdict}`) : told;
    const many = run.length === 1 ? plain : sentence('why.times', { n: run.length, text: plain });
    const said = saidBy(result);
    const text = said === undefined ? many : sentence('why.saysToo', { text: many, said });
    return [{ at, kind: 'results', verdict, text }];
  });
}

function isSlow({ verdict, phases, imprecise }: Result, objectiveMs: number): boolean {
  return verdict === 'pass' && imprecise !== true && phases.totalMs > objectiveMs;
}

/** What passes and is slow, with the time that half of them took at most. */
function slowRun(run: readonly Result[], { at }: Result, objectiveMs: number) {
  const times = Float64Array.from(run.map(({ phases }) => phases.totalMs)).sort();
  const time = showMs(nearestRank(times, 0.5));
  const slow = sentence('why.slow', { time, objective: showMs(objectiveMs) });
  const text = run.length === 1 ? slow : sentence('why.times', { n: run.length, text: slow });
  return { at, kind: 'results', verdict: 'degraded', text } as const;
}

function messageEvent({
  id,
  channel,
  kind,
  createdAt,
  state,
  attempts,
  ...more
}: StoryMessage): AccountEvent {
  const { sentAt, problem, receipt } = more;
  const message = sentence('why.message', { id, kind: sentence(`news.${kind}`), channel });
  const tries = attempts > 1 ? sentence('why.afterTries', { n: attempts }) : '';
  switch (state) {
    case 'sent': {
      const proof = receipt === undefined ? '' : sentence('why.receipt', { receipt });
      const text = sentence('why.sent', { message, tries, receipt: proof });
      return { at: sentAt ?? createdAt, kind: 'message', text };
    }
    case 'pending': {
      const text =
        problem === undefined
          ? sentence('why.waits', { message })
          : sentence('why.waitsFor', { message, problem });
      return { at: createdAt, kind: 'message', text };
    }
    case 'undelivered': {
      const text = sentence('why.givenUp', { message, tries, problem: problem ?? sentence('why.refused') });
      return { at: createdAt, kind: 'message', text };
    }
  }
}

/** All that concerns an operation: its own incidents, and those of what is around it while it did not pass. */
export async function incidentsOf(
  store: Store,
  check: StoredCheck,
  range: { readonly from: number; readonly to: number },
): Promise<readonly Incident[]> {
  const all = await store.incidents(range);
  return all.filter(
    ({ cause, members }) =>
      cause.subject === check.id ||
      cause.level === 'self' ||
      (cause.level === 'service' && cause.subject === check.service) ||
      members.worst.some(({ checkId }) => checkId === check.id),
  );
}
