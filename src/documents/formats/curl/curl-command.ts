import { isSensitiveName } from '../../../lib/secrets/secret.ts';
import type { RecordedBody, RecordedField } from '../shared/recorded-content.ts';
import type { RecordedRequest } from '../shared/recorded-request.ts';
import type { RecordedAuth } from '../shared/recorded-security.ts';
import type { Pair } from '../shared/url-template.ts';

export interface CurlCommand {
  readonly words: readonly string[];
  /** Line of the text, counted from 1. */
  readonly line: number;
  /** The comment right above it. */
  readonly title?: string;
  /** Where it stands in the text. */
  readonly start: number;
  readonly end: number;
}

/** Options with a value of which the request does not depend; anything else that is unknown takes none. */
const valued = new Set(
  (
    '-A -b -c -C -D -E -e -K -m -o -P -Q -r -t -T -u -U -w -x -y -Y -z --cookie --cookie-jar --output --user-agent --referer --max-time ' +
    '--connect-timeout --proxy --proxy-user --cert --key --cacert --capath --write-out --retry --retry-delay --limit-rate --resolve --interface ' +
    '--ciphers --range --config --max-redirs --dump-header --cert-type --key-type --pass --noproxy --tls-max --unix-socket --continue-at ' +
    '--upload-file --oauth2-bearer --user --aws-sigv4 --retry-max-time --keepalive-time --local-port --trace --trace-ascii --stderr --time-cond'
  ).split(' '),
);
const dataOptions = /^(?:-d|--data|--data-raw|--data-binary|--data-ascii|--data-urlencode|--json)$/;
/** What fetches installers and archives is no call of an interface. */
const download =
  /\.(?:m4a|mp[34]|mkv|flv|png|jpe?g|gif|webp|apk|sh|tar|gz|tgz|zip|bz2|xz|deb|rpm|exe|dmg|pkg|jar|iso|ps1|py|js|asc|gpg|key|repo|list)$/i;

/**
 * The curl commands in a text: shell quoting (`'…'`, `"…"`, `$'…'`), continued lines (`\`, Windows `^` and PowerShell
 * `` ` ``), several commands. One whose output is a word of another command fetches what that needs: it is none.
 */
