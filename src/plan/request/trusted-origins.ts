import type { ServiceSettings } from '../../model/settings.ts';

/**
 * Origins that the configuration itself names: whoever wrote it means them, wherever they are. What only a
 * document names may be anybody's idea.
 */
export function trustedOrigins(services: readonly ServiceSettings[]): ReadonlySet<string> {
  const named = services.flatMap(({ baseUrl, server, docs }) => [baseUrl, server, ...docs]);
  return new Set(named.flatMap((url) => (url !== undefined && isWeb(url) ? new URL(url).origin : [])));
}

function isWeb(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.canParse(url);
}
