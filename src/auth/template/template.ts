import { sentence } from '../../messages/sentence.ts';
import { SaidError } from '../../messages/said-error.ts';
import { messageOf } from '../../lib/errors.ts';
import { lazy } from '../../lib/lazy.ts';
import { createTemplates, type TextTemplate } from '../../lib/text/template.ts';
import { nearest } from '../../lib/text/text.ts';
import {
  constants,
  createCipheriv,
  createHmac,
  createPublicKey,
  createSign,
  hash as oneShotHash,
  publicEncrypt,
} from 'node:crypto';

/** A text of a sign-in or a signature with Liquid in it: `{{ password | md5 }}`. */
export interface CredentialTemplate {
  /** As written. */
  readonly text: string;
  /** Names that it asks for, in the order in which they appear; inner ones with dots: `header.x-id`. */
  readonly names: readonly string[];
  /** Throws a `SaidError` when a value is missing or a filter cannot work with it. */
  render(values: Values): string;
}

/** By a name of `names`. */
export type Values = (name: string) => string | undefined;

export type Compiled =
  | { readonly ok: true; readonly template: CredentialTemplate }
  | { readonly ok: false; readonly message: string };

const forText = lazy(() => createTemplates({ filters: guarded(), strict: true }));
const forUrl = lazy(() => createTemplates({ filters: guarded(), strict: true, encode: encodeURIComponent }));