export function curlCommands(text: string): CurlCommand[] {
  const commands: CurlCommand[] = [];
  const start =
    /(?:^|[\n;|&]|(?<!\$)\(|(?:^|\n)[ \t]*(?:(?:export|local)[ \t]+)?\w+="?\$\()[ \t]*(?:[$>#%][ \t]+)?(?:sudo[ \t]+|time[ \t]+)?(curl(?:\.exe)?)(?=[ \t]|\\\r?\n)/g;
  let line = 1;
  let counted = 0;
  for (let match = start.exec(text); match !== null; match = start.exec(text)) {
    const at = match.index + match[0].length;
    start.lastIndex = at;
    if (isContinued(text, match.index)) continue;
    const { words, end } = shellWords(text, at);
    for (; counted < at; counted++) if (text[counted] === '\n') line++;
    const title = titleAbove(text.slice(Math.max(0, match.index - 400), match.index));
    commands.push({ words, line, start: match.index, end, title });
    start.lastIndex = Math.max(end, at);
  }
  return commands;
}

/** Whether the line above goes on here: `apt-get install \\` and below it `curl \\` names a package. */
function isContinued(text: string, lineBreak: number): boolean {
  return text[lineBreak] === '\n' && /\\[ \t]*\r?$/.test(text.slice(Math.max(0, lineBreak - 20), lineBreak));
}

/** Whether a command fetches a file: into one, or into a program that unpacks, installs or applies it. */
export function isDownload(command: CurlCommand, text: string): boolean {
  const into = command.words.findIndex((word) => word === '-o' || word === '--output');
  const file = into < 0 ? '' : (command.words[into + 1] ?? '');
  if (file !== '' && !/^(?:-|\/dev\/\w+|nul)$/i.test(file)) return true;
  const redirected = command.words.findIndex((word) => /^>{1,2}/.test(word));
  const target = command.words.slice(redirected).join('').replace(/^>+/, '');
  if (redirected >= 0 && !/^(?:\/dev\/\w+|nul)/i.test(target)) return true;
  return (
    command.words.some((word) => /^-(?:[a-zA-Z]*O[a-zA-Z]*|-remote-name)$/.test(word)) ||
    /^\s*\|\s*(?:sudo\s+)?(?:ba|z|da)?(?:sh|tar|git|gpg|apt-key|tee|docker|kubectl|psql|python3?(?!\s+-m\s+json)|node|perl|ruby|hexdump|xxd|md5sum|sha256sum|ffmpeg)\b/.test(
      text.slice(command.end, command.end + 60),
    )
  );
}

/** A comment in the line right above: what stands before the line break that opens the command. */
function titleAbove(before: string): string | undefined {
  const line = before.slice(before.lastIndexOf('\n') + 1).trim();
  const comment = /^(?:#+|\/\/|::|rem\b)\s*(.+)$/i.exec(line)?.[1];
  return comment?.trim().slice(0, 200);
}

/** Words up to the end of the command: a line break that is not continued, `;`, `|`, `&`, `>` or `<`. */
function shellWords(text: string, from: number): { words: string[]; end: number } {
  const words: string[] = [];
  let word: string | undefined;
  let at = from;
  const push = (): void => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  for (; at < text.length; at++) {
    const char = text[at] ?? '';
    const continued = /^[\\^`][ \t]*\r?\n/.exec(text.slice(at, at + 20));
    if (continued !== null) {
      push();
      at += continued[0].length - 1;
    } else if (char === '^' && text[at + 1] === '"') {
      const quoted = readCaretQuoted(text, at + 2);
      word = (word ?? '') + quoted.value;
      at = quoted.end;
    } else if (char === '&' && word?.startsWith('http') === true && /[\w%]/.test(text[at + 1] ?? ''))
      word += char;
    else if (char === '\n' || ';|&'.includes(char)) break;
    else if (/\s/.test(char)) push();
    else if (char === "'" || char === '"' || (char === '$' && text[at + 1] === "'")) {
      const quoted = readQuoted(text, char === '$' ? at + 1 : at, char === '$' ? 'ansi' : char);
      word = (word ?? '') + quoted.value;
      at = quoted.end;
    } else if ((char === '\\' || char === '^') && at + 1 < text.length)
      word = (word ?? '') + (text[++at] ?? '');
    else {
      const variable = char === '$' ? variableAt(text, at) : undefined;
      word = (word ?? '') + (variable?.value ?? char);
      at = variable?.end ?? at;
    }
  }
  push();
  return { words, end: at };
}

/** `$HOST` or `${host}` as a variable in our own words; other dollars (`$filter`) are the text's. */
function variableAt(text: string, at: number): { value: string; end: number } | undefined {
  const found = /^\$(?:([A-Z][A-Z0-9_]*)(?![a-z])|\{([A-Za-z_]\w*)\})/.exec(text.slice(at, at + 100));
  return found === null
    ? undefined
    : { value: `{{${found[1] ?? found[2] ?? ''}}}`, end: at + found[0].length - 1 };
}

/** What browsers copy for `cmd`: `^"…^"`, in which `^` stands before every special character and `^\^"` is a quote. */
function readCaretQuoted(text: string, start: number): { value: string; end: number } {
  let value = '';
  let at = start;
  for (; at < text.length; at++) {
    if (text[at] === '^' && text[at + 1] === '"') return { value, end: at + 1 };
    if (text[at] === '^') at++;
    if (text[at] === '\\' && text[at + 1] === '^' && text[at + 2] === '"') at += 2;
    value += text[at] ?? '';
  }
  return { value, end: at };
}

function readQuoted(text: string, start: number, kind: string): { value: string; end: number } {
  const close = kind === '"' ? '"' : "'";
  let value = '';
  let at = start + 1;
  // A quote that is never closed ends with its line.
  const end = text.includes(close, at) ? text.length : (text + '\n').indexOf('\n', at);
  for (; at < end && text[at] !== close; at++) {
    const next = text[at + 1] ?? '';
    const escapes = text[at] === '\\' && (kind === 'ansi' || (kind === '"' && '"\\$`\n'.includes(next)));
    const windows = text[at] === '^' && kind === '"' && '"^\n'.includes(next);
    const variable = kind === '"' && text[at] === '$' ? variableAt(text, at) : undefined;
    if (variable !== undefined) {
      value += variable.value;
      at = variable.end;
    } else if (escapes && kind === 'ansi') {
      const escaped = ansiEscapeAt(text, at);
      value += escaped.value;
      at = escaped.end;
    } else if (!escapes && !windows) value += text[at] ?? '';
    else {
      at++;
      if (next !== '\n') value += next;
    }
  }
  return { value, end: at };
}

const ansiLetters: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

/**
 * What `\…` stands for in `$'…'`, where browsers put what is not ASCII as `\u95e8`
 * (https://www.gnu.org/software/bash/manual/html_node/ANSI_002dC-Quoting.html).
 */
function ansiEscapeAt(text: string, at: number): { value: string; end: number } {
  const [found, four, eight] =
    /^\\(?:u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8}))/.exec(text.slice(at, at + 10)) ?? [];
  const code = Number.parseInt(four ?? eight ?? '', 16);
  if (found !== undefined && code <= 0x10_ff_ff)
    return { value: String.fromCodePoint(code), end: at + found.length - 1 };
  const next = text[at + 1] ?? '';
  return { value: next === '\n' ? '' : (ansiLetters[next] ?? next), end: at + 1 };
}

/** The request that a command sends; `undefined` when it names no URL or fetches a file to keep. */
export function requestOfCurl(command: CurlCommand, tags: readonly string[]): RecordedRequest | undefined {
  const options = readOptions(command.words);
  const url = options.url?.trim().split(/[\s`]/, 1)[0];
  // `$url` alone is whatever a script has made of it.
  if (
    url === undefined ||
    /^\$\w+$/.test(url) ||
    !/^(?:https?:\/\/|[{$<]|[\w.-]+(?::\d+)?(?:\/|$|\?))/.test(url)
  )
    return undefined;
  if (download.test(url.split(/[?#]/, 1)[0] ?? '')) return undefined;
  const asQuery = options.get && options.data.length > 0;
  const body = asQuery ? undefined : bodyOfOptions(options);
  return {
    method: options.method ?? (body === undefined ? options.implied : 'POST'),
    url: asQuery ? `${url}${url.includes('?') ? '&' : '?'}${options.data.join('&')}` : url,
    name: command.title,
    tags,
    headers: options.headers,
    body,
    auth: options.auth,
    pointer: `line ${command.line}`,
  };
}

interface Options {
  url?: string;
  method?: string;
  get: boolean;
  /** The method where nothing names one. */
  implied: string;
  json: boolean;
  headers: Pair[];
  data: string[];
  form: RecordedField[];
  auth?: RecordedAuth;
}

function readOptions(words: readonly string[]): Options {
  const options: Options = { get: false, implied: 'GET', json: false, headers: [], data: [], form: [] };
  const queue = words.flatMap(splitOption);
  for (let at = 0; at < queue.length; at++) {
    const word = queue[at] ?? '';
    const value = queue[at + 1] ?? '';
    if (word === '-G' || word === '--get') options.get = true;
    else if (word === '-I' || word === '--head') options.implied = 'HEAD';
    else if (
      /^(?:-X|--request|-H|--header|-F|--form|--form-string|--url)$/.test(word) ||
      dataOptions.test(word) ||
      valued.has(word)
    ) {
      takeValue(options, word, value);
      at++;
    } else if (!word.startsWith('-') || word === '-')
      options.url ??= word.replace(/^[<'"]+(?=https?:)|[>'"]+$/g, '');
  }
  return options;
}

/** `-XPOST`, `-sXPOST`, `--request=POST` → option and value apart. */
function splitOption(word: string): string[] {
  const long = /^(--[a-z0-9-]+)=([^]*)$/.exec(word);
  if (long !== null) return [long[1] ?? '', long[2] ?? ''];
  const short = /^-([A-Za-z]{2,})|^-([XHdFubAoTm])([^]+)$/.exec(word);
  if (short === null || word.startsWith('--')) return [word];
  const at = word.search(/[XHdFubAoeTmwxcCEr]/);
  const flags = Array.from(at < 0 ? word.slice(1) : word.slice(1, at), (letter) => `-${letter}`);
  if (at < 0) return flags;
  const rest = word.slice(at + 1);
  return [...flags, `-${word[at] ?? ''}`, ...(rest === '' ? [] : [rest])];
}

function takeValue(options: Options, option: string, value: string): void {
  if (option === '-X' || option === '--request') options.method = value.toUpperCase();
  else if (option === '--url') options.url = value;
  else if (option === '-H' || option === '--header') {
    const colon = value.indexOf(':');
    if (colon > 0)
      options.headers.push({ name: value.slice(0, colon).trim(), value: value.slice(colon + 1).trim() });
  } else if (option === '-F' || option === '--form' || option === '--form-string')
    options.form.push(formField(value));
  else if (dataOptions.test(option)) {
    options.data.push(option === '--data-urlencode' ? encodedData(value) : value);
    if (option === '--json') options.json = true;
  } else if (option === '-u' || option === '--user') options.auth ??= { kind: 'basic' };
  else if (option === '-T' || option === '--upload-file') options.implied = 'PUT';
  else if (option === '--oauth2-bearer') options.auth = { kind: 'bearer' };
  else if (option === '--aws-sigv4') options.auth = { kind: 'awsSigV4' };
}

/** `name=content`: the client encodes what stands behind the first `=`; contents of files (`@`) are not here. */
function encodedData(text: string): string {
  const equals = text.indexOf('=');
  if (/\{\{|\$|^[^=]*@/.test(text)) return text;
  return text.slice(0, equals + 1) + encodeURIComponent(text.slice(equals + 1));
}

function formField(text: string): RecordedField {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  const value = equals < 0 ? '' : text.slice(equals + 1);
  const file = /^[@<]/.test(value);
  return { name, value: file || isSensitiveName(name) ? '' : value, file };
}

function bodyOfOptions(options: Options): RecordedBody | undefined {
  if (options.form.length > 0) return { contentType: 'multipart/form-data', fields: options.form };
  const [first] = options.data;
  if (first === undefined) return undefined;
  if (first.startsWith('@')) return { contentType: 'application/octet-stream', text: '{{file}}' };
  const text = options.data.join('&');
  const looksJson = /^\s*[[{]/.test(text);
  return {
    contentType: options.json || looksJson ? 'application/json' : 'application/x-www-form-urlencoded',
    text,
  };
}
