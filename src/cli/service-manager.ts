import { execFile } from 'node:child_process';
import { messageOf } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import type { Clock } from '../lib/time/clock.ts';

/** Whoever started the patrol and watches over it: systemd with `Type=notify` (sd_notify(3)), or nobody. */
export interface ServiceManager {
  /** The patrol works. From now on it is told again and again that the event loop goes round, where it wants to know (`WatchdogSec=`). */
  ready(): void;
  /** The patrol ends. It stays watched until it has. */
  stopping(): void;
  /** Tells nothing more; resolves when what was being told is. */
  close(): Promise<void>;
}

/** Tells it these assignments, as `READY=1`; rejects when it cannot. */
export type Notify = (states: readonly string[]) => Promise<void>;

/** It acts when it has heard nothing for the whole of its time: one that comes late, or gets lost, is made up for. */
const tellsInItsTime = 3;
const notifyMs = 10_000;

/**
 * @param env As systemd sets it: `NOTIFY_SOCKET`, and `WATCHDOG_USEC` for the process of the number `WATCHDOG_PID`.
 */
export function serviceManagerIn(
  env: NodeJS.ProcessEnv,
  { clock, log, notify = systemdNotify(env) }: { clock: Clock; log: Logger; notify?: Notify },
): ServiceManager {
  if (env['NOTIFY_SOCKET'] === undefined) return nobody;
  const everyMs = watchdogMs(env) / tellsInItsTime;
  let last = Promise.resolve();
  let hasFailed = false;
  let cancel: () => void = () => undefined;
  const tell = (...states: readonly string[]): Promise<void> => {
    last = last
      .then(() => notify(states))
      .catch((error: unknown) => {
        if (!hasFailed)
          log.warn('systemd cannot be told how this patrol is', { states, problem: messageOf(error) });
        hasFailed = true;
      });
    return last;
  };
  const watch = (): void => {
    cancel = clock.after(everyMs, () => void tell('WATCHDOG=1').then(watch));
  };
  return {
    ready() {
      void tell('READY=1');
      if (everyMs > 0) watch();
    },
    stopping: () => void tell('STOPPING=1'),
    async close() {
      cancel();
      await last;
      cancel();
    },
  };
}

const nobody: ServiceManager = { ready() {}, stopping() {}, close: () => Promise.resolve() };

/** Zero: it does not watch, or another process. */
function watchdogMs({ WATCHDOG_USEC: us, WATCHDOG_PID: pid }: NodeJS.ProcessEnv): number {
  const ms = Number(us ?? 0) / 1000;
  return Number.isFinite(ms) && ms > 0 && (pid === undefined || Number(pid) === process.pid) ? ms : 0;
}

/** Node has no sockets for datagrams of this machine (AF_UNIX, SOCK_DGRAM); the tool is there wherever systemd is. */
function systemdNotify(env: NodeJS.ProcessEnv): Notify {
  return (states) =>
    new Promise((resolve, reject) => {
      execFile('systemd-notify', states, { env, timeout: notifyMs }, (error) =>
        error === null ? resolve() : reject(error),
      );
    });
}
