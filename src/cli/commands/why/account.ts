import { inEnglish } from '../../../messages/in-language.ts';
import { explain } from '../../../incidents/explain.ts';
import { hushAt } from '../../../incidents/suppression/suppression.ts';
import { runningWindows } from '../../../incidents/suppression/windows.ts';
import type { Incident } from '../../../model/incident.ts';
import { saidBy } from '../../../lib/text/said.ts';
import type { Result, Verdict } from '../../../model/result.ts';
import type { Settings } from '../../../model/settings.ts';
import type { Store, Story, StoredCheck, StoryMessage } from '../../../store/store.ts';

/** One thing that happened; times are epoch ms. */
export interface AccountEvent {
  readonly at: number;
  readonly kind: 'results' | 'incident' | 'message' | 'person';
  readonly text: string;
  readonly verdict?: Verdict;
}

/** Why an incident is what it is, from evidence. */
export interface Account {
  readonly incident: Incident;
  /** What keeps people from hearing of it now. */
  readonly notTold: readonly string[];
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
        at: one.at,
        kind: 'incident',
        text: `${one.kind}: ${inEnglish(explain(one, transitions[no - 1]))}`,
      };
    }),
    ...messages.map(messageEvent),
    ...audit.map(({ at, by, action, note }): AccountEvent => {
      return { at, kind: 'person', text: `${action} by ${by}${note === undefined ? '' : `: ${note}`}` };
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
): Promise<readonly string[]> {
  const hush = hushAt(now, await store.desk.silences(now), runningWindows(now, settings))(incident);
  const root = open.find(({ fingerprint }) => fingerprint === incident.inhibitedBy);
  const { acknowledged, inhibitedBy } = incident;
  return [
    ...(inhibitedBy === undefined
      ? []
      : [`explained by ${root === undefined ? inhibitedBy : `#${root.id} ${root.subjectLabel}`}`]),
    ...(hush === undefined ? [] : [`${hush.by} ${inEnglish(hush.note ?? '')}`.trim()]),
    ...(acknowledged === undefined || acknowledged.until <= now
      ? []
      : [`${acknowledged.by} looks after it: no reminders`]),
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
  const about = cause.level === 'operation' || first === undefined ? '' : `${first.label}: `;
  return inRuns(results).map((run) => ({ ...run, text: `${about}${run.text}` }));
}

export function inRuns(
  results: readonly Result[],
): readonly (AccountEvent & { readonly verdict: Verdict })[] {
  const runs: Result[][] = [];
  for (const result of results) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    const same =
      last?.verdict === result.verdict && inEnglish(last.reason.message) === inEnglish(result.reason.message);
    if (same) run?.push(result);
    else runs.push([result]);
  }
  return runs.flatMap((run) => {
    const [result] = run;
    if (result === undefined) return [];
    const { at, verdict, reason } = result;
    const times = run.length === 1 ? '' : `${run.length} × `;
    const said = saidBy(result);
    const text = `${times}${[verdict, inEnglish(reason.message)].join(' ').trim()}${said === undefined ? '' : `; it says: ${said}`}`;
    return [{ at, kind: 'results', verdict, text }];
  });
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
  const name = `message ${id} (${kind}) to ${channel}`;
  const tries = attempts > 1 ? ` after ${attempts} tries` : '';
  switch (state) {
    case 'sent':
      return {
        at: sentAt ?? createdAt,
        kind: 'message',
        text: `${name} sent${tries}${receipt === undefined ? '' : `, receipt ${receipt}`}`,
      };
    case 'pending':
      return {
        at: createdAt,
        kind: 'message',
        text: `${name} waits${problem === undefined ? '' : `: ${inEnglish(problem)}`}`,
      };
    case 'undelivered':
      return {
        at: createdAt,
        kind: 'message',
        text: `${name} was given up${tries}: ${inEnglish(problem ?? 'refused')}`,
      };
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
