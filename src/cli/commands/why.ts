import { inEnglish } from '../../messages/in-language.ts';
import { cleanTexts, flat } from '../../lib/text/clean.ts';
import { pc } from '../paint.ts';
import { systemClock } from '../../lib/time/clock.ts';
import { formatDuration } from '../../lib/time/duration.ts';
import { wallTime } from '../../lib/time/wall-time.ts';
import type { LastEdit } from '../../model/document.ts';
import { type Incident, lastedMs, lastsSince } from '../../model/incident.ts';
import { operationsOf } from '../../model/members.ts';
import type { Settings } from '../../model/settings.ts';
import { operationMatcher } from '../../plan/match.ts';
import type { Store, StoredCheck } from '../../store/store.ts';
import { type AddCommand, type CliContext, commandLine, configOption, jsonOption } from '../command.ts';
import { exitCode, printJson, type Terminal, verdictColor } from '../output.ts';
import { withStore } from '../stored.ts';
import { type Account, accountOf, type AccountEvent, incidentsOf, inRuns } from './why/account.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
  readonly service?: string;
}

const dayMs = 86_400_000;
const manyShown = 10;

export const whyCommand: AddCommand = (program, context) => {
  program
    .command('why')
    .description('Explain an incident or operation: results, rules, messages sent and suppressed')
    .argument('<what>', "Incident id (A7F3) or operation ('GET /orders/{id}')")
    .option('--service <name>', 'Service of the operation, if several have it')
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
Examples:
  $ apipatrol why A7F3
  $ apipatrol why 'GET /orders/{id}'
  $ apipatrol why 'GET /orders/{id}' --service orders`,
    )
    .action(async (what: string, flags: Flags) => {
      const code = await withStore(context, flags, (store, settings) =>
        tellWhy({ context, flags, store, settings }, what.replace(/^#/, '')),
      );
      context.finish(code);
    });
};

interface Question {
  readonly context: CliContext;
  readonly flags: Flags;
  readonly store: Store;
  readonly settings: Settings;
}

async function tellWhy(question: Question, what: string): Promise<number> {
  const { context, flags, store, settings } = question;
  const story = /^\w{4}$/.test(what) ? await store.story(what) : undefined;
  if (story === undefined) return tellOperation(question, what);
  const account = await accountOf(store, story, settings, systemClock.now());
  if (flags.json === true) printJson(context.terminal, { ...account, ...story });
  else printAccount(context.terminal, cleanTexts(account), settings.timeZone);
  return exitCode.pass;
}

async function tellOperation({ context, flags, store, settings }: Question, what: string): Promise<number> {
  const { terminal } = context;
  // In the order of the configuration, whichever was stored first.
  const order = new Map(settings.services.map(({ name }, index) => [name, index]));
  const rank = ({ service }: StoredCheck): number => order.get(service) ?? order.size;
  const checks = (await store.checks()).toSorted((a, b) => rank(a) - rank(b));
  const found = matching(checks, what, flags.service);
  const [check] = found;
  if (check === undefined || found.length > 1) {
    const exact = (one: StoredCheck) => commandLine(flags, 'why', ...namesOnly(one, checks));
    terminal.err(
      check === undefined
        ? notFound(what, checks, exact, commandLine(flags, 'run'))
        : tooMany(what, found, exact),
    );
    return exitCode.cannotRun;
  }
  const now = systemClock.now();
  const range = { from: now - dayMs, to: now };
  const results = (await store.history(check.id, range)).toReversed();
  const incidents = await incidentsOf(store, check, { from: now - 30 * dayMs, to: now });
  if (flags.json === true) {
    printJson(terminal, { check, results, incidents });
    return exitCode.pass;
  }
  terminal.out(`${pc.bold(flat(check.operation))} ${pc.dim(flat(check.service))}`);
  const time = wallTime(settings.timeZone);
  terminal.out(pc.dim('\nresults of the last 24 hours'));
  if (results.length === 0) terminal.out(`  none; whether it is called: ${commandLine(flags, 'scan')}`);
  for (const run of cleanTexts(inRuns(results))) printEvent(terminal, run, time);
  terminal.out(pc.dim('\nincidents of the last 30 days'));
  if (incidents.length === 0) terminal.out('  none');
  for (const incident of incidents.slice(0, manyShown)) {
    const { id, subjectLabel, reason, resolvedAt } = incident;
    const state = resolvedAt === undefined ? pc.red('open') : `until ${time(resolvedAt)}`;
    terminal.out(
      `  #${id} ${flat(subjectLabel)}: ${flat(inEnglish(reason.message))} (since ${time(lastsSince(incident))}, ${state})`,
    );
  }
  const open = incidents.find(({ resolvedAt }) => resolvedAt === undefined);
  if (open !== undefined) terminal.out(`\nmore: ${pc.bold(commandLine(flags, 'why', open.id))}`);
  return exitCode.pass;
}

