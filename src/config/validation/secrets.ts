import { isSensitiveName, Secret } from '../../lib/secrets/secret.ts';
import { isSecretHeader, tokensOfPath } from '../../lib/secrets/token-segments.ts';
import { isPlain, isSecretFilledIn, isSecretSent, namesWho } from '../../lib/secrets/sent-secrets.ts';
import { isObject } from '../../model/json.ts';
import type { Settings } from '../../model/settings.ts';
import type { Path, YamlFile } from '../yaml-file.ts';

/**
 * Every secret of a configuration, for the redactor: what its schemas call secret, values of headers and parameters
 * whose names say so, the keys inside of secret addresses, and what addresses and bodies of sign-ins send.
 */
export function secretsOf(settings: Settings): readonly Secret[] {
  const found: Secret[] = [];
  const visit = (value: unknown, name: string): void => {
    if (value instanceof Secret) found.push(value, ...insideOf(value.reveal()));
    else if (typeof value === 'string' && isSensitiveName(name)) found.push(new Secret(value));
    else if (Array.isArray(value)) for (const item of value) visit(item, name);
    else if (isObject(value))
      for (const [key, child] of Object.entries(value)) {
        if (key === 'headers') found.push(...secretHeaders(child));
        visit(child, key);
      }
  };
  for (const { options } of Object.values(settings.credentials)) {
    visit(options, '');
    found.push(...sentBySignIn(options));
  }
  for (const { options } of Object.values(settings.channels)) visit(options, '');
  if (settings.heartbeat !== undefined) found.push(new Secret(settings.heartbeat));
  visit(settings.server.signIn, '');
  // People are to see which server cannot be reached.
  found.push(...insideOf(settings.store.url?.reveal() ?? ''));
  for (const { docs, headers, params, overrides, network } of settings.services) {
    visit({ headers, params, overrides }, '');
    found.push(...docs.flatMap(tokensOfAddress));
    found.push(...insideOf(network?.proxy ?? ''));
  }
  return found;
}

function secretHeaders(headers: unknown): readonly Secret[] {
  if (!isObject(headers)) return [];
  return Object.entries(headers).flatMap(([name, text]) =>
    typeof text === 'string' && isSecretHeader(name, text, false) ? [new Secret(text)] : [],
  );
}

/** Whoever has the address of a shared document is let in by what stands in its path. */
function tokensOfAddress(address: string): readonly Secret[] {
  if (!URL.canParse(address)) return [];
  return tokensOfPath(new URL(address).pathname).map((token) => new Secret(token));
}

/** What is not sealed under a name of its own: a number, the query of an address, the fields of a body that is one text. */
function sentBySignIn(options: unknown): readonly Secret[] {
  if (typeof options === 'string' && URL.canParse(options)) return sentPairs(new URL(options).searchParams);
  if (Array.isArray(options)) return options.flatMap(sentBySignIn);
  if (!isObject(options)) return [];
  return Object.entries(options).flatMap(([key, value]) => {
    if (key === 'body' && value instanceof Secret) return sentInBody(value.reveal());
    return key === 'json' ? sentInJson(value, '') : sentBySignIn(value);
  });
}

function sentInBody(body: string): readonly Secret[] {
  try {
    return sentInJson(JSON.parse(body), '');
  } catch {
    // A form, then, or what has no fields.
    return /^[\w.[\]-]+=/.test(body) ? sentPairs(new URLSearchParams(body)) : [];
  }
}

function sentInJson(value: unknown, name: string): readonly Secret[] {
  if (typeof value === 'string') return sentPairs([[name, value]]);
  if (typeof value === 'number' && Math.abs(value) >= 1000) return sentPairs([[name, String(value)]]);
  if (Array.isArray(value)) return value.flatMap((item) => sentInJson(item, name));
  return isObject(value) ? Object.entries(value).flatMap(([key, child]) => sentInJson(child, key)) : [];
}

function sentPairs(pairs: Iterable<readonly [string, string]>): readonly Secret[] {
  return [...pairs].flatMap(([name, text]) => (isSecretSent(name, text) ? [new Secret(text)] : []));
}

/** Keys of the configuration whose values messages, pages and reports show; what is in the query of an address aside. */
const shown: ReadonlySet<PropertyKey> = new Set(
  (
    'docs baseUrl name owners ownersFile tags routes calendar summaries slo maintenance limits retention store history ' +
    'interval timeZone language logLevel severity retries timeout latency resolve ca cert serverName family match font ' +
    'allowExec grace connectivityCheck hosts host port scheme kind in origin services region to'
  ).split(' '),
);
/** The keys below are the user's own. */
const usersOwn: ReadonlySet<PropertyKey> = new Set(
  'headers params body json form multipart parameters values'.split(' '),
);

