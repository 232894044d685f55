import type { Document } from '../../model/document.ts';
import type { ServiceSettings } from '../../model/settings.ts';

/**
 * Whether a document may say who owns operations and how bad it is when they break: whoever writes it has people called.
 * By default one on this machine, or on the service's own host, and none that stands elsewhere.
 */
export function isTrusted({ docsTrusted, baseUrl }: ServiceSettings, { uri }: Document): boolean {
  if (docsTrusted !== undefined) return docsTrusted;
  const host = hostOf(uri);
  return host === undefined || (baseUrl !== undefined && hostOf(baseUrl) === host);
}

/** Of a URL, or of a git repository (`git@host:team/repo.git`); `undefined` for a path on this machine. */
function hostOf(uri: string): string | undefined {
  const [, named] = /^[\w.-]+@([\w.-]+):/.exec(uri) ?? [];
  if (named !== undefined) return named;
  return /^(?:https?|ssh|git):\/\//i.test(uri) && URL.canParse(uri) ? new URL(uri).hostname : undefined;
}
