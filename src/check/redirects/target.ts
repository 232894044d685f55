import type { RedirectPolicy } from '../../model/settings.ts';

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Where an answer sends whoever asked for `url`, its fragment included; absent when it sends nobody anywhere. */
export function targetOf(status: number, location: string | undefined, url: string): URL | undefined {
  if (!redirects.has(status) || location === undefined || location === '') return undefined;
  // Servers write what they mean in bytes of UTF-8, which headers carry as Latin-1.
  const written = Buffer.from(location, 'latin1').toString('utf8');
  const target = URL.canParse(written, url) ? new URL(written, url) : undefined;
  if (target === undefined) return undefined;
  target.username = '';
  target.password = '';
  return target;
}

/** What is asked for there: fragments stay with whoever asks (RFC 9110, 10.2.2). */
export function withoutFragment(target: URL): URL {
  const asked = new URL(target);
  asked.hash = '';
  return asked;
}

/** As a person may see it: a query may carry tickets and codes. */
export function showTarget(target: URL): string {
  const { origin, protocol, pathname, search } = target;
  return `${origin === 'null' ? protocol : origin}${pathname}${search === '' ? '' : '?…'}${pageOf(target)}`;
}

/** `#/login` of pages that are programs, without what follows it. */
export function pageOf({ hash }: URL): string {
  return /^#!?(?:\/[\w.~-]*)+/.exec(hash)?.[0] ?? '';
}

/**
 * What was meant for one may go to the other: the same origin, or the step up to https on the usual ports, never the step
 * down. Another port of the host may be somebody else's.
 */
export function isSameSite(from: URL, to: URL): boolean {
  if (from.hostname !== to.hostname) return false;
  if (from.protocol === to.protocol) return from.port === to.port;
  return from.protocol === 'http:' && to.protocol === 'https:' && from.port === '' && to.port === '';
}

export function mayFollow(policy: RedirectPolicy, from: URL, to: URL): boolean {
  if (policy === 'off' || !/^https?:$/.test(to.protocol)) return false;
  return policy === 'follow' || isSameSite(from, to);
}
