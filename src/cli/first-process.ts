import { constants } from 'node:os';

const ending = ['SIGTERM', 'SIGINT'] as const;

/**
 * The first process of a container (PID 1) is sent no signal that it has no listener for: the kernel does for it what it does by default
 * for none other, nothing (pid_namespaces(7)). So a command that ends by itself, or one that is still starting, could not be ended. A
 * command that listens itself is left alone.
 */
export function endWhenFirst(
  own: Pick<NodeJS.Process, 'pid' | 'on' | 'listenerCount' | 'exit'> = process,
): void {
  if (own.pid !== 1) return;
  for (const signal of ending)
    own.on(signal, () => {
      if (own.listenerCount(signal) === 1) own.exit(128 + constants.signals[signal]);
    });
}
