import { wallTime } from '../../lib/time/clock.ts';
import { flat } from '../../lib/text/clean.ts';
import type { UnreadDocument } from '../../model/document.ts';
import { isWithoutOperations, type ServiceSetUp, waitingIn } from '../../model/set-up.ts';
import type { Settings } from '../../model/settings.ts';
import type { Store } from '../../store/store.ts';
import { type AddCommand, configOption, examples, jsonOption } from '../command.ts';
import { exitCode, printJson, type Terminal } from '../output.ts';
import { pc } from '../paint.ts';
import { printSetUp } from '../print-set-up.ts';
import { withConfiguredStore } from '../stored.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
  readonly service?: string;
}

export const setUpCommand: AddCommand = (program, context) => {
  const { say, err } = context.terminal;
  program
    .command('set-up')
    .description(say('help.setUp.does'))
    .option('--service <name>', say('help.setUp.service'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addHelpText(
      'after',
      `
${say('help.setUp.more')}

${examples(context, 'set-up', 'set-up --service orders --json')}`,
    )
    .action(async (flags: Flags) => {
      const code = await withConfiguredStore(context, flags, async (store, settings) => {
        if (flags.service !== undefined && !settings.services.some(({ name }) => name === flags.service)) {
          const names = settings.services.map(({ name }) => name);
          err(say('setUp.unknownService', { name: flags.service }), say('setUp.servicesAre', { names }));
          return exitCode.cannotRun;
        }
        const found = await setUpsOf(store, settings, flags.service);
        if (flags.json === true) printJson(context.terminal, { services: found });
        else print(context.terminal, found, settings, await unreadAmong(found, store));
        return exitCode.pass;
      });
      context.finish(code);
    });
};

/** Of the services that are patrolled, in their order. */
export async function setUpsOf(
  store: Store,
  { services }: Settings,
  only?: string,
): Promise<readonly ServiceSetUp[]> {
  const kept = new Map((await store.setUps()).map((setUp) => [setUp.service, setUp]));
  return services
    .filter(({ name }) => only === undefined || name === only)
    .flatMap(({ name }) => kept.get(name) ?? []);
}

/** Services none of whose documents has ever been read. */
async function unreadAmong(
  found: readonly ServiceSetUp[],
  { documents }: Store,
): Promise<ReadonlySet<string>> {
  const unread = await Promise.all(
    found.map(async ({ service, counts }) => {
      if (!isWithoutOperations(counts)) return [];
      return (await documents.list(service)).some(({ document }) => document !== undefined) ? [] : [service];
    }),
  );
  return new Set(unread.flat());
}

function print(
  terminal: Terminal,
  found: readonly ServiceSetUp[],
  { timeZone }: Settings,
  unread: ReadonlySet<string>,
): void {
  const { out, say } = terminal;
  if (found.length === 0) return out(say('setUp.noCycle'));
  const time = wallTime(timeZone);
  for (const { service, since, counts, groups, unread: documents = [] } of found) {
    if (isWithoutOperations(counts)) {
      const what =
        documents.length > 0 ? 'setUp.unreadDocuments' : unread.has(service) ? 'setUp.unread' : 'setUp.empty';
      out(`\n${say(what, { service: pc.bold(flat(service)) })}`);
      for (const one of documents) printUnread(terminal, one);
      continue;
    }
    const n = waitingIn(groups);
    const standing = {
      service: pc.bold(flat(service)),
      state: stateOf(n, counts.failing, say),
      since: pc.dim(say('setUp.since', { time: time(since) })),
    };
    const told =
      counts.called === 0
        ? say('setUp.ofNone', standing)
        : say('setUp.of', { ...standing, pass: counts.pass, n: counts.called });
    out(`\n${told}`);
    printSetUp(terminal, groups, true);
    for (const one of documents) printUnread(terminal, one);
  }
}

/** A document that has never been readable, why, and what to do about it. */
function printUnread({ out, say, inWords }: Terminal, { uri, message, hint }: UnreadDocument): void {
  out(say('setUp.unreadDocument', { uri: pc.bold(flat(uri)), why: flat(inWords(message)) }));
  if (hint !== undefined) out(pc.dim(`  ${flat(inWords(hint))}`));
}

function stateOf(waiting: number, failing: number, say: Terminal['say']): string {
  if (waiting > 0) return pc.cyan(say('setUp.waiting', { n: waiting }));
  return failing > 0 ? pc.red(say('setUp.failing', { n: failing })) : pc.green(say('setUp.nothing'));
}
