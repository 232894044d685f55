import { readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { createSecureContext } from 'node:tls';
import { forTerminal } from './paint.ts';
import { cleanJson } from '../lib/text/clean.ts';
import { messageOf } from '../lib/errors.ts';
import { createLogger, type Logger } from '../lib/logger.ts';
import { Redactor } from '../lib/secrets/secret.ts';
import { systemClock } from '../lib/time/clock.ts';
import { packageVersion } from '../lib/version.ts';
import { makeKeyPair } from '../work/sealing.ts';
import { keepIdentity, notJoined, readIdentity, type WorkerIdentity } from '../worker/identity.ts';
import { joinServer, stopOnSignals, warnOfPlain } from '../worker/join.ts';
import { type ClientCertificate, Refused, ServerLink } from '../worker/server-link.ts';
import { Worker } from '../worker/worker.ts';
import type { CliContext } from './command.ts';
import { exitCode, readableLine } from './output.ts';

export interface WorkFlags {
  readonly location?: string;
  readonly server?: readonly string[];
  readonly token?: string;
  readonly tokenFile?: string;
  readonly identity?: string;
  readonly clientCertificate?: string;
  readonly clientKey?: string;
  readonly batches?: string;
  readonly log?: 'text' | 'json';
}

const usualBatches = 50;

/** Works at a location until a signal stops it. */
export async function work(context: CliContext, flags: WorkFlags): Promise<number> {
  const { terminal, env, cwd } = context;
  const { say } = terminal;
  const { location, batches = String(usualBatches) } = flags;
  const servers = (flags.server ?? []).flatMap((one) => one.split(',')).map((one) => one.replace(/\/+$/, ''));
  const wrong = servers.find((one) => !/^https?:\/\/./.test(one) || !URL.canParse(one));
  const problem =
    location === undefined
      ? say('worker.needsLocation')
      : servers.length === 0
        ? say('worker.needsServer')
        : wrong !== undefined
          ? say('worker.noAddress', { address: wrong })
          : /^[1-9]\d{0,3}$/.test(batches)
            ? undefined
            : say('worker.noNumber', { text: batches });
  if (location === undefined || problem !== undefined)
    return failed(context, problem ?? '', say('worker.seeHelp'));
  const redactor = new Redactor();
  const log = loggerOf(context, flags, redactor);
  const stop = new AbortController();
  const forget = stopOnSignals(stop, log, () => process.exit(exitCode.interrupted));
  const file = path.resolve(cwd, flags.identity ?? `.apipatrol/worker-${location}.json`);
  warnOfPlain(servers, log);
  let link: ServerLink | undefined;
  try {
    link = new ServerLink(servers, env, terminal.language, await certificateOf(context, flags));
    const known = await readIdentity(file).catch((error: unknown) => {
      throw new Refused(
        0,
        say('worker.identityUnusable', { file, why: messageOf(error) }),
        say('worker.deleteIdentity'),
      );
    });
    const identity =
      known ?? (await join(context, flags, { location, link, file, log, signal: stop.signal }));
    if (identity === undefined) return exitCode.pass;
    if (identity.location !== location)
      return failed(
        context,
        say('worker.otherIdentity', { file, own: identity.location, location }),
        say('worker.nameIdentity'),
      );
    const worker = new Worker({
      identity,
      link,
      version: packageVersion(),
      capacity: Number(batches),
      env,
      clock: systemClock,
      log,
      redactor,
    });
    log.info('worker started', { location, servers, worker: identity.id });
    await worker.run(stop.signal);
    log.info('stopped');
    return exitCode.pass;
  } catch (error) {
    if (error instanceof Refused) return failed(context, error.message, error.hint);
    throw error;
  } finally {
    forget();
    await link?.close();
  }
}

/** Lets a server know this worker, once; `undefined`: it was stopped before. */
async function join(
  context: CliContext,
  flags: WorkFlags,
  about: {
    readonly location: string;
    readonly link: ServerLink;
    readonly file: string;
    readonly log: Logger;
    readonly signal: AbortSignal;
  },
): Promise<WorkerIdentity | undefined> {
  const { say } = context.terminal;
  const { location, link, file, log, signal } = about;
  const token = await tokenOf(context, flags);
  if (token === undefined)
    throw new Refused(0, say('worker.needsToken', { file }), say('worker.makeToken', { location }));
  const keys = await makeKeyPair();
  const { privateKey } = keys;
  // Whoever cannot keep it would have used the token up for nothing.
  const draft = { id: notJoined, secret: notJoined, location, privateKey };
  await keepIdentity(file, draft).catch((error: unknown) => {
    throw new Refused(
      0,
      say('worker.identityUnwritable', { file, why: messageOf(error) }),
      say('worker.nameIdentity'),
    );
  });
  const own = { token, location, keys, name: hostname(), version: packageVersion(), clock: systemClock };
  const joined = await joinServer({ link, log, signal, ...own }).catch(async (error: unknown) => {
    await rm(file, { force: true });
    throw error;
  });
  if (joined === undefined) {
    await rm(file, { force: true });
    return undefined;
  }
  const identity = { ...joined, location };
  await keepIdentity(file, identity);
  return identity;
}

/** Reads what the worker shows a server; what is no pair is told before anything is asked. */
async function certificateOf(
  { terminal, cwd }: CliContext,
  { clientCertificate: certificate, clientKey: key }: WorkFlags,
): Promise<ClientCertificate | undefined> {
  const { say } = terminal;
  if (certificate === undefined && key === undefined) return undefined;
  if (certificate === undefined || key === undefined)
    throw new Refused(0, say('worker.certificateHalf'), say('worker.seeHelp'));
  try {
    const [cert, own] = await Promise.all(
      [certificate, key].map((file) => readFile(path.resolve(cwd, file), 'utf8')),
    );
    const pair = { cert: cert ?? '', key: own ?? '' };
    createSecureContext(pair);
    return pair;
  } catch (error) {
    const why = messageOf(error);
    throw new Refused(
      0,
      say('worker.certificateUnusable', { certificate, key, why }),
      say('worker.nameCertificate'),
    );
  }
}

async function tokenOf({ cwd }: CliContext, { token, tokenFile }: WorkFlags): Promise<string | undefined> {
  if (tokenFile === undefined) return token?.trim();
  return (await readFile(path.resolve(cwd, tokenFile), 'utf8')).trim();
}

function failed({ terminal }: CliContext, message: string, hint?: string): number {
  terminal.err(message, hint);
  return exitCode.cannotRun;
}

function loggerOf({ terminal }: CliContext, flags: WorkFlags, redactor: Redactor): Logger {
  const readable = (flags.log ?? (terminal.interactive ? 'text' : 'json')) === 'text';
  return createLogger({
    level: 'info',
    redactor,
    destination: {
      write: (line) => process.stdout.write(readable ? forTerminal(readableLine(line)) : cleanJson(line)),
    },
  });
}