/** By id, by the exact text, else by what `--only` takes. */
function matching(
  all: readonly StoredCheck[],
  what: string,
  service: string | undefined,
): readonly StoredCheck[] {
  const checks = service === undefined ? all : all.filter((one) => one.service === service);
  const exact = checks.filter(({ id, operation }) => id === what || operation === what);
  if (exact.length > 0) return exact;
  const fits = operationMatcher(what);
  return checks.filter(({ operation }) => {
    const [method = '', path = ''] = operation.split(' ');
    return fits({ method, path, tags: [] });
  });
}

/** What `why` has to be told to find this one alone. */
function namesOnly(
  { id, operation, service }: StoredCheck,
  checks: readonly StoredCheck[],
): readonly string[] {
  const alike = checks.filter((one) => one.operation === operation);
  // As it is shown it is not what it is called, or would be taken for something else.
  const isOdd = flat(operation) !== operation || /^[#-]|^\w{4}$/.test(operation);
  const inService = alike.filter((one) => one.service === service).length;
  if (isOdd || flat(service) !== service || service.startsWith('-') || inService > 1) return [id];
  return alike.length === 1 ? [operation] : [operation, '--service', service];
}

type Exact = (check: StoredCheck) => string;

function notFound(what: string, checks: readonly StoredCheck[], exact: Exact, run: string): string {
  const [example] = checks;
  return `there is no incident and no operation "${what}"\n  → ${
    example === undefined ? `No cycle has closed yet: ${run}.` : `For example: ${exact(example)}`
  }`;
}

function tooMany(what: string, found: readonly StoredCheck[], exact: Exact): string {
  const lines = found.slice(0, manyShown).map((one) => `  ${exact(one)}`);
  const more = found.length > manyShown ? [`  and ${found.length - manyShown} more`] : [];
  return [`"${what}" fits ${found.length} operations; which one?`, ...lines, ...more].join('\n');
}

function printAccount(terminal: Terminal, account: Account, timeZone: string): void {
  const { incident, notTold, explains, events } = account;
  const { id, subjectLabel, services, state, cause, severity, members } = incident;
  const color = state === 'resolved' ? pc.green : incident.verdict === 'fail' ? pc.red : pc.yellow;
  terminal.out(
    `${color(`#${id}`)} ${pc.bold(subjectLabel)} ${pc.dim(services.join(', '))} · ${severity} · ${color(stateText(account))}`,
  );
  if (cause.level !== 'operation') {
    const names = members.worst.map(({ label }) => label).join(', ');
    terminal.out(`  cause: ${cause.level}; ${operationsOf(members)}: ${names}`);
  }
  for (const line of historyLines(incident, wallTime(timeZone))) terminal.out(`  ${line}`);
  if (incident.said !== undefined) terminal.out(`  it says: ${incident.said}`);
  if (incident.hint !== undefined) terminal.out(`  → ${inEnglish(incident.hint)}`);
  if (explains > 0) terminal.out(`  explains ${explains} other incidents, which are not told`);
  for (const reason of notTold) terminal.out(pc.yellow(`  not told now: ${reason}`));
  terminal.out('');
  const time = wallTime(timeZone);
  for (const event of events) printEvent(terminal, event, time);
}

function historyLines({ history }: Incident, time: (at: number) => string): readonly string[] {
  const { lastPassAt, change, lastEdit } = history ?? {};
  return [
    ...(lastPassAt === undefined ? [] : [`last good: ${time(lastPassAt)}`]),
    ...(change === undefined
      ? []
      : [`the document changed since, at ${time(change.at)}: ${change.details.map(inEnglish).join('; ')}`]),
    ...(lastEdit === undefined ? [] : [editLine(lastEdit, time)]),
  ];
}

function editLine({ by, at, uncommitted }: LastEdit, time: (at: number) => string): string {
  const who = by === undefined ? '' : ` by ${by}`;
  const more = uncommitted === true ? ', with changes since that are not committed' : '';
  return `the document was last edited${who} at ${time(at)}${more}`;
}

function stateText({ incident }: Account): string {
  const ms = lastedMs(incident, systemClock.now());
  const lasted = formatDuration(Math.max(1000, Math.round(ms / 1000) * 1000));
  const { state } = incident;
  return state === 'resolved' ? `over after ${lasted}` : `${state} for ${lasted}`;
}

const marks = { results: ' ', incident: '●', message: '✉', person: '☺' } as const;

function printEvent(terminal: Terminal, event: AccountEvent, time: (at: number) => string): void {
  const { at, kind, text, verdict } = event;
  const shown = verdict === undefined ? text : verdictColor[verdict](text);
  terminal.out(`  ${pc.dim(time(at))} ${marks[kind]} ${shown}`);
}
