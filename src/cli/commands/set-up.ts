import { wallTime } from '../../lib/time/wall-time.ts';
import { flat } from '../../lib/text/clean.ts';
import { type ServiceSetUp, waitingIn } from '../../model/set-up.ts';
import type { Settings } from '../../model/settings.ts';
import type { Store } from '../../store/store.ts';
import { type AddCommand, configOption, jsonOption } from '../command.ts';
import { counted, exitCode, printJson, type Terminal } from '../output.ts';
import { pc } from '../paint.ts';
import { printSetUp } from '../print-set-up.ts';
import { withStore } from '../stored.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
  readonly service?: string;
}

export const setUpCommand: AddCommand = (program, context) => {
  program
    .command('set-up')
    .description('Show what has never worked or is not called, why, and how to fix it')
    .option('--service <name>', 'Only this service')
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      `
As the last complete cycle of \`run\` or \`serve\` has found it. What stands here does not alarm before it has once worked.
Without a patrol, \`apipatrol check\` ends with the same list.

Examples:
  $ apipatrol set-up
  $ apipatrol set-up --service orders --json`,
    )
    .action(async (flags: Flags) => {
      const code = await withStore(context, flags, async (store, settings) => {
        if (flags.service !== undefined && !settings.services.some(({ name }) => name === flags.service)) {
          const names = settings.services.map(({ name }) => name).join(', ');
          context.terminal.err(`no service is called ${flags.service}\n  → There are: ${names}`);
          return exitCode.cannotRun;
        }
        const found = await setUpsOf(store, settings, flags.service);
        if (flags.json === true) printJson(context.terminal, { services: found });
        else print(context.terminal, found, settings);
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

function print(terminal: Terminal, found: readonly ServiceSetUp[], { timeZone }: Settings): void {
  if (found.length === 0) {
    terminal.out('no cycle has closed yet; apipatrol check shows the list at once');
    return;
  }
  const time = wallTime(timeZone);
  for (const { service, since, counts, groups } of found) {
    const waiting = waitingIn(groups);
    const state = waiting === 0 ? pc.green('nothing to set up') : pc.cyan(`${waiting} to set up`);
    terminal.out(
      `\n${pc.bold(flat(service))}: ${counts.pass} of ${counted(counts.called, 'called operation')} work, ${state} ${pc.dim(`since ${time(since)}`)}`,
    );
    printSetUp(terminal, groups, true);
  }
}
