import { ellipsize } from '../../kit/text.ts';
import type { Problem } from '../../model/problem.ts';
import type { Validator } from '../ports.ts';
import { type HttpClient, shownUrl } from './http-client.ts';
import type { Fetched, Files } from './place.ts';

/** Documents behind one http(s) URL. References are confined to the origin of the document that makes them. */
export class HttpFiles implements Files {
  readonly #client: HttpClient;
  /** The configured URL, which may carry user and password; `uri`s never do. */
  readonly #configured: string;

  constructor(client: HttpClient, configured: string) {
    this.#client = client;
    this.#configured = configured;
  }

  get uri(): string {
    return shownUrl(this.#configured);
  }

  fetch(uri: string, validator: Validator | undefined, signal: AbortSignal): Promise<Fetched> {
    return this.#client.fetch(this.#signed(uri), validator, signal);
  }

  resolve(reference: string, from: string): Promise<string | Problem> {
    const target = URL.canParse(reference, from) ? new URL(reference, from) : undefined;
    if (target !== undefined && target.origin === new URL(from).origin) return Promise.resolve(target.href);
    return Promise.resolve({
      severity: 'error',
      code: 'ref-outside-source',
      message: `refers to ${JSON.stringify(ellipsize(reference, 200))}, which is not read: only ${new URL(from).origin} may be referred to`,
      file: from,
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