/** Whether anything is to be filled in: passwords have single braces and halves of them in them. */
const marked = /\{\{.*?\}\}|\{%.*?%\}/s;
/** `{{ password md5 }}`: Liquid passes over what it does not expect, and the password would go out as it is. */
const withoutPipe = /\{\{-?\s*(?:'[^']*'|"[^"]*"|[^\s'"|{}]+)\s+(?!\||-?\}\}).*?\}\}/s;

/** @param place Where the text stands: each value that is filled into an address is encoded. */
export function compileTemplate(text: string, place: 'text' | 'url' = 'text'): Compiled {
  if (!marked.test(text)) return { ok: true, template: { text, names: [], render: () => text } };
  const message = problemIn(text);
  if (message !== undefined) return { ok: false, message };
  const template = (place === 'url' ? forUrl() : forText())(text);
  const paths = template.names
    .filter((path) => path !== undefined)
    .map((path) => ({ path, name: path.join('.') }));
  return {
    ok: true,
    template: {
      text,
      names: paths.map(({ name }) => name),
      render: (values) => render(template, paths, values),
    },
  };
}

/** Quotes what stands between braces and nothing else: around it may be a secret. */
function problemIn(text: string): string | undefined {
  for (const [one] of text.matchAll(/\{\{.*?\}\}/gs)) {
    const problem = problemOf(one);
    if (problem !== undefined) return `${one}: ${problem}`;
  }
  return problemOf(text) === undefined
    ? undefined
    : 'has a tag {% … %} that is not one of Liquid, or is not closed';
}

function problemOf(text: string): string | undefined {
  if (withoutPipe.test(text)) return 'expected a | behind the name, as in {{ password | md5 }}';
  try {
    const { filters: used, names } = forText()(text);
    const bare = used.find((one) => one.arguments === 0 && needsArgument.has(one.name));
    if (bare !== undefined) return `${bare.name} needs a value, as in ${bare.name}: key`;
    return names.includes(undefined) ? 'what stands in brackets must be a text' : undefined;
  } catch (error) {
    return complaint(messageOf(error));
  }
}

/** What a template asks for: `header.x-id`. */
interface Path {
  readonly path: readonly string[];
  readonly name: string;
}

function complaint(message: string): string {
  const filter = /^undefined filter: ([\w-]+)/.exec(message)?.[1];
  if (filter === undefined) return message;
  const near = nearest(filter, Object.keys(filters));
  return near === undefined
    ? `there is no filter "${filter}"; there are those of Liquid and ${Object.keys(filters).join(', ')}`
    : `there is no filter "${filter}"; did you mean ${near}?`;
}

function render(template: TextTemplate, paths: readonly Path[], values: Values): string {
  const texts = paths.map(({ name }) => known(name, values));
  try {
    return template.straight?.(texts) ?? template.render(scopeOf(paths, texts));
  } catch (error) {
    if (error instanceof SaidError) throw error;
    const { originalError } = error as { readonly originalError?: unknown };
    if (originalError instanceof SaidError) throw originalError;
    // The library's own message may quote a value.
    throw new SaidError(sentence('templateUnfit'));
  }
}

interface Scope {
  [name: string]: string | Scope;
}

function known(name: string, values: Values): string {
  const value = values(name);
  if (value === undefined) throw new SaidError(sentence('valueUnknown', { name }));
  return value;
}

/** @param texts In the order of `paths`. */
function scopeOf(paths: readonly Path[], texts: readonly string[]): Scope {
  const scope: Scope = {};
  for (const [index, { path }] of paths.entries()) {
    let inner = scope;
    for (const name of path.slice(0, -1)) {
      const next = inner[name];
      inner = typeof next === 'object' ? next : (inner[name] = {});
    }
    inner[path.at(-1) ?? ''] = texts[index] ?? '';
  }
  return scope;
}

/** The same filters; what they throw never says what they were given. */
function guarded(): Readonly<Record<string, Filter>> {
  const entries = Object.entries(filters).map(([name, filter]): [string, Filter] => [
    name,
    (text, argument) => {
      try {
        return filter(text, argument);
      } catch {
        // The library's own message may quote the key.
        throw new SaidError(sentence('filterUnfit', { filter: name }));
      }
    },
  ]);
  return Object.fromEntries(entries);
}

/** Turns a text into another one; `argument` is the value of what stands after the colon. */
type Filter = (text: string, argument: string) => string;

function hashing(algorithm: string): Filter {
  return (text) => oneShotHash(algorithm, text);
}

function hmac(algorithm: string): Filter {
  return (text, key) => createHmac(algorithm, key).update(text).digest('hex');
}

/** For keys that are themselves the result of an HMAC. */
function hmacHexKey(algorithm: string): Filter {
  return (text, key) => createHmac(algorithm, Buffer.from(key, 'hex')).update(text).digest('hex');
}

/** As login pages encrypt a password: the result is base64. */
function rsa(padding: number, oaepHash?: string): Filter {
  return (text, key) =>
    publicEncrypt({ key: publicKey(key), padding, oaepHash }, Buffer.from(text)).toString('base64');
}

/** Pages hand the key out as PEM or as its base64 alone (SubjectPublicKeyInfo). */
function publicKey(text: string) {
  if (text.includes('-----BEGIN')) return createPublicKey(text);
  return createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
}

/** AES as crypto-js does it with a parsed key: PKCS#7 padding, base64; `key` or, for CBC, `key,iv`, 16 to 32 bytes. */
function aes(mode: 'cbc' | 'ecb'): Filter {
  return (text, argument) => {
    const [key = '', iv = key.slice(0, 16)] = argument.split(',');
    const bytes = Buffer.from(key);
    const vector = mode === 'ecb' ? null : Buffer.from(iv);
    const cipher = createCipheriv(`aes-${bytes.length * 8}-${mode}`, bytes, vector);
    return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
  };
}

/** What may stand after a `|` in a template beside the filters of Liquid. Hashes are in lower-case hex. */
const filters: Readonly<Record<string, Filter>> = {
  md5: hashing('md5'),
  sha1: hashing('sha1'),
  sha256: hashing('sha256'),
  sha512: hashing('sha512'),
  sm3: hashing('sm3'),
  hmac_md5: hmac('md5'),
  hmac_sha1: hmac('sha1'),
  hmac_sha256: hmac('sha256'),
  hmac_sha256_hexkey: hmacHexKey('sha256'),
  hmac_sm3: hmac('sm3'),
  rsa_sha256: (text, key) => createSign('sha256').update(text).sign(key, 'base64'),
  seconds: (text) => String(Math.floor(Number(text) / 1000)),
  time: (text, argument) => formatTime(Number(text), argument),
  hex_to_base64: (text) => Buffer.from(text, 'hex').toString('base64'),
  hex_to_base64url: (text) => Buffer.from(text, 'hex').toString('base64url'),
  // RFC 3986: `encodeURIComponent` leaves five reserved characters alone.
  percent_encode: (text) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`),
  end_with: (text, end) => (text.endsWith(end) ? text : text + end),
  with_query: (text, query) => (query === '' ? text : `${text}?${query}`),
  rsa: rsa(constants.RSA_PKCS1_PADDING),
  rsa_oaep: rsa(constants.RSA_PKCS1_OAEP_PADDING, 'sha1'),
  rsa_oaep_sha256: rsa(constants.RSA_PKCS1_OAEP_PADDING, 'sha256'),
  aes_cbc: aes('cbc'),
  aes_ecb: aes('ecb'),
};

/** Filters that mean nothing without an argument. */
const needsArgument: ReadonlySet<string> = new Set([
  'hmac_md5',
  'hmac_sha1',
  'hmac_sha256',
  'hmac_sha256_hexkey',
  'hmac_sm3',
  'rsa_sha256',
  'time',
  'end_with',
  'with_query',
  'rsa',
  'rsa_oaep',
  'rsa_oaep_sha256',
  'aes_cbc',
  'aes_ecb',
]);

const field = /yyyy|MMM|MM|dd|HH|mm|ss|SSS|EEE/g;

/**
 * Epoch ms in a form like `yyyy-MM-dd HH:mm:ss`, in UTC or at the offset after a comma (`yyyyMMdd,+08:00`). `http`
 * and `iso` are the forms of RFC 9110 and RFC 3339. Other characters stand for themselves.
 */
export function formatTime(epochMs: number, argument: string): string {
  const [, form = argument, offset] = /^(.*?)(?:,([+-]\d\d:?\d\d))?$/.exec(argument) ?? [];
  const local = new Date(epochMs + offsetMs(offset));
  if (form === 'http') return local.toUTCString();
  if (form === 'iso') return new Date(epochMs).toISOString().replace(/\.\d+Z$/, 'Z');
  const [date = '', time = ''] = local.toISOString().split(/[TZ]/);
  const [yyyy = '', MM = '', dd = ''] = date.split('-');
  const [HH = '', mm = '', ss = '', SSS = ''] = time.split(/[:.]/);
  const [EEE = '', , MMM = ''] = local.toUTCString().split(/[, ]+/);
  const values: Readonly<Record<string, string>> = { yyyy, MM, dd, HH, mm, ss, SSS, EEE, MMM };
  return form.replace(field, (name) => values[name] ?? name);
}

function offsetMs(offset: string | undefined): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)$/.exec(offset ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
