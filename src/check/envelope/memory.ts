import type { Json } from '../../model/json.ts';
import { codeText } from './words.ts';

/** Services that are remembered at a time, and codes of each. */
const mostServices = 10_000;
const mostCodes = 20;
/** Services have one or two codes of success. */
const arbitraryFrom = 4;

/** With which codes the answers of each service have carried data: what success is there, where no document says it. */
export class EnvelopeMemory {
  readonly #known = new Map<string, Set<string>>();

  learn(service: string, field: string, value: Json): void {
    const key = keyOf(service, field);
    const codes = this.#known.get(key) ?? new Set<string>();
    if (codes.size >= mostCodes) return;
    codes.add(codeText(value));
    if (!this.#known.has(key) && this.#known.size >= mostServices) this.#known.clear();
    this.#known.set(key, codes);
  }

  /** Answers with data come with so many codes that none of them says how the call went. */
  isArbitrary(service: string, field: string): boolean {
    return this.successes(service, field).size >= arbitraryFrom;
  }

  /** Empty: nothing has been learnt. */
  successes(service: string, field: string): ReadonlySet<string> {
    return this.#known.get(keyOf(service, field)) ?? none;
  }
}

const none: ReadonlySet<string> = new Set();

function keyOf(service: string, field: string): string {
  return `${service}\0${field}`;
}
