import { systemClock } from '../../lib/time/clock.ts';
import { messageOf } from '../../lib/errors.ts';
import { SaidError } from '../../messages/said-error.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Sentence } from '../../model/sentence.ts';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { Redactor } from '../../lib/secrets/secret.ts';
import type { Daemon } from '../../app/daemon.ts';
import {
  type AddCommand,
  type CliContext,
  commandLogger,
  configOption,
  examples,
  loadOrExplain,
  unsaidAtStart,
} from '../command.ts';
import { exitCode } from '../output.ts';
import type { Say } from '../words.ts';
import { type Beside, logOption, type RunFlags, runService } from './run.ts';

interface ServeFlags extends RunFlags {
  readonly port?: number;
}

const usualPort = 8420;

export const serveCommand: AddCommand = (program, context) => {
  const { say } = context.terminal;
  program
    .command('serve')
    .description(say('help.serve.does'))
    .addOption(configOption(context))
    .addOption(new Option('--port <port>', say('help.serve.port')).argParser(portArgument(say)))
    .addOption(logOption(say))
    .addHelpText('after', `\n${say('help.serve.more')}\n\n${examples(context, 'serve -c apipatrol.yaml')}`)
    .action(async (flags: ServeFlags) => {
      if (!existsSync(path.resolve(context.cwd, flags.config)) && !(await setUp(context, flags)))
        return context.finish(exitCode.pass);
      const loaded = await loadOrExplain(context, flags, unsaidAtStart);
      if (loaded === undefined) return context.finish(exitCode.cannotRun);
      context.finish(await runService(context, flags, loaded, besideOn(loaded.file, flags.port)));
    });
};

const besideOn =
  (configFile: string, wanted: number | undefined): Beside =>
  async (patrol, { log, redactor }) => {
    const { startServer } = await import('../../server/server.ts');
    const { host, port: configured } = patrol.config.settings.server;
    const port = wanted ?? configured;
    await requireSignIn(patrol, host);
    try {
      const server = await startServer({
        patrol,
        configFile,
        clock: systemClock,
        log,
        redactor,
        host,
        port,
      });
      log.info('the page is ready', { url: server.url });
      return server;
    } catch (error) {
      throw new SaidError(cannotListen(error, host, port));
    }
  };

/** The first run: shows the page until it has written a configuration; false when it was stopped before. */
async function setUp(context: CliContext, flags: ServeFlags): Promise<boolean> {
  const { startSetup } = await import('../../server/setup/setup-server.ts');
  const { terminal, cwd: root, env } = context;
  const redactor = new Redactor();
  const log = commandLogger(context, redactor);
  const file = path.resolve(root, flags.config);
  const port = flags.port ?? usualPort;
  const stopped = new Promise<false>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(false));
  });
  const tools = { file, env, redactor, root, clock: systemClock, log, port };
  const setup = await startSetup(tools).catch((error: unknown) => {
    throw new SaidError(cannotListen(error, '127.0.0.1', port));
  });
  terminal.out(terminal.say('serve.openPage', { file: flags.config, url: setup.url }));
  const isSaved = await Promise.race([setup.saved.then(() => true), stopped]);
  await setup.close();
  return isSaved;
}

const portArgument =
  (say: Say) =>
  (text: string): number => {
    const port = Number(text);
    if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
    throw new InvalidArgumentError(say('usage.port'));
  };

/** What everybody can reach, everybody could steer. */
async function requireSignIn(
  { config, store }: Pick<Daemon, 'config' | 'store'>,
  host: string,
): Promise<void> {
  const { users = [], oidc, proxy } = config.settings.server.signIn ?? {};
  const isOurs = host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
  if (isOurs || users.length > 0 || oidc !== undefined || proxy !== undefined) return;
  if ((await store.people.accounts()).length > 0) return;
  throw new SaidError(sentence('serve.needsSignIn', { host }));
}

function cannotListen(error: unknown, host: string, port: number): Sentence {
  const code = (error as NodeJS.ErrnoException).code;
  const why = messageOf(error);
  if (code === 'EADDRINUSE') return sentence('serve.portTaken', { port, host, why });
  if (code === 'EADDRNOTAVAIL') return sentence('serve.noAddress', { host, why });
  if (code === 'EACCES') return sentence('serve.portForbidden', { port, why });
  return sentence('serve.cannotListen', { host, port, why });
}
