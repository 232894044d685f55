import { hasDotSegments, normalForm } from '../../kit/normal-form.ts';

/** What an address that a document or a server names may be asked for: a GET can do more than read. */

const extension = /\.(?:json[5c]?|ya?ml|mdx?|markdown|graphqls?|gql|apib|har|http|bru|html?)$/i;
/** What frameworks call their documents and the pages over them, and springdoc's and others' groups below. */
const usualName =
  /\/(?:[\w-]*(?:api-?docs?|openapi|swagger|redoc|scalar|rapidoc)[\w-]*|docs?|documentation|schema|(?:api|docs)-json|spec|doc\.html)\/?$|\/(?:api-?docs|openapi|swagger)\/(?:v?[\d.]+|[\w-]+)\/?$/i;

/** By its name it is a document and nothing else, in one plain spelling. */
export function looksLikeDocument({ pathname, search }: URL): boolean {
  const plain = decoded(pathname);
  if (search !== '' || plain.normalize('NFKC') !== normalForm(pathname) || /[;?#%\\]/.test(plain))
    return false;
  return (extension.test(plain) || usualName.test(plain)) && !mayChange({ pathname, search });
}

/** Verbs that are nothing else, wherever a segment begins with them. */
const surely =
  /^(?:delete|remove|destroy|drop|purge|wipe|truncate|revoke|terminate|kill|shut ?down|reboot|deactivate)(?= |$)/;
/** Verbs that names of services hold as well (`/send-mail/v3/api-docs`): they count alone, or first in the last segment. */
const verb =
  /^(?:log ?out|log ?off|sign ?out|disable|enable|cancel|unsubscribe|reset|restart|send|trigger|reload|flush|evict|clear|clean|approve|reject|ban|kick|add|create|insert|update|modify|save|stop|execute|exec|submit|pay|refund|transfer|promote|grant)(?= |$)/;

/** By the words of its path, or the values of its query, asking for it does more than read. */
export function mayChange({ pathname, search }: Pick<URL, 'pathname' | 'search'>): boolean {
  if (hasDotSegments(pathname)) return true;
  const segments = normalForm(pathname)
    .split('/')
    .map(words)
    .filter((segment) => segment !== '');
  const values = normalForm(search.replaceAll('+', ' '))
    .split(/[?&;]/)
    .map((pair) => words(pair.slice(pair.indexOf('=') + 1)));
  const alone = [...segments.slice(0, -1), ...values];
  return (
    [...segments, ...values].some((segment) => surely.test(segment)) ||
    alone.some((segment) => verb.exec(segment)?.[0] === segment) ||
    verb.test(segments.at(-1) ?? '')
  );
}

function words(segment: string): string {
  return segment
    .replace(/;.*$/s, '')
    .replace(extension, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .join(' ')
    .trim();
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
