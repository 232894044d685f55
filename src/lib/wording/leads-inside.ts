import { kindOfHost } from '../net/addresses.ts';
import { wordsIn } from './words.ts';

/** Beginning of an address with the host behind it. */
const absolute = /^(?:[a-z][a-z\d+.-]{0,20}:)?\/\//i;
/** What is read from where a server stands, or spoken to other servers there. */
const ofServers =
  /^(?:file|gopher|dict|ldaps?|jar|php|phar|netdoc|expect|smb|tftp|sftp|redis|mysql|jdbc|rmi):/i;
/** A browser comes back there: nobody on the way asks it for anything. */
const comesBack =
  /^(?:next|back|return|returns|redirect|redirected|to|continue|goto|service|success|fail|failure|error|cancel|referer|referrer|home|from)$/;
/** What is asked for on behalf of whoever calls. */
const asked =
  /^(?:url|urls|uri|uris|u|link|links|href|src|source|image|img|logo|icon|avatar|address|addr|endpoint|target|proxy|upstream|forward|fetch|origin|site|location|feed|rss|atom|wsdl|xsd|remote|host|hostname|server|domain|callback|cb|hook|webhook|notify|notification|ping|probe|import|load|include|template|file|resource|page|dest|destination|peer|gateway|backend)$/;
/** Of these a host alone is enough; hosts and servers are looked for by theirs. */
const spokenTo =
  /^(?:ping|probe|proxy|upstream|forward|fetch|callback|cb|hook|webhook|import|load|include|wsdl|rss|u)$/;
const hostAndMore = /^(?<host>\[[\da-f:.]+\]|[\w.-]+)(?<more>:\d{1,5}(?:\/.*)?|\/.*)?$/i;
/** The machine itself, as every parser reads it (WHATWG URL §3.5): `127.1:80`, `0:80`. */
const shortLoopback = /^(?:0|127(?:\.\d{1,3}){1,2}|0x7f[\da-f]{0,6}|0177(?:\.\d{1,3}){1,3})$/i;
/** Where a file is read, and where a machine keeps its own or what lies above the folder that is meant. */
const ofFiles =
  /^(?:file|filename|path|dir|folder|template|tpl|import|load|include|resource|page|document|doc|logo|image|img|src|source|view|layout|lang|theme)$/;
const outside = /(?:^|[\\/])\.\.[\\/]|^\/(?:etc|proc|root|sys)\/|^[a-z]:\\+(?:windows|users)\b/i;

/**
 * Where a parameter has a service go on our behalf, from where it stands: metadata of a cloud under any name; what is inside, or
 * a file of the machine, where something is fetched, called or read. A browser comes back to `redirect_uri=http://localhost/…`,
 * and hosts are looked for by `host=10.0.0.8`.
 *
 * @param narrows Things are looked for by what the parameter says, more often than not.
 */
export function leadsInside(name: string, value: string, narrows: boolean): string | undefined {
  if (/\s/.test(value)) return undefined;
  const words = wordsIn(name);
  const isFilter = narrows && !asked.test(words.at(-1) ?? '');
  if (absolute.test(value)) return leadsToHost(words, value, isFilter);
  const isBack = isFilter || words.some((word) => comesBack.test(word));
  if (ofServers.test(value)) return isBack ? undefined : value.slice(0, value.indexOf(':') + 1);
  const last = words.at(-1) ?? '';
  if (!isFilter && ofFiles.test(last) && outside.test(value)) return value;
  const { host, more } = hostAndMore.exec(value)?.groups ?? {};
  if (host === undefined) return undefined;
  const isShort = more !== undefined && shortLoopback.test(host);
  const kind = isShort ? 'internal' : isNumbered(host) ? kindOfHost(host) : undefined;
  if (kind === 'metadata' && !isFilter) return host;
  const isAsked = more === undefined ? spokenTo.test(last) : asked.test(last);
  return kind === 'internal' && isAsked && !isBack ? host : undefined;
}

function leadsToHost(words: readonly string[], value: string, isFilter: boolean): string | undefined {
  const isBack = isFilter || words.some((word) => comesBack.test(word));
  if (ofServers.test(value)) return isBack ? undefined : value.slice(0, value.indexOf(':') + 1);
  if (!URL.canParse(value, 'http://x')) return undefined;
  const { hostname } = new URL(value, 'http://x');
  const kind = kindOfHost(hostname);
  return kind === 'metadata' || (kind === 'internal' && !isBack) ? hostname : undefined;
}

/** `localhost`, or an address in numbers: a name of one word is a name of something else as well. */
function isNumbered(host: string): boolean {
  return /^(?:localhost|\[[\da-f:.]+\]|\d{1,3}(?:\.\d{1,3}){3})$/i.test(host);
}
