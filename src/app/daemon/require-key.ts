import { sentence } from '../../messages/sentence.ts';
import type { StoreSettings } from '../../model/settings.ts';
import { StoreError } from '../../store/store.ts';

/**
 * A database on a server outlives the machine with the key that lies beside a file: what is sealed there has to be read
 * wherever the patrol is started next. Throws a `StoreError` when no key is given.
 */
export function requireKey({ url }: Pick<StoreSettings, 'url'>, key: string | undefined): void {
  if (url === undefined || (key !== undefined && key !== '')) return;
  throw new StoreError({
    code: 'missing',
    said: sentence('keyNeeded'),
    hint: sentence('setKey'),
    retry: false,
  });
}
