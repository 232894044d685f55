import { SaidError } from '../messages/said-error.ts';
import { sentence } from '../messages/sentence.ts';
import { execFile } from 'node:child_process';

export interface RunResult {
  readonly exitCode: number;
  readonly stdout: string;
}

/** Runs a program without a shell; rejects when it cannot be started or does not end in time. */
export type Run = (
  command: readonly string[],
  options: {
    readonly env: Readonly<Record<string, string>>;
    readonly timeoutMs: number;
    readonly signal: AbortSignal;
  },
) => Promise<RunResult>;

const maxOutputBytes = 1 << 20;

/** Hand this to the token manager where the configuration allows commands. */
export const runCommand: Run = ([file = '', ...args], { env, timeoutMs, signal }) =>
  new Promise((resolve, reject) => {
    const options = {
      env: { ...process.env, ...env },
      timeout: timeoutMs,
      killSignal: 'SIGKILL' as const,
      signal,
      maxBuffer: maxOutputBytes,
      windowsHide: true,
    };
    // The error of `execFile` repeats the command line, and its arguments may be secret.
    execFile(file, args, options, (error, stdout) => {
      if (error === null) resolve({ exitCode: 0, stdout });
      else if (error.killed === true)
        reject(new SaidError(sentence('commandTooSlow', { command: file, time: `${timeoutMs / 1000} s` })));
      else if (typeof error.code === 'number') resolve({ exitCode: error.code, stdout });
      else reject(new SaidError(sentence('commandNotRun', { command: file, why: error.code ?? error.name })));
    });
  });
