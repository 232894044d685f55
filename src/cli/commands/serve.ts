import { systemClock } from '../../lib/time/clock.ts';
import { messageOf } from '../../lib/errors.ts';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { InvalidArgumentError, Option } from 'commander';
import { Redactor } from '../../lib/secrets/secret.ts';
import type { Daemon } from '../../app/daemon.ts';
import { type AddCommand, type CliContext, commandLogger, configOption, loadOrExplain } from '../command.ts';
import { exitCode } from '../output.ts';
import { type Beside, type RunFlags, runService } from './run.ts';

interface ServeFlags extends RunFlags {
  readonly port?: number;
}

const usualPort = 8420;

export const serveCommand: AddCommand = (program, context) => {
  program
    .command('serve')
    .description('Run the daemon with the web UI and HTTP API')
    .addOption(configOption())
    .addOption(
      new Option('--port <port>', 'Port to listen on (default: server.port)').argParser(portArgument),
    )
    .addOption(
      new Option('--log <form>', 'Log format (default: text on a terminal, json otherwise)').choices([
        'text',
        'json',
      ]),
    )
    .addHelpText(
      'after',
      `
Listens on server.host and server.port of the configuration, by default http://127.0.0.1:8420. Without a
configuration the page leads from a document and a webhook to one.
Signals: as for run.

Example:
  $ apipatrol serve -c apipatrol.yaml`,
    )
    .action(async (flags: ServeFlags) => {
      if (!existsSync(path.resolve(context.cwd, flags.config)) && !(await setUp(context, flags)))
        return context.finish(exitCode.pass);
      const loaded = await loadOrExplain(context, flags);
      if (loaded === undefined) return context.finish(exitCode.cannotRun);
      context.finish(await runService(context, flags, loaded, besideOn(loaded.file, flags.port)));
    });
};

const besideOn =
  (configFile: string, wanted: number | undefined): Beside =>
  async (daemon, { log, redactor }) => {
    const { startServer } = await import('../../server/server.ts');
    const { host, port: configured } = daemon.config.settings.server;
    const port = wanted ?? configured;
    await requireSignIn(daemon, host);
    try {
      const server = await startServer({
        patrol: daemon,
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
      throw new Error(cannotListen(error, host, port), { cause: error });
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
    throw new Error(cannotListen(error, '127.0.0.1', port), { cause: error });
  });
  terminal.out(`there is no ${flags.config} yet; open ${setup.url} to make one`);
  const isSaved = await Promise.race([setup.saved.then(() => true), stopped]);
  await setup.close();
  return isSaved;
}

function portArgument(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('write a number from 0 to 65535.');
}

/** What everybody can reach, everybody could steer. */
async function requireSignIn({ config, store }: Daemon, host: string): Promise<void> {
  const { users = [], oidc, proxy } = config.settings.server.signIn ?? {};
  const isOurs = host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
  if (isOurs || users.length > 0 || oidc !== undefined || proxy !== undefined) return;
  if ((await store.people.accounts()).length > 0) return;
  throw new Error(
    `server.host is ${host}, which others can reach, and nobody has to sign in
  → Add a user: apipatrol user add NAME --role admin
  → Or configure server.signIn (users, oidc, proxy), or leave server.host at 127.0.0.1.`,
  );
}

function cannotListen(error: unknown, host: string, port: number): string {
  const code = (error as NodeJS.ErrnoException).code;
  const said = messageOf(error);
  if (code === 'EADDRINUSE')
    return `port ${port} of ${host} is taken (${said})\n  → Stop what listens there, or choose another with --port or server.port.`;
  if (code === 'EADDRNOTAVAIL')
    return `this machine has no address ${host} (${said})\n  → Choose another with server.host.`;
  if (code === 'EACCES')
    return `port ${port} may not be listened on (${said})\n  → Choose one from 1024 on with --port or server.port.`;
  return `the server cannot listen on ${host}:${port}: ${said}`;
}
