import { inEnglish } from '../../messages/in-language.ts';
import path from 'node:path';
import { usualStore } from '../../config/schema/schema.ts';
import { pc } from '../paint.ts';
import { cleanTexts } from '../../lib/text/clean.ts';
import { systemClock } from '../../lib/time/clock.ts';
import { formatDuration } from '../../lib/time/duration.ts';
import type { CycleStatistics } from '../../model/cycle.ts';
import { type Incident, lastsSince } from '../../model/incident.ts';
import { operationsOf } from '../../model/members.ts';
import { waitingIn } from '../../model/set-up.ts';
import type { Settings } from '../../model/settings.ts';
import type { Store } from '../../store/store.ts';
import type { NotPatrolled } from '../../app/daemon/cycle-health.ts';
import { getOverview } from '../../server/api/overview.ts';
import { socketOf } from '../../server/socket.ts';
import { type ChannelView, channelView } from '../../server/views/queue.ts';
import { apiOver } from '../api/client.ts';
import { osUser } from '../api/os-user.ts';
import { isListening, overSocket } from '../api/transport.ts';
import { type LastCycle, lastCycles } from '../last-cycles.ts';
import { runningState, type Running } from '../stalled.ts';
import { type AddCommand, type CliContext, commandLine, configOption, jsonOption } from '../command.ts';
import {
  exitCode,
  formatLatency,
  formatMs,
  formatRate,
  printJson,
  type Terminal,
  verdictColor,
} from '../output.ts';
import { setUpsOf } from './set-up.ts';
import { withStore } from '../stored.ts';

export const statusCommand: AddCommand = (program, context) => {
  program
    .command('status')
    .description('Show open incidents and the last cycle')
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  $ apipatrol status --json')
    .action(async (flags: { config: string; json?: boolean }) => {
      const refused = async (): Promise<void> => {
        if (flags.json !== true)
          await printRunning(context, path.dirname(path.resolve(context.cwd, flags.config)));
      };
      const code = await withStore(
        context,
        flags,
        async (store, settings) => {
          const now = systemClock.now();
          const incidents = (await store.openIncidents()).filter(({ state }) => state !== 'pending');
          const [last] = await store.cycles({ from: 0, to: now, limit: 1 });
          const all = await knownChannels(store, settings);
          const channels = all.filter(({ state }) => state === 'broken');
          const stuck = all.filter((one) => one.state !== 'broken' && isStuck(one));
          const running = await runningState(store, settings, osUser(context.env), now);
          const { notPatrolled, isRunning, storage } = running;
          const setUps = await setUpsOf(store, settings);
          const toSetUp = setUps.reduce((count, { groups }) => count + waitingIn(groups), 0);
          if (flags.json === true) {
            printJson(context.terminal, {
              incidents,
              brokenChannels: channels,
              stuckChannels: stuck,
              notPatrolled,
              ...(storage === undefined ? {} : { storage }),
              toSetUp,
              lastCycle: last,
            });
          } else {
            const told = cleanTexts(incidents.filter((incident) => incident.inhibitedBy === undefined));
            const isWell =
              told.length + channels.length + stuck.length + notPatrolled.length === 0 &&
              storage === undefined;
            const services = await lastCycles(store, settings, now);
            const isWaiting = [last, ...services.map(({ cycle }) => cycle)].some(
              (one) => one?.heldUp !== undefined,
            );
            if (isWell && isWaiting) context.terminal.out(pc.yellow('nothing is known to be wrong'));
            else if (isWell && last !== undefined) context.terminal.out(pc.green(wellWith(toSetUp)));
            if (storage !== undefined) printStorage(context.terminal, now, cleanTexts(storage));
            for (const one of cleanTexts(notPatrolled))
              printStalled(context.terminal, now, one, isRunning ? undefined : commandLine(flags, 'run'));
            print(context.terminal, now, told, last);
            for (const one of cleanTexts(services)) printService(context.terminal, now, one);
            if (toSetUp > 0)
              context.terminal.out(
                `${pc.cyan(wantedOf(toSetUp))}, nothing is proven of ${toSetUp === 1 ? 'it' : 'them'}: ${commandLine(flags, 'set-up')}`,
              );
            for (const channel of cleanTexts(channels)) printBroken(context.terminal, now, channel);
            for (const channel of cleanTexts(stuck)) printStuck(context.terminal, now, channel, flags);
          }
          return incidents.length + channels.length + stuck.length + notPatrolled.length > 0 ||
            storage !== undefined
            ? exitCode.failed
            : exitCode.pass;
        },
        refused,
      );
      context.finish(code);
    });
};

