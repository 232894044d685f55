import { systemClock } from '../lib/time/clock.ts';
import type { Settings } from '../model/settings.ts';
import { type OpenOptions, openStore } from '../store/open.ts';
import { type Store, StoreError } from '../store/store.ts';
import { type CliContext, commandLogger, type Loaded, loadOrExplain } from './command.ts';
import { exitCode } from './output.ts';

interface StoreFlags {
  readonly config: string;
  readonly json?: boolean;
}

type Work = (store: Store, settings: Settings) => Promise<number>;

/**
 * Opens the store for looking on, while a daemon may be writing; explains itself when there is none.
 *
 * @param refused After a configuration that cannot be used has been explained.
 */
export async function withStore(
  context: CliContext,
  flags: StoreFlags,
  work: Work,
  refused: () => Promise<void> = () => Promise.resolve(),
): Promise<number> {
  const loaded = await loadOrExplain(context, flags);
  if (loaded === undefined) {
    await refused();
    return exitCode.cannotRun;
  }
  const { settings } = loaded.config;
  return openOrExplain(context, loaded, { path: settings.store.path, readOnly: true }, (store) =>
    work(store, settings),
  );
}

type StoreAccess = Pick<OpenOptions, 'readOnly' | 'existing'>;

/** Works on a store and closes it; when it cannot be used, says why and what to do. */
export async function openOrExplain(
  context: CliContext,
  { redactor }: Loaded,
  { path, ...how }: StoreAccess & { readonly path: string },
  work: (store: Store) => Promise<number>,
): Promise<number> {
  const log = commandLogger(context, redactor);
  try {
    const store = await openStore(path, { clock: systemClock, log, ...how });
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
