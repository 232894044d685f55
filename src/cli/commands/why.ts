import { causeShown } from '../../messages/emptied.ts';
import { cleanTexts, flat } from '../../lib/text/clean.ts';
import { pc } from '../paint.ts';
import { systemClock, wallTime } from '../../lib/time/clock.ts';
import type { LastEdit } from '../../model/document.ts';
import { endedAt, type Incident, lastsSince } from '../../model/incident.ts';
import { mapTexts } from '../../model/sentence.ts';
import type { Settings } from '../../model/settings.ts';
import type { Store, StoredCheck } from '../../store/store.ts';
import {
  type AddCommand,
  type CliContext,
  commandLine,
  configOption,
  examples,
  jsonOption,
} from '../command.ts';
import { exitCode, operationsIn, printJson, type Terminal, verdictColor } from '../output.ts';
import { withStore } from '../stored.ts';
import { matching, sayWhich } from '../which-operation.ts';
import type { Say, Words } from '../words.ts';
import { stateText } from './why/state.ts';
import { ofUnproven } from './why/unproven.ts';
import { type Account, accountOf, type AccountEvent, incidentsOf, inRuns } from './why/account.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
  readonly service?: string;
}

const dayMs = 86_400_000;
const manyShown = 10;

export const whyCommand: AddCommand = (program, context) => {
  const { say } = context.terminal;
  program
    .command('why')
    .description(say('help.why.does'))
    .argument('<what>', say('help.why.what', { example: "'GET /orders/{id}'" }))
    .option('--service <name>', say('help.why.service'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addHelpText(
      'after',
      `\n${examples(
        context,
        'why A7F3',
        "why 'GET /orders/{id}'",
        "why 'GET /orders/{id}' --service orders",
      )}`,
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
    const command = (...words: readonly string[]) => commandLine(flags, 'why', ...words);
    return sayWhich(terminal, what, { found, all: checks, command, run: commandLine(flags, 'run') });
  }
  const now = systemClock.now();
  const range = { from: now - dayMs, to: now };
  const results = (await store.history(check.id, range)).toReversed();
  const incidents = await incidentsOf(store, check, { from: now - 30 * dayMs, to: now });
  if (flags.json === true) {
    printJson(terminal, { check, results, incidents });
    return exitCode.pass;
  }
  const { objectiveMs } = incidents.find((one) => one.objectiveMs !== undefined) ?? {};
  const { out, say } = terminal;
  out(`${pc.bold(flat(check.operation))} ${pc.dim(flat(check.service))}`);
  const time = wallTime(settings.timeZone);
  out(pc.dim(`\n${say('why.results')}`));
  if (results.length === 0) out(`  ${say('why.noResults', { command: commandLine(flags, 'scan') })}`);
  for (const run of cleanTexts(inRuns(results, objectiveMs))) printEvent(terminal, run, time);
  const unproven = ofUnproven(results);
  if (unproven !== undefined) out(`  ${pc.dim(say(unproven))}`);
  out(pc.dim(`\n${say('why.incidents')}`));
  if (incidents.length === 0) out(`  ${say('cli.none')}`);
  for (const incident of incidents.slice(0, manyShown)) {
    const { id, subjectLabel, reason } = incident;
    const until = endedAt(incident);
    const told = say('why.incident', {
      id,
      label: flat(subjectLabel),
      reason: mapTexts(reason.message, flat),
      time: time(lastsSince(incident)),
      state: until === undefined ? pc.red(say('why.open')) : say('why.until', { time: time(until) }),
    });
    out(`  ${told}`);
  }
  const open = incidents.find(({ resolvedAt }) => resolvedAt === undefined);
  if (open !== undefined)
    out(`\n${say('why.more', { command: pc.bold(commandLine(flags, 'why', open.id)) })}`);
  return exitCode.pass;
}

function printAccount(terminal: Terminal, account: Account, timeZone: string): void {
  const { out, say, inWords } = terminal;
  const { incident, notTold, explains, events } = account;
  const { id, subjectLabel, services, state, cause, severity, members } = incident;
  const color = state === 'resolved' ? pc.green : incident.verdict === 'fail' ? pc.red : pc.yellow;
  out(
    `${color(`#${id}`)} ${pc.bold(subjectLabel)} ${pc.dim(services.join(', '))} · ${say(`severity.${severity}`)} · ${color(stateText(incident, systemClock.now(), say))}`,
  );
  if (cause.level !== 'operation') {
    const about = {
      level: say(`causeLevel.${causeShown(incident).level}`),
      operations: operationsIn(members, terminal),
      names: members.worst.map(({ label }) => label),
    };
    out(`  ${say('why.cause', about)}`);
  }
  for (const line of historyLines(incident, wallTime(timeZone), terminal)) out(`  ${line}`);
  if (incident.said !== undefined) out(`  ${say('cli.saysItself', { text: incident.said })}`);
  if (incident.hint !== undefined) out(`  → ${inWords(incident.hint)}`);
  if (explains > 0) out(`  ${say('why.explains', { n: explains })}`);
  for (const reason of notTold) out(pc.yellow(`  ${say('why.notToldNow', { reason })}`));
  out('');
  const time = wallTime(timeZone);
  for (const event of events) printEvent(terminal, event, time);
}

function historyLines(
  { history }: Incident,
  time: (at: number) => string,
  { say, inWords }: Words,
): readonly string[] {
  const { lastPassAt, change, lastEdit } = history ?? {};
  return [
    ...(lastPassAt === undefined ? [] : [say('why.lastGood', { time: time(lastPassAt) })]),
    ...(change === undefined
      ? []
      : [
          say('why.documentChanged', {
            time: time(change.at),
            details: change.details.map(inWords).join(say('cli.semicolon')),
          }),
        ]),
    ...(lastEdit === undefined ? [] : [editLine(lastEdit, time, say)]),
  ];
}

function editLine({ by, at, uncommitted }: LastEdit, time: (at: number) => string, say: Say): string {
  const about = { time: time(at), more: uncommitted === true ? say('why.uncommitted') : '' };
  return by === undefined ? say('why.edited', about) : say('why.editedBy', { by, ...about });
}

const marks = { results: ' ', incident: '●', message: '✉', person: '☺' } as const;

function printEvent(terminal: Terminal, event: AccountEvent, time: (at: number) => string): void {
  const { at, kind, text, verdict } = event;
  const words = terminal.inWords(text);
  const shown = verdict === undefined ? words : verdictColor[verdict](words);
  terminal.out(`  ${pc.dim(time(at))} ${marks[kind]} ${shown}`);
}
