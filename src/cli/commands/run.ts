import { localised } from '../../messages/in-language.ts';
import { cleanJson } from '../../lib/text/clean.ts';
import { forTerminal } from '../paint.ts';
import { systemClock } from '../../lib/time/clock.ts';
import { createLogger, type Logger } from '../../lib/logger.ts';
import type { Redactor } from '../../lib/secrets/secret.ts';
import { Daemon } from '../../app/daemon.ts';
import { Node } from '../../app/node/node.ts';
import { Option } from 'commander';
import {
  type AddCommand,
  type CliContext,
  configOption,
  examples,
  type Loaded,
  loadOrExplain,
  unsaidAtStart,
} from '../command.ts';
import { exitCode, readableLine } from '../output.ts';
import { serviceManagerIn } from '../service-manager.ts';
import type { Say } from '../words.ts';

export interface RunFlags {
  readonly config: string;
  readonly checkConfig?: boolean;
  readonly log?: 'text' | 'json';
}

export const logOption = (say: Say): Option =>
  new Option('--log <form>', say('option.log')).choices(['text', 'json']);

export const runCommand: AddCommand = (program, context) => {
  const { say, out } = context.terminal;
  program
    .command('run')
    .description(say('help.run.does'))
    .addOption(configOption(context))
    .option('--check-config', say('help.run.checkConfig'))
    .addOption(logOption(say))
    .addHelpText('after', `\n${say('help.run.more')}\n\n${examples(context, 'run -c apipatrol.yaml')}`)
    .action(async (flags: RunFlags) => {
      const loaded = await loadOrExplain(context, flags, unsaidAtStart);
      if (loaded === undefined) return context.finish(exitCode.cannotRun);
      if (flags.checkConfig === true) {
        out(say('config.valid', { file: flags.config }));
        return context.finish(exitCode.pass);
      }
      context.finish(await runService(context, flags, loaded, besideCommands(loaded.file)));
    });
};

const besideCommands =
  (configFile: string): Beside =>
  async (patrol, tools) => {
    const { openCommandSocket } = await import('../../server/command-socket.ts');
    return openCommandSocket({ patrol, configFile, clock: systemClock, ...tools });
  };

export interface Companion {
  /** Sees to it that what lies beside the database is still there. */
  look(): Promise<void>;
  close(): Promise<void>;
}

/** Something that goes on beside the patrol and ends with it. */
export type Beside = (
  patrol: Daemon | Node,
  tools: { readonly log: Logger; readonly redactor: Redactor },
) => Promise<Companion>;

/** Patrols until a signal stops it. */
export async function runService(
  context: CliContext,
  flags: RunFlags,
  { file, config, redactor }: Loaded,
  beside: Beside,
): Promise<number> {
  const readable = (flags.log ?? (context.terminal.interactive ? 'text' : 'json')) === 'text';
  const log = createLogger({
    level: config.settings.logLevel,
    redactor,
    destination: {
      write: (line) => process.stdout.write(readable ? forTerminal(readableLine(line)) : cleanJson(line)),
    },
  });
  const { env, cwd: root } = context;
  const options = { configFile: file, config, env, clock: systemClock, log, redactor, root };
  const url = config.settings.store.url?.reveal();
  const patrol = await (url === undefined ? Daemon.open(options) : Node.open({ ...options, url }));
  const manager = serviceManagerIn(env, { clock: systemClock, log });
  const companion = await beside(patrol, { log, redactor }).catch(async (error: unknown) => {
    await patrol.close();
    throw error;
  });
  patrol.keep(() => companion.look());
  const forget = onSignals(patrol, (message) => {
    log.info(message);
    manager.stopping();
  });
  manager.ready();
  try {
    await patrol.run();
  } finally {
    await companion.close();
    await manager.close();
    forget();
  }
  const failed = patrol.notPatrolled().filter(({ why }) => why === 'failed' || why === 'overdue');
  log.info('stopped', failed.length === 0 ? {} : { notPatrolled: localised(failed, 'en') });
  return failed.length === 0 ? exitCode.pass : exitCode.cannotRun;
}

function onSignals(patrol: Daemon | Node, tell: (message: string) => void): () => void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(exitCode.interrupted);
    stopping = true;
    tell('stopping: checks in flight may end; once more to end at once');
    patrol.stop();
  };
  const reload = (): void => void patrol.reload();
  const runNow = (): void => patrol.runNow();
  const listeners = { SIGTERM: stop, SIGINT: stop, SIGHUP: reload, SIGUSR2: runNow } as const;
  for (const [signal, listener] of Object.entries(listeners)) process.on(signal, listener);
  return () => {
    for (const [signal, listener] of Object.entries(listeners)) process.off(signal, listener);
  };
}
