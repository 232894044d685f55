import { inspect } from 'node:util';

const mask = '***';

/**
 * A value that nobody may see. It prints as `***` however it is printed; only `reveal()` gives it out, and only
 * the code that puts it on the wire calls that.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return mask;
  }

  toJSON(): string {
    return mask;
  }

  [inspect.custom](): string {
    return mask;
  }
}

const sensitiveName =
  /^(?:(?:x-)?api-?key|key|(?:x-)?(?:access|auth|refresh|id|csrf|session)[-_]?token|token|sign|signature|secret|(?:client|app)[-_]?secret|pass(?:word|wd)?|pwd|authorization|proxy-authorization|cookie|set-cookie|session(?:id)?|jsessionid|sid)$/i;
const jwt = /\beyJ[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]{5,}\.[A-Za-z0-9_-]*/g;
const authorization = /\b(Bearer|Basic|Digest|Token)\s+(?!realm\b)[A-Za-z0-9+/=_.~-]{6,}/gi;
const queryValue = /([?&;]|^)([A-Za-z0-9_.-]+)=([^&#\s"'<>]*)/g;
const jsonValue = /("([A-Za-z0-9_.-]+)"\s*:\s*)("(?:[^"\\]|\\.)*"|[^\s,{}[\]"]+)/g;

/** A header, query or field name whose value is secret by convention. */
export function isSensitiveName(name: string): boolean {
  return sensitiveName.test(name) || /(?:password|passwd|secret|token|apikey|api_key)$/i.test(name);
}

/**
 * Takes secrets out of text: the values it has been told, in the forms in which they travel, and whatever looks
 * like one by its name or shape. Applied where text is captured, not where it is shown.
 */
export class Redactor {
  readonly #forms = new Set<string>();

  /** Values shorter than four characters are not remembered: masking them would shred ordinary text. */
  add(secret: Secret | string): void {
    const value = typeof secret === 'string' ? secret : secret.reveal();
    if (value.length < 4) return;
    const base64 = Buffer.from(value).toString('base64');
    this.#forms.add(value);
    this.#forms.add(encodeURIComponent(value));
    this.#forms.add(new URLSearchParams({ v: value }).toString().slice(2));
    this.#forms.add(JSON.stringify(value).slice(1, -1));
    this.#forms.add(base64.replace(/=+$/, ''));
    this.#forms.add(Buffer.from(value).toString('base64url'));
    this.#forms.add(encodeURIComponent(base64));
  }

  scrub(text: string): string {
    let clean = text;
    for (const form of this.#forms) {
      if (clean.includes(form)) clean = clean.replaceAll(form, mask);
    }
    return clean
      .replace(jwt, mask)
      .replace(authorization, (_, scheme: string) => `${scheme} ${mask}`)
      .replace(jsonValue, (all, head: string, name: string) =>
        isSensitiveName(name) ? `${head}"${mask}"` : all,
      )
      .replace(queryValue, (all, lead: string, name: string) =>
        isSensitiveName(name) ? `${lead}${name}=${mask}` : all,
      );
  }
}
