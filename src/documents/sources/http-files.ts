import type { Sentence } from '../../model/sentence.ts';
import { sentence } from '../../messages/sentence.ts';
import { ellipsize } from '../../lib/text/text.ts';
import type { Problem } from '../../model/problem.ts';
import type { Validator } from '../ports.ts';
import { looksLikeDocument } from './document-address.ts';
import { limits } from '../limits.ts';
import { type HttpClient, shownUrl, tooSlow, withoutUser } from './http-client.ts';
import type { Fetched, Files } from './place.ts';
import { ServerTime } from './server-time.ts';

/**
 * Documents behind one http(s) URL. References are confined to the origin of the document that makes them, and there to
 * what looks like a document or is named in `docs`: any other address could do more than read when it is asked for.
 */
export class HttpFiles implements Files {
  readonly #client: HttpClient;
  /** The configured URL, which may carry user and password; `uri`s never do. */
  readonly #configured: string;
  readonly #named: ReadonlySet<string>;
  readonly #time = new ServerTime(limits.serverMs);

  constructor(client: HttpClient, configured: string, docs: readonly string[]) {
    this.#client = client;
    this.#named = new Set(docs.filter((entry) => URL.canParse(entry)).map(withoutUser));
    this.#configured = configured;
  }

  get uri(): string {
    return shownUrl(this.#configured);
  }

  fetch(uri: string, validator: Validator | undefined, signal: AbortSignal): Promise<Fetched> {
    return this.#client.fetch(this.#signed(uri), validator, signal, this.#time);
  }

  tooSlow(): Problem | undefined {
    return this.#time.isSpent ? tooSlow(this.uri, this.#time) : undefined;
  }

  resolve(reference: string, from: string): Promise<string | Problem> {
    const target = URL.canParse(reference, from) ? new URL(reference, from) : undefined;
    const { origin } = new URL(from);
    if (target?.origin !== origin)
      return Promise.resolve(notRead(reference, from, sentence('onlyOriginReferred', { origin })));
    target.hash = '';
    const { href } = target;
    if (href === this.uri || this.#named.has(href) || looksLikeDocument(target)) return Promise.resolve(href);
    return Promise.resolve({
      ...notRead(reference, from, sentence('couldDoMore')),
      hint: sentence('nameIfDocument', { where: shownUrl(href) }),
    });
  }

  list(): Promise<readonly string[]> {
    return Promise.resolve([]);
  }

  #signed(uri: string): string {
    if (uri === this.uri) return this.#configured;
    const { username, password } = new URL(this.#configured);
    if (username === '' && password === '') return uri;
    const signed = new URL(uri);
    signed.username = username;
    signed.password = password;
    return signed.href;
  }
}

function notRead(reference: string, file: string, why: Sentence): Problem {
  return {
    level: 'error',
    code: 'ref-outside-source',
    message: sentence('refersNotRead', { reference: JSON.stringify(ellipsize(reference, 200)), why }),
    file,
  };
}
