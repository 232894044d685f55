import path from 'node:path';
import { sha256 } from '../../lib/text/text.ts';
import { sentence } from '../../messages/sentence.ts';
import type { Settings } from '../../model/settings.ts';
import type { Claim, Leader } from '../../store/nodes.ts';
import { StoreError } from '../../store/store.ts';

/** What a node would lead with. Where the file lies makes no difference: hosts may have it in different places. */
export function claimOf({ services, routes, slo }: Settings, configFile: string, key = ''): Claim {
  const folder = JSON.stringify(path.dirname(path.resolve(configFile))).slice(1, -1);
  const text = JSON.stringify([services, routes, slo]).replaceAll(folder, '');
  return {
    services: services.map(({ name }) => name),
    configuration: sha256(text).slice(0, 16),
    key: sha256(`key of nodes ${key}`).slice(0, 8),
  };
}

/** What one node has sealed or signed, another one with another key could not read. Throws a `StoreError`. */
export function refuseOtherKey({ told, key }: Leader, own: Claim): void {
  if (key === undefined || key === own.key) return;
  throw new StoreError({
    code: 'foreign',
    said: sentence('otherKeyBy', { by: told }),
    hint: sentence('giveSameKey'),
    retry: false,
  });
}

const namedMost = 5;

/**
 * Nodes may have different configurations for a while, as when a new one is brought to one after the other; without any service in
 * common they are two patrols, which cannot have one database. Throws a `StoreError`.
 */
export function refuseOthers(
  { told, services }: Leader,
  settings: Pick<Settings, 'services' | 'store'>,
): void {
  const own = new Set(settings.services.map(({ name }) => name));
  if (services.length === 0 || own.size === 0 || services.some((name) => own.has(name))) return;
  const named = services.slice(0, namedMost).join(', ') + (services.length > namedMost ? ' …' : '');
  throw new StoreError({
    code: 'foreign',
    said: sentence('otherServicesBy', {
      by: told,
      services: named,
      path: shownOf(settings.store.url?.reveal()),
    }),
    hint: sentence('giveSchemaOfItsOwn'),
    retry: false,
  });
}

/** Without the password. */
function shownOf(url: string | undefined): string {
  if (url === undefined || !URL.canParse(url)) return '';
  const { protocol, username, host, pathname, search } = new URL(url);
  return `${protocol}//${username}@${host}${pathname}${search}`;
}
