import { whoSentence } from '../../messages/audited.ts';
import { pc } from '../paint.ts';
import { cleanTexts } from '../../lib/text/clean.ts';
import { systemClock } from '../../lib/time/clock.ts';
import { formatDuration } from '../../lib/time/duration.ts';
import type { CycleStatistics } from '../../model/cycle.ts';
import { verdicts } from '../../model/result.ts';
import { isWithoutOperations, waitingIn } from '../../model/set-up.ts';
import type { Store } from '../../store/store.ts';
import type { NotPatrolled } from '../../app/daemon/cycle-health.ts';
import { type ChannelView, channelView } from '../../server/views/queue.ts';
import { openNow } from '../../server/views/open-now.ts';
import { printNodes } from '../nodes-shown.ts';
import { osUser } from '../api/os-user.ts';
import { type LastCycle, lastCycles, type Running, runningState } from '../stalled.ts';
import { type AddCommand, commandLine, configOption, examples, jsonOption } from '../command.ts';
import {
  checkedIn,
  countedVerdict,
  exitCode,
  formatLatency,
  formatMs,
  formatRate,
  operationsIn,
  printJson,
  type Terminal,
} from '../output.ts';
import { asShown, type Shown } from '../shown-incident.ts';
import { hushAt } from '../../incidents/suppression/suppression.ts';
import { runningWindows } from '../../incidents/suppression/windows.ts';
import type { Settings } from '../../model/settings.ts';
import { setUpsOf } from './set-up.ts';
import { withStore } from '../stored.ts';
import type { Say, Words } from '../words.ts';