/** Nobody knows how well that is which has never worked. */
function wellWith(toSetUp: number): string {
  return toSetUp === 0 ? 'all is well' : `nothing is wrong, ${wantedOf(toSetUp)}`;
}

function wantedOf(toSetUp: number): string {
  return `${toSetUp} operation${toSetUp === 1 ? '' : 's'} to set up`;
}

/** A patrol goes on with its last good configuration: how it does is what was asked for. */
async function printRunning(context: CliContext, folder: string): Promise<void> {
  const socket = socketOf(path.join(folder, usualStore));
  if (!(await isListening(socket))) return;
  const { lastCycle, open, openCount, toSetUp } = await apiOver(overSocket(socket), osUser(context.env)).call(
    getOverview,
  );
  context.terminal.out('\na patrol goes on with the last good configuration:');
  for (const { id, label } of cleanTexts(open)) context.terminal.out(`${pc.red(`#${id}`)} ${pc.bold(label)}`);
  if (openCount === 0) context.terminal.out(wellWith(toSetUp));
  if (lastCycle === undefined) return;
  const ago = formatDuration(Math.round((systemClock.now() - lastCycle.startedAt) / 1000) * 1000);
  context.terminal.out(`last cycle ${ago} ago: ${lastCycle.checked} checked`);
}

/** `incident`: short id of what others have been told of it, for `why`. */
type KnownChannel = ChannelView & { readonly name: string; readonly incident?: string };

/** Those that something was sent to or is to be. */
async function knownChannels(
  { outbox, gallery }: Store,
  { channels }: Settings,
): Promise<readonly KnownChannel[]> {
  const [records, queued] = [await outbox.channels(), await gallery.queued()];
  const names = new Set([...records.keys(), ...queued.map(({ channel }) => channel)]);
  return [...names]
    .filter((name) => Object.hasOwn(channels, name))
    .map((name) => {
      const { incident, ...health } = records.get(name) ?? { state: 'ok', since: 0 };
      const told = incident === undefined ? {} : { incident: incident.id };
      return { name, ...channelView(name, health, queued), ...told };
    });
}

/** Something was tried to be sent there, in vain. */
function isStuck({ state, waitsSince, refusal }: KnownChannel): boolean {
  return state === 'refusing' || (waitsSince !== undefined && refusal !== undefined);
}

function printStuck(
  terminal: Terminal,
  now: number,
  { name, state, waiting, givenUp, waitsSince, nextTryAt = 0, refusal }: KnownChannel,
  flags: { readonly config: string },
): void {
  const verb = state === 'refusing' ? 'does not take what it is sent' : 'has not got what was sent';
  const parts = [
    waitsSince === undefined ? '' : `${waiting} waiting, the oldest for ${sinceText(now, waitsSince)}`,
    givenUp === 0 ? '' : `${givenUp} undelivered`,
    nextTryAt > now ? `next try in ${sinceText(nextTryAt, now)}` : '',
  ].filter((part) => part !== '');
  terminal.out(
    `${pc.yellow('channel')} ${pc.bold(name)} ${verb} (${parts.join(', ')}): ${inEnglish(refusal?.problem ?? '')}`,
  );
  terminal.out(`      → ${inEnglish(refusal?.hint ?? `see ${commandLine(flags, 'notify', 'queue')}`)}`);
}

function printBroken(
  terminal: Terminal,
  now: number,
  { name, since, message, hint, incident }: KnownChannel,
): void {
  const id = incident === undefined ? '' : `${pc.red(`#${incident}`)} `;
  terminal.out(
    `${id}${pc.red('channel')} ${pc.bold(name)} is broken for ${sinceText(now, since)}: ${inEnglish(message ?? '')}`,
  );
  if (hint !== undefined) terminal.out(`      → ${inEnglish(hint)}`);
}

function sinceText(now: number, since: number): string {
  return formatDuration(Math.max(1000, Math.round((now - since) / 1000) * 1000));
}

function printStalled(
  terminal: Terminal,
  now: number,
  { service, why, since, ...about }: NotPatrolled,
  /** What starts one; absent: it runs. */
  run: string | undefined,
): void {
  const name = pc.bold(service);
  const problem = inEnglish(about.problem);
  const span = sinceText(now, since);
  if (why === 'working') {
    terminal.out(
      `${pc.yellow('still being patrolled')} ${name}: its cycle is at work for ${span}: ${problem}`,
    );
    return;
  }
  if (why === 'behind') {
    terminal.out(`${pc.yellow('behind')} ${name} for ${span}: ${problem}`);
    return;
  }
  if (why === 'limited') {
    terminal.out(`${pc.yellow('called too often')} ${name} for ${span}: ${problem}`);
    return;
  }
  const todo =
    run === undefined ? 'see the log of the patrol, which runs' : `no patrol runs; start it: ${run}`;
  terminal.out(`${pc.red('not patrolled')} ${name} for ${span}: ${problem}\n      → ${todo}`);
}

function printStorage(
  terminal: Terminal,
  now: number,
  { since, message, hint }: NonNullable<Running['storage']>,
): void {
  terminal.out(
    `${pc.red('nothing can be stored')} for ${sinceText(now, since)}, what follows is from before: ${message}`,
  );
  if (hint !== undefined) terminal.out(`      → ${hint}`);
}

function print(
  terminal: Terminal,
  now: number,
  told: readonly Incident[],
  last: CycleStatistics | undefined,
): void {
  for (const incident of told) printIncident(terminal, now, incident);
  if (last === undefined) {
    terminal.out(pc.dim('no cycle has closed yet'));
    return;
  }
  const ago = formatDuration(Math.round((now - last.startedAt) / 1000) * 1000);
  terminal.out(
    `\nlast cycle #${last.cycleId}, ${ago} ago, ${last.outcome}: ${last.checked} checked in ${formatMs(last.durationMs)}: ${countsOf(last.counts)} · success ${formatRate(last.successRate)}${heldUpIn(last)}`,
  );
  terminal.out(pc.dim(formatLatency(last.latency)));
}

function printService(terminal: Terminal, now: number, { service, cycle }: LastCycle): void {
  const counts = countsOf(cycle.byService[service]?.counts ?? {});
  terminal.out(
    `${pc.bold(service)}: cycle #${cycle.cycleId}, ${sinceText(now, cycle.startedAt)} ago, ${cycle.outcome}: ${counts}${heldUpIn(cycle)}`,
  );
}

function heldUpIn({ heldUp = 0, confirming = 0 }: CycleStatistics): string {
  const hanging = heldUp - confirming;
  const parts = [
    hanging > 0 ? pc.yellow(` · ${hanging} left out, no answer yet to the call of before`) : '',
    confirming > 0 ? ` · ${confirming} left out, being confirmed` : '',
  ];
  return parts.join('');
}

function countsOf(counts: Partial<CycleStatistics['counts']>): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([verdict, count]) => verdictColor[verdict as keyof typeof verdictColor](`${count} ${verdict}`))
    .join(', ');
}

/** `api.yaml:3:7`, as editors understand it. */
function placeOf({ subjectLabel, place }: Incident): string {
  return [subjectLabel, place?.line, place?.column].filter((part) => part !== undefined).join(':');
}

function printIncident(terminal: Terminal, now: number, incident: Incident): void {
  const isWell = incident.state === 'recovering';
  const color = isWell ? pc.green : incident.verdict === 'fail' ? pc.red : pc.yellow;
  const since = sinceText(now, lastsSince(incident));
  const many = incident.members.count > 1 ? ` (${operationsOf(incident.members)})` : '';
  terminal.out(
    `${color(`#${incident.id}`)} ${pc.bold(placeOf(incident))}${many} ${pc.dim(incident.services.join(', '))} for ${since}`,
  );
  if (isWell) {
    const well = sinceText(now, incident.lastSeenAt);
    terminal.out(`      answers well again, last seen failing ${well} ago; over once that has held`);
  }
  const times =
    incident.flapping === undefined ? '' : `, comes and goes: ${incident.flapping.times} times within 6h`;
  terminal.out(`      ${isWell ? 'it was: ' : ''}${inEnglish(incident.reason.message)}${times}`);
}
