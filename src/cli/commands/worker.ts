import { Option } from 'commander';
import { pc } from '../paint.ts';
import {
  createWorkerToken,
  leastTokenMs,
  listWorkers,
  listWorkerTokens,
  mostTokenMs,
  removeWorker,
  removeWorkerToken,
  type Workers,
  type WorkerTokens,
} from '../../server/api/workers.ts';
import { formatDuration } from '../../lib/time/duration.ts';
import { withApi } from '../api/with-api.ts';
import {
  type AddCommand,
  type CliContext,
  configOption,
  durationOption,
  examples,
  jsonOption,
} from '../command.ts';
import { exitCode, formatMs, printJson, table } from '../output.ts';
import type { WorkFlags } from '../work.ts';
import { logOption } from './run.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
}

interface TokenFlags extends Flags {
  readonly location?: string;
  readonly expires?: number;
}

export const workerCommand: AddCommand = (program, context) => {
  const { say } = context.terminal;
  const worker = program
    .command('worker')
    .description(say('help.worker.does'))
    .option('--location <name>', say('help.worker.location'))
    .option('--server <url...>', say('help.worker.server'))
    .addOption(new Option('--token <token>', say('help.worker.token')).env('APIPATROL_WORKER_TOKEN'))
    .option('--token-file <file>', say('help.worker.tokenFile'))
    .option('--identity <file>', say('help.worker.identity'))
    .option('--client-certificate <file>', say('help.worker.certificate'))
    .option('--client-key <file>', say('help.worker.certificateKey'))
    .option('--batches <n>', say('help.worker.batches'))
    .addOption(logOption(say))
    .addHelpText(
      'after',
      `\n${say('help.worker.more')}\n\n${examples(
        context,
        'worker token --location shanghai',
        'worker --location shanghai --server https://patrol.example --token-file token.txt',
      )}`,
    )
    .action(async (flags: WorkFlags) => {
      // What calls operations is not loaded for what only asks a server.
      const { work } = await import('../work.ts');
      context.finish(await work(context, flags));
    });
  worker
    .command('token')
    .description(say('help.worker.tokenDoes'))
    .option('--location <name>', say('help.worker.tokenLocation'))
    .addOption(durationOption(context, '--expires <duration>', say('help.worker.expires')))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addHelpText('after', `\n${examples(context, 'worker token --location shanghai --expires 1h')}`)
    .action(async (_: unknown, command: { optsWithGlobals(): TokenFlags }) =>
      context.finish(await makeToken(context, command.optsWithGlobals())),
    );
  worker
    .command('tokens')
    .description(say('help.worker.tokensDoes'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addHelpText('after', `\n${examples(context, 'worker tokens')}`)
    .action(async (flags: Flags) => context.finish(await listTokens(context, flags)));
  for (const name of ['list', 'status'] as const)
    worker
      .command(name)
      .description(say(`help.worker.${name}Does`))
      .addOption(configOption(context))
      .addOption(jsonOption(context))
      .addHelpText('after', `\n${examples(context, `worker ${name}`)}`)
      .action(async (flags: Flags) => context.finish(await list(context, flags, name)));
  worker
    .command('remove')
    .description(say('help.worker.removeDoes'))
    .argument('<id>', say('help.worker.id'))
    .addOption(configOption(context))
    .addHelpText('after', `\n${examples(context, 'worker remove 1a2b3c')}`)
    .action(async (id: string, flags: Flags) => context.finish(await remove(context, id, flags)));
};

function makeToken(context: CliContext, flags: TokenFlags): Promise<number> {
  const { location, expires } = flags;
  const { say, out, err } = context.terminal;
  if (location === undefined) {
    err(say('worker.needsLocation'), say('worker.seeHelp'));
    return Promise.resolve(exitCode.cannotRun);
  }
  if (expires !== undefined && (expires < leastTokenMs || expires > mostTokenMs)) {
    const [found = '', least = '', most = ''] = [expires, leastTokenMs, mostTokenMs].map(formatDuration);
    err(say('worker.expiresRange', { found, least, most }), say('worker.seeHelp'));
    return Promise.resolve(exitCode.cannotRun);
  }
  return withApi(context, flags, async (api, settings) => {
    const made = await api.call(createWorkerToken, { body: { location, forMs: expires } });
    if (flags.json === true) printJson(context.terminal, made);
    else {
      const server = settings.server.url ?? `http://localhost:${settings.server.port}`;
      out(made.token);
      // So that `> file` has the token alone.
      err(pc.dim(say('worker.useToken', { location, at: new Date(made.expiresAt).toISOString(), server })));
    }
    return exitCode.pass;
  });
}

function listTokens(context: CliContext, flags: Flags): Promise<number> {
  return withApi(context, flags, async (api) => {
    const found = await api.call(listWorkerTokens);
    if (flags.json === true) printJson(context.terminal, found);
    else printTokens(context, found);
    return exitCode.pass;
  });
}

function printTokens({ terminal }: CliContext, { items }: WorkerTokens): void {
  const { say, out } = terminal;
  if (items.length === 0) return out(say('worker.noTokens'));
  const head = ['id', 'location', 'by', 'expires'] as const;
  out(
    table(
      head.map((name) => say(`head.${name}`)),
      items.map(({ id, location, by, expiresAt }) => [id, location, by, new Date(expiresAt).toISOString()]),
    ),
  );
}

function list(context: CliContext, flags: Flags, what: 'list' | 'status'): Promise<number> {
  return withApi(context, flags, async (api) => {
    const found = await api.call(listWorkers);
    if (flags.json === true) printJson(context.terminal, found);
    else if (what === 'list') printWorkers(context, found);
    else printLocations(context, found);
    return what === 'status' &&
      found.locations.some(({ isSilent, services }) => isSilent && services.length > 0)
      ? exitCode.failed
      : exitCode.pass;
  });
}

function printWorkers({ terminal }: CliContext, { items }: Workers): void {
  const { say, out } = terminal;
  if (items.length === 0) return out(say('worker.none'));
  const rows = items.map((one) => [
    one.id,
    one.location,
    one.name,
    one.version,
    say(`workerState.${one.state}`),
    String(one.batches),
    formatSkew(one.skewMs),
  ]);
  const head = ['id', 'location', 'name', 'version', 'state', 'batches', 'skew'] as const;
  out(
    table(
      head.map((name) => say(`head.${name}`)),
      rows,
    ),
  );
}

function printLocations(context: CliContext, found: Workers): void {
  const { say, out } = context.terminal;
  for (const { name, services, isSilent, waiting, lagMs } of found.locations) {
    const there = found.items.filter(({ location }) => location === name).length;
    const mark = isSilent ? pc.red('✗') : pc.green('✓');
    out(
      `${mark} ${say('worker.locationLine', { name, n: there, services: services.length === 0 ? ['–'] : services })}`,
    );
    if (waiting > 0) out(`  ${say('worker.locationWaits', { n: waiting, lag: formatMs(lagMs) })}`);
    if (isSilent) out(`  ${say('worker.locationSilent', { name })}`);
  }
  printWorkers(context, found);
}

/** Small ones are the time that a request takes. */
function formatSkew(ms: number): string {
  if (Math.abs(ms) < 1000) return '–';
  return `${ms < 0 ? '−' : '+'}${formatMs(Math.abs(ms))}`;
}

function remove(context: CliContext, id: string, flags: Flags): Promise<number> {
  return withApi(context, flags, async (api) => {
    const { say, out } = context.terminal;
    const isToken = (await api.call(listWorkerTokens)).items.some((one) => one.id === id);
    if (isToken) await api.call(removeWorkerToken, { params: { id } });
    else await api.call(removeWorker, { params: { id } });
    out(`${pc.green('✓')} ${say(isToken ? 'worker.tokenRevoked' : 'worker.removed', { id })}`);
    return exitCode.pass;
  });
}
