import { jsonOf } from '../../lib/json/json-of.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import { isObject, type JsonObject } from '../../model/json.ts';

/** A request on its way to being signed; what is read from it again and again is taken apart once. */
export class RequestDraft {
  readonly request: OutgoingRequest;
  #url: URL | undefined;

  constructor(request: OutgoingRequest) {
    this.request = request;
  }

  get url(): URL {
    this.#url ??= new URL(this.request.url);
    return this.#url;
  }

  get isForm(): boolean {
    return /^application\/x-www-form-urlencoded\b/i.test(this.request.headers['content-type'] ?? '');
  }

  get text(): string {
    const { body = '' } = this.request;
    return typeof body === 'string' ? body : Buffer.from(body).toString();
  }

  /** The body's fields; `undefined` when it is not a JSON object. */
  get fields(): JsonObject | undefined {
    // Most requests have no body, and a parser that throws costs more than the whole signature.
    const body = this.text.startsWith('{') ? jsonOf(this.text) : undefined;
    return isObject(body) ? body : undefined;
  }

  /** By lower-case name. `host` goes out although nobody sets it. */
  header(name: string): string | undefined {
    return this.request.headers[name] ?? (name === 'host' ? this.url.host : undefined);
  }
}
