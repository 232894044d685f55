import { mayBlameAtFirstSight } from '../cycle/without-memory.ts';
import { systemClock } from '../kit/clock.ts';
import type { MayBlame } from '../model/proof.ts';
import { type BuiltParts, buildParts } from '../parts.ts';
import { inMemory } from '../store/database.ts';
import { openStore } from '../store/open.ts';
import { type CliContext, commandLogger, type Loaded } from './command.ts';

/**
 * Everything that a patrol needs, on a store in memory: a command that ends by itself leaves no trace and does not
 * meddle with a daemon that may be running.
 */
export async function withParts<T>(
  context: CliContext,
  loaded: Loaded,
  work: (parts: BuiltParts) => Promise<T>,
  mayBlame: MayBlame = mayBlameAtFirstSight,
): Promise<T> {
  const log = commandLogger(context, loaded.redactor);
  const { settings } = loaded.config;
  const store = await openStore(inMemory, { clock: systemClock, log });
  const { redactor } = loaded;
  const { cwd: root, env } = context;
  const parts = await buildParts({
    settings,
    store,
    clock: systemClock,
    log,
    redactor,
    root,
    env,
    alone: true,
    mayBlame,
  });
  try {
    return await work(parts);
  } finally {
    await parts.close();
    await store.close();
  }
}

/** Aborts at the first Ctrl+C; the second ends the process. */
export function interruptible(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
}