export const statusCommand: AddCommand = (program, context) => {
  const { terminal } = context;
  program
    .command('status')
    .description(terminal.say('help.status.does'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addHelpText('after', `\n${examples(context, 'status --json')}`)
    .action(async (flags: { config: string; json?: boolean }) => {
      const code = await withStore(context, flags, async (store, settings, refused) => {
        const now = systemClock.now();
        const [last] = await store.cycles({ from: 0, to: now, limit: 1 });
        const all = await knownChannels(
          store,
          refused === undefined ? (name) => Object.hasOwn(settings.channels, name) : () => true,
        );
        const channels = all.filter(({ state }) => state === 'broken');
        const stuck = all.filter((one) => one.state !== 'broken' && isStuck(one));
        const asking = { user: osUser(context.env), language: terminal.language };
        const running = await runningState(store, settings, asking, now);
        const { notPatrolled, isRunning, storage, concerns = [], node, nodes } = running;
        const incidents = running.open ?? (await openOnes(store, settings, now));
        const setUps = await setUpsOf(store, settings);
        const uncalled = setUps.filter(({ counts }) => counts.called === 0);
        const toSetUp =
          refused === undefined
            ? setUps.reduce((count, { groups }) => count + waitingIn(groups), 0)
            : (running.toSetUp ?? 0);
        if (flags.json === true) {
          printJson(terminal, {
            refused,
            incidents: incidents.map(({ whole }) => whole),
            brokenChannels: channels,
            stuckChannels: stuck,
            notPatrolled,
            concerns,
            storage,
            node,
            nodes,
            toSetUp,
            lastCycle: last,
          });
        } else {
          const told = cleanTexts(incidents.filter(({ isExplained }) => !isExplained));
          const isWell =
            told.length + channels.length + stuck.length + notPatrolled.length + concerns.length === 0 &&
            storage === undefined &&
            refused === undefined;
          const services = await lastCycles(store, settings, now);
          const isWaiting = [last, ...services.map(({ cycle }) => cycle)].some(
            (one) => one?.heldUp !== undefined,
          );
          if (isWell && (isWaiting || uncalled.length > 0))
            terminal.out(pc.yellow(terminal.say('status.nothingKnown')));
          else if (isWell && last !== undefined) terminal.out(pc.green(wellWith(toSetUp, terminal.say)));
          // Channels are told of below, and the file on disk above.
          for (const { kind, message } of cleanTexts(concerns))
            if (kind === 'blocked' || kind === 'credential') terminal.out(pc.yellow(message));
          if (node !== undefined) terminal.out(nodeIn(node, terminal.say));
          if (nodes !== undefined) printNodes(terminal, now, cleanTexts(nodes));
          if (storage !== undefined) printStorage(terminal, now, cleanTexts(storage));
          for (const one of cleanTexts(notPatrolled))
            printStalled(terminal, now, one, isRunning ? undefined : commandLine(flags, 'run'));
          print(terminal, now, told, last);
          for (const one of cleanTexts(services)) printService(terminal, now, one);
          for (const { service } of cleanTexts(uncalled))
            terminal.out(
              terminal.say('status.uncalled', {
                service: pc.bold(service),
                command: commandLine(flags, 'scan'),
              }),
            );
          if (toSetUp > 0)
            terminal.out(
              terminal.say('status.nothingProven', {
                n: toSetUp,
                toSetUp: pc.cyan(wantedOf(toSetUp, terminal.say)),
                command: commandLine(flags, 'set-up'),
              }),
            );
          for (const channel of cleanTexts(channels)) printBroken(terminal, now, channel);
          for (const channel of cleanTexts(stuck)) printStuck(terminal, now, channel, flags);
        }
        const isEmpty = uncalled.some(({ counts }) => isWithoutOperations(counts));
        return incidents.length + channels.length + stuck.length + notPatrolled.length > 0 ||
          storage !== undefined ||
          refused !== undefined ||
          isEmpty
          ? exitCode.failed
          : exitCode.pass;
      });
      context.finish(code);
    });
};

async function openOnes(store: Store, settings: Settings, now: number): Promise<readonly Shown[]> {
  const quiet = hushAt(now, await store.desk.silences(now), runningWindows(now, settings));
  const open = (await openNow(store)).filter(({ state }) => state !== 'pending');
  return open.map((one) => asShown(one, quiet(one) !== undefined));
}

/** Of the one that runs on this machine. */
function nodeIn({ role, leader, differs }: NonNullable<Running['node']>, say: Say): string {
  if (role === 'leader') return say('status.nodeLeads');
  if (leader === undefined) return pc.yellow(say('status.nobodyLeads'));
  const line = say(differs ? 'status.nodeDiffers' : 'status.nodeFollows', { leader: cleanTexts(leader) });
  return differs ? pc.yellow(line) : line;
}

/** Nobody knows how well that is which has never worked. */
function wellWith(toSetUp: number, say: Say): string {
  return toSetUp === 0 ? say('status.well') : say('status.nothingWrong', { toSetUp: wantedOf(toSetUp, say) });
}

function wantedOf(n: number, say: Say): string {
  return say('status.toSetUp', { n });
}

/** `incident`: short id of what others have been told of it, for `why`. */
type KnownChannel = ChannelView & { readonly name: string; readonly incident?: string };

/** Those that something was sent to or is to be. */
async function knownChannels(
  { outbox, gallery }: Store,
  isThere: (name: string) => boolean,
): Promise<readonly KnownChannel[]> {
  const [records, queued] = [await outbox.channels(), await gallery.queued()];
  const names = new Set([...records.keys(), ...queued.map(({ channel }) => channel)]);
  return [...names].filter(isThere).map((name) => {
    const { incident, ...health } = records.get(name) ?? { state: 'ok', since: 0 };
    return { name, ...channelView(name, health, queued), incident: incident?.id };
  });
}

/** Something was tried to be sent there, in vain. */
function isStuck({ state, waitsSince, refusal }: KnownChannel): boolean {
  return state === 'refusing' || (waitsSince !== undefined && refusal !== undefined);
}

function printStuck(
  { out, say, inWords }: Terminal,
  now: number,
  { name, state, waiting, givenUp, waitsSince, nextTryAt = 0, refusal }: KnownChannel,
  flags: { readonly config: string },
): void {
  const about = { channel: pc.yellow(say('status.channel')), name: pc.bold(name) };
  const parts = [
    ...(waitsSince === undefined
      ? []
      : [say('status.waiting', { n: waiting, time: sinceText(now, waitsSince) })]),
    ...(givenUp === 0 ? [] : [say('status.undelivered', { n: givenUp })]),
    ...(nextTryAt > now ? [say('status.nextTry', { time: sinceText(nextTryAt, now) })] : []),
  ];
  const what = say(state === 'refusing' ? 'status.refusesMessages' : 'status.lacksMessages', about);
  out(say('status.stuck', { what, parts, problem: refusal?.problem ?? '' }));
  const hint = refusal?.hint;
  const see = say('status.see', { command: commandLine(flags, 'notify', 'queue') });
  out(`      → ${hint === undefined ? see : inWords(hint)}`);
}

function printBroken(
  { out, say, inWords }: Terminal,
  now: number,
  { name, since, message, hint, incident }: KnownChannel,
): void {
  const id = incident === undefined ? '' : `${pc.red(`#${incident}`)} `;
  const told = say('status.channelBroken', {
    channel: pc.red(say('status.channel')),
    name: pc.bold(name),
    time: sinceText(now, since),
    problem: message ?? '',
  });
  out(`${id}${told}`);
  if (hint !== undefined) out(`      → ${inWords(hint)}`);
}

function sinceText(now: number, since: number): string {
  return formatDuration(Math.max(1000, Math.round((now - since) / 1000) * 1000));
}

function printStalled(
  { out, say }: Terminal,
  now: number,
  { service, why, since, problem }: NotPatrolled,
  /** What starts one; absent: it runs. */
  run: string | undefined,
): void {
  const about = { service: pc.bold(service), time: sinceText(now, since), problem };
  if (why === 'working')
    return out(say('status.working', { what: pc.yellow(say('status.stillPatrolled')), ...about }));
  if (why === 'behind' || why === 'limited')
    return out(say('status.forSo', { what: pc.yellow(say(`status.${why}`)), ...about }));
  out(say('status.forSo', { what: pc.red(say('status.notPatrolled')), ...about }));
  out(`      → ${run === undefined ? say('status.seeLog') : say('status.startPatrol', { command: run })}`);
}

function printStorage(
  { out, say, inWords }: Terminal,
  now: number,
  { since, message, hint }: NonNullable<Running['storage']>,
): void {
  const what = pc.red(say('status.nothingStored'));
  out(say('status.storage', { what, time: sinceText(now, since), problem: message }));
  if (hint !== undefined) out(`      → ${inWords(hint)}`);
}

function print(
  terminal: Terminal,
  now: number,
  told: readonly Shown[],
  last: CycleStatistics | undefined,
): void {
  const { out, say } = terminal;
  for (const incident of told) printIncident(terminal, now, incident);
  if (last === undefined) return out(pc.dim(say('status.noCycle')));
  const summary = say('status.lastCycle', {
    id: last.cycleId,
    time: formatDuration(Math.round((now - last.startedAt) / 1000) * 1000),
    outcome: say(`cycle.${last.outcome}`),
    checked: checkedIn(last, terminal),
    took: formatMs(last.durationMs),
    counts: countsOf(last.counts, terminal),
    rate: formatRate(last.successRate),
    heldUp: heldUpIn(last, terminal),
  });
  out(`\n${summary}`);
  out(pc.dim(formatLatency(last.latency, terminal)));
}

function printService(terminal: Terminal, now: number, { service, cycle }: LastCycle): void {
  const { out, say } = terminal;
  const own = cycle.byService[service];
  const about = {
    service: pc.bold(service),
    id: cycle.cycleId,
    time: sinceText(now, cycle.startedAt),
    outcome: say(`cycle.${cycle.outcome}`),
    counts: countsOf(own?.counts ?? {}, terminal),
    heldUp: heldUpIn(cycle, terminal),
  };
  out(say('status.service', about));
}

function heldUpIn({ heldUp = 0, confirming = 0 }: CycleStatistics, { say }: Words): string {
  const hanging = heldUp - confirming;
  const parts = [
    hanging > 0 ? pc.yellow(say('status.hanging', { n: hanging })) : '',
    confirming > 0 ? say('status.confirming', { n: confirming }) : '',
  ];
  return parts.join('');
}

function countsOf(counts: Partial<CycleStatistics['counts']>, words: Words): readonly string[] {
  const told = verdicts.flatMap((verdict) => {
    const n = counts[verdict] ?? 0;
    return n > 0 ? [countedVerdict(verdict, n, words)] : [];
  });
  return told.length > 0 ? told : [words.say('status.noneCalled')];
}

function takenText({ say }: Terminal, now: number, { acknowledged }: Shown): string {
  if (acknowledged === undefined || acknowledged.until <= now) return '';
  return say('status.taken', { by: whoSentence(acknowledged.by) });
}

function printIncident(terminal: Terminal, now: number, incident: Shown): void {
  const { out, say } = terminal;
  const { members, isWell, times } = incident;
  const color = isWell ? pc.green : incident.verdict === 'fail' ? pc.red : pc.yellow;
  const about = {
    id: color(`#${incident.id}`),
    label: pc.bold(incident.label),
    many: members.count > 1 ? say('status.members', { operations: operationsIn(members, terminal) }) : '',
    services: pc.dim(incident.services.join(', ')),
    time: sinceText(now, incident.since),
    quiet: `${takenText(terminal, now, incident)}${incident.isSilenced ? say('status.silenced') : ''}`,
  };
  out(say('status.incident', about));
  if (isWell) out(`      ${say('status.recovering', { time: sinceText(now, incident.lastSeenAt) })}`);
  const often = times === undefined ? '' : say('status.flapping', { n: times });
  out(`      ${say(isWell ? 'status.was' : 'status.is', { reason: incident.reason, times: often })}`);
}
