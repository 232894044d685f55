import { systemClock } from '../lib/time/clock.ts';
import type { Problem } from '../model/problem.ts';
import type { Settings } from '../model/settings.ts';
import { type OpenOptions, openStoreAt, type StoreLocation } from '../store/open.ts';
import { type Store, StoreError } from '../store/store.ts';
import { type CliContext, commandLogger, type Loaded, loadWithoutSecrets } from './command.ts';
import { type AtWork, loadOrLastGood } from './last-good.ts';
import { exitCode, printJson, printProblems } from './output.ts';

interface StoreFlags {
  readonly config: string;
  readonly json?: boolean;
}

type Work = (store: Store, settings: Settings, refused?: readonly Problem[]) => Promise<number>;

/**
 * Opens the store for looking on, while a daemon may be writing; explains itself when there is none. Where the configuration is
 * refused and a patrol goes on with the last good one, that one's store, with what is wrong with the file and without services.
 */
export async function withStore(context: CliContext, flags: StoreFlags, work: Work): Promise<number> {
  return onStore(context, await loadOrLastGood(context, flags), work, flags);
}

/** As `withStore`, for what the configuration itself is needed for: one that is refused is explained, and all. */
export async function withConfiguredStore(
  context: CliContext,
  flags: StoreFlags,
  work: Work,
): Promise<number> {
  return onStore(context, await loadWithoutSecrets(context, flags), work, flags);
}

async function onStore(
  context: CliContext,
  loaded: AtWork | undefined,
  work: Work,
  flags: StoreFlags,
): Promise<number> {
  if (loaded === undefined) return exitCode.cannotRun;
  const { settings } = loaded.config;
  return openOrExplain(
    context,
    loaded,
    { store: settings.store, readOnly: true },
    (store) => work(store, settings, loaded.refused?.problems),
    flags,
  );
}

export type StoreUrl = NonNullable<StoreLocation['url']>;

/** The address of the database on a server, where there is one; not `ok` after everything that it lacks has been printed. */
export function storeUrlOf(
  { terminal }: CliContext,
  { config: { settings, storeLacks: problems = [] } }: Loaded,
  { json }: { readonly json?: boolean },
): { readonly ok: true; readonly url: StoreUrl | undefined } | { readonly ok: false } {
  const { url } = settings.store;
  if (problems.length === 0) return { ok: true, url };
  if (json === true) printJson(terminal, { ok: false, problems });
  else printProblems(terminal, problems);
  return { ok: false };
}

type StoreAccess = Pick<OpenOptions, 'readOnly' | 'existing'>;

/** Works on a store and closes it; when it cannot be used, says why and what to do. */
export async function openOrExplain(
  context: CliContext,
  loaded: Loaded,
  { store: place, ...how }: StoreAccess & { readonly store: StoreLocation },
  work: (store: Store) => Promise<number>,
  flags: { readonly json?: boolean } = {},
): Promise<number> {
  if (place.url !== undefined && !storeUrlOf(context, loaded, flags).ok) return exitCode.cannotRun;
  const log = commandLogger(context, loaded.redactor);
  try {
    const store = await openStoreAt(place, { clock: systemClock, log, ...how });
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    const { err, inWords } = context.terminal;
    err(inWords(error.said), inWords(error.hint));
    return exitCode.cannotRun;
  }
}