interface FilledIn {
  /** The whole text. */
  readonly text: string;
  /** What of it came from elsewhere. */
  readonly parts: readonly string[];
  readonly name: string;
  readonly isShown: boolean;
  readonly signsIn: boolean;
}

/**
 * What a configuration takes from the environment or a file, wherever it stands and whatever it is called: who keeps a value
 * out of the configuration keeps it secret. Hosts, places, names of users that read as names and what is a part of these are none.
 *
 * @param data The configuration as it was written, filled in.
 */
export function filledInSecrets(data: unknown, yaml: Pick<YamlFile, 'filledIn'>): readonly Secret[] {
  const texts = [...textsIn(data, yaml)];
  const open = texts.flatMap(openTextOf);
  return texts.flatMap((one) =>
    one.parts.flatMap((part) => {
      // An address is no secret, but what is inside of it may be.
      if (/^(?:https?|postgres(?:ql)?):\/\//i.test(part)) return insideOf(part);
      const isOpen = open.some((text) => text.includes(part));
      return !isOpen && isSecretPart(one, part) ? [new Secret(part)] : [];
    }),
  );
}

function* textsIn(data: unknown, yaml: Pick<YamlFile, 'filledIn'>): Generator<FilledIn> {
  const visit = function* (
    value: unknown,
    path: Path,
    about: Omit<FilledIn, 'text' | 'parts'>,
  ): Generator<FilledIn> {
    if (Array.isArray(value))
      for (const [no, item] of value.entries()) yield* visit(item, [...path, no], about);
    else if (isObject(value))
      for (const [key, child] of Object.entries(value)) {
        // Anchors are judged where they are used; credentials and channels may be called anything.
        if (path.length === 0 && key.startsWith('x-')) continue;
        const isNamed = path.length === 1 && (path[0] === 'credentials' || path[0] === 'channels');
        const isUsersOwn = isNamed || path.some((one, at) => at !== 1 && usersOwn.has(one));
        const isShown =
          about.isShown || (!isUsersOwn && shown.has(key) && !(path.length === 0 && key === 'services'));
        yield* visit(child, [...path, key], { ...about, name: key, isShown });
      }
    else if (typeof value === 'string' || typeof value === 'number')
      yield { ...about, text: String(value), parts: yaml.filledIn(path) };
  };
  if (!isObject(data)) return;
  for (const [key, child] of Object.entries(data))
    yield* visit({ [key]: child }, [], { name: '', isShown: false, signsIn: key === 'credentials' });
}

/** What of it everybody may see, whatever it was made of. */
function openTextOf({ text, name, isShown, signsIn }: FilledIn): readonly string[] {
  if (URL.canParse(text)) {
    const { host, hostname, origin, pathname, protocol, username } = new URL(text);
    // Whoever cannot reach it is to see which one.
    if (protocol.startsWith('postgres'))
      return [host, hostname, username, pathname].flatMap((one) => [one, decoded(one)]);
    if (!isShown) return [host];
    const tokens = tokensOfPath(pathname);
    const path = decoded(pathname);
    // What lets in is no secret that everybody may see, wherever it came from.
    return tokens.length === 0
      ? [`${origin}${path}`]
      : [origin, ...path.split('/').filter((one) => isPlain(one))];
  }
  return isShown || namesWho(name, text, signsIn) ? [text] : [];
}

function isSecretPart({ text, name, isShown, signsIn }: FilledIn, part: string): boolean {
  if (!URL.canParse(text)) return !isShown && isSecretFilledIn(name, part, signsIn);
  const url = new URL(text);
  const inQuery = [...url.searchParams].find(([, value]) => value.includes(part));
  if (inQuery !== undefined) return isSecretFilledIn(inQuery[0], part, true);
  if (url.username === part) return false;
  return part.length >= 4 && !(decoded(url.pathname).includes(part) && isPlain(part));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // No escapes, then.
    return path;
  }
}

/** A robot's address is secret because of the key in it; logs may show the key alone. */
function insideOf(text: string): readonly Secret[] {
  if (!URL.canParse(text)) return [];
  const url = new URL(text);
  const values = [...url.searchParams].flatMap(([name, value]) => (isSensitiveName(name) ? [value] : []));
  if (url.password !== '') values.push(decodeURIComponent(url.password));
  return values.map((value) => new Secret(value));
}
