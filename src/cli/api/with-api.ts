import { systemClock } from '../../lib/time/clock.ts';
import { messageOf } from '../../lib/errors.ts';
import type { Settings } from '../../model/settings.ts';
import { socketOf } from '../../server/listen.ts';
import { type CliContext, commandLine, commandLogger, type Loaded } from '../command.ts';
import { loadOrLastGood } from '../last-good.ts';
import { exitCode, printJson } from '../output.ts';
import type { Say } from '../words.ts';
import { openOrExplain } from '../stored.ts';
import { osUser } from './os-user.ts';
import { type Api, apiOver, ApiRefusal } from './client.ts';
import { inProcess, isListening, overSocket, type ApiTransport } from './transport.ts';

interface ApiFlags {
  readonly config: string;
  readonly json?: boolean;
}

interface WithApiOptions {
  /** Makes a store where there is none; otherwise that is an error. */
  readonly create?: boolean;
  /** Only a patrol that runs can do it; where none does, that is said. */
  readonly needsPatrol?: boolean;
  /** How long it may take; default: as long as looking something up does. */
  readonly patienceMs?: number;
}

type Work = (api: Api, settings: Settings) => Promise<number>;

/**
 * Works through the HTTP API: that of the patrol that runs, so that it acts at once and is the only one who writes,
 * or else the same one in this process, on the store. What the API refuses is explained.
 */
export async function withApi(
  context: CliContext,
  flags: ApiFlags,
  work: Work,
  options: WithApiOptions = {},
): Promise<number> {
  const loaded = await loadOrLastGood(context, flags);
  if (loaded === undefined) return exitCode.cannotRun;
  const { settings } = loaded.config;
  const run = (transport: ApiTransport): Promise<number> =>
    explained(context, flags, () =>
      work(apiOver(transport, osUser(context.env), context.terminal.language), settings),
    );
  const { store: place } = settings;
  const socket = socketOf(place.path);
  if (await isListening(socket)) return run(answering(socket, context.terminal.say, options.patienceMs));
  if (options.needsPatrol === true) {
    const { err, say } = context.terminal;
    err(say('cli.noPatrolRuns'), say('cli.startOne', { command: commandLine(flags, 'run') }));
    return exitCode.cannotRun;
  }
  const how = options.create === true ? {} : { existing: true };
  return openOrExplain(
    context,
    loaded,
    { store: place, ...how },
    async (store) => {
      const { localApi } = await import('../../server/local.ts');
      return run(inProcess(localApi({ store, ...toolsOf(context, loaded) })));
    },
    flags,
  );
}

function toolsOf(context: CliContext, { file, config, redactor }: Loaded) {
  return { config, configFile: file, clock: systemClock, log: commandLogger(context, redactor), redactor };
}

/** A patrol that is there and says nothing is a thing to look into, not to go around: it may have done it. */
function answering(socket: string, say: Say, patienceMs?: number): ApiTransport {
  const send = overSocket(socket, patienceMs);
  return (request) =>
    send(request).catch((error: unknown) => {
      throw new ApiRefusal({
        type: 'about:blank',
        title: 'No answer',
        status: 504,
        detail: say('cli.noAnswerFromPatrol', { socket, why: messageOf(error) }),
        hint: say('cli.mayYetDoIt'),
      });
    });
}

async function explained(
  { terminal }: CliContext,
  { json }: ApiFlags,
  work: () => Promise<number>,
): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    const { title, hint } = error.problem;
    const code = title.toLowerCase().replaceAll(' ', '-');
    const problem = {
      level: 'error',
      code,
      message: error.message,
      hint,
    };
    if (json === true) printJson(terminal, { ok: false, problems: [problem] });
    else terminal.err(error.message, hint);
    return exitCode.cannotRun;
  }
}
