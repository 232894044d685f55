import { setMaxListeners } from 'node:events';
import { saidBy } from '../messages/said-error.ts';
import type { SignInSheets } from '../auth/ports.ts';
import {
  createSealedTokenStore,
  lockedTokenStore,
  type SealedTokenStore,
  tokenStoreKey,
} from '../auth/persistence/sealed-token-store.ts';
import { mayBlameAtFirstSight } from '../app/cycle/without-memory.ts';
import { systemClock } from '../lib/time/clock.ts';
import type { MayBlame } from '../model/proof.ts';
import type { Settings } from '../model/settings.ts';
import { type BuiltParts, buildParts } from '../app/composition.ts';
import { inMemory } from '../store/sqlite/file/files.ts';
import type { Logger } from '../lib/logger.ts';
import { openStore, openTokens } from '../store/open.ts';
import { StoreError } from '../store/store.ts';
import { type CliContext, commandLogger, type Loaded } from './command.ts';

/**
 * Everything that a patrol needs, on a store in memory: a command that ends by itself leaves no trace and does not
 * meddle with a daemon that may be running. Tokens alone are those of the patrol, where it has a database: many a
 * server ends one with the next, or takes a refresh token that is used twice for theft.
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
  const { shared, close } = await tokensOfPatrol(context, settings, log);
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
    ...shared,
    mayBlame,
  });
  try {
    return await work(parts);
  } finally {
    await parts.close();
    await store.close();
    await close();
  }
}

/** The tokens of the patrol, as far as they can be had: a database that cannot be used may hold the only good one. */
async function tokensOfPatrol(
  { env }: CliContext,
  settings: Settings,
  log: Logger,
): Promise<{
  readonly shared: { readonly vault?: SealedTokenStore; readonly sheets?: SignInSheets };
  readonly close: () => Promise<void>;
}> {
  const none = { shared: {}, close: () => Promise.resolve() };
  if (Object.keys(settings.credentials).length === 0) return none;
  const { path } = settings.store;
  try {
    const { tokens, close } = await openTokens(settings.store, { clock: systemClock, log });
    const key = await tokenStoreKey({ text: env['APIPATROL_KEY'], file: `${path}.key`, create: false });
    const vault = key.ok ? createSealedTokenStore(tokens, key.key) : lockedTokenStore(key.message);
    return { shared: { vault, sheets: tokens }, close };
  } catch (error) {
    if (error instanceof StoreError && error.code === 'missing') return none;
    const vault = lockedTokenStore(saidBy(error));
    return { ...none, shared: { vault } };
  }
}

/** Aborts at the first Ctrl+C; the second ends the process. */
export function interruptible(): AbortSignal {
  const controller = new AbortController();
  // Every call that goes on listens to it.
  setMaxListeners(0, controller.signal);
  process.once('SIGINT', () => controller.abort());
  return controller.signal;
}
