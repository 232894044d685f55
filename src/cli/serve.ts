import { systemClock } from '../kit/clock.ts';
import { messageOf } from '../kit/errors.ts';
import { Option } from 'commander';
import type { Service } from '../service.ts';
import { type AddCommand, configOption, loadOrExplain } from './command.ts';
import { exitCode } from './output.ts';
import { type Beside, type RunFlags, runService } from './run.ts';

export const serveCommand: AddCommand = (program, context) => {
  program
    .command('serve')
    .description('run, with a page and an HTTP API to look at it and steer it')
    .addOption(configOption())
    .addOption(new Option('--log <form>', 'form of the log').choices(['text', 'json']))
    .addHelpText(
      'after',
      `
Listens on server.host and server.port of the configuration, by default http://127.0.0.1:8420.
Signals: as for run.

Example:
  $ apipatrol serve -c apipatrol.yaml`,
    )
    .action(async (flags: RunFlags) => {
      const loaded = await loadOrExplain(context, flags);
      if (loaded === undefined) return context.finish(exitCode.cannotRun);
      context.finish(await runService(context, flags, loaded, serverBeside));
    });
};

const serverBeside: Beside = async (service, { log, redactor }) => {
  const { startServer } = await import('../server/server.ts');
  const { host, port } = service.config.settings.server;
  await requireSignIn(service, host);
  try {
    const server = await startServer({ patrol: service, clock: systemClock, log, redactor, host, port });
    log.info('the page is ready', { url: server.url });
    return server;
  } catch (error) {
    throw new Error(cannotListen(error, host, port), { cause: error });
  }
};

/** What everybody can reach, everybody could steer. */
async function requireSignIn({ config, store }: Service, host: string): Promise<void> {
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
    return `port ${port} of ${host} is taken (${said})\n  → Stop what listens there, or choose another with server.port.`;
  if (code === 'EADDRNOTAVAIL')
    return `this machine has no address ${host} (${said})\n  → Choose another with server.host.`;
  if (code === 'EACCES')
    return `port ${port} may not be listened on (${said})\n  → Choose one from 1024 on with server.port.`;
  return `the server cannot listen on ${host}:${port}: ${said}`;
}
