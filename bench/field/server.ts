import type { Command } from './process.ts';

/** A server that somebody else wrote, with the document that comes with it. */
export interface FieldServer {
  readonly name: string;
  /**
   * Paths that change something when they are called with GET, as read in its manual; a call of one is a side effect.
   * Whatever is sent by another method is one as well.
   */
  readonly writes?: RegExp;
  /** Bodies with which it refuses a call, though the status is 2xx. */
  readonly refuses?: RegExp;
  /** Addresses below its origin whose answers must be the same before and after. */
  readonly state?: readonly string[];
  /** Installs what it needs and starts it with a little data. Throws when it cannot be had here. */
  start(place: StartPlace): Promise<Started>;
}

export interface StartPlace {
  /** Empty, its own. */
  readonly folder: string;
  /** Free. */
  readonly port: number;
  /** Starts a process that is stopped with the trial, and waits until the address answers. */
  readonly launch: (command: Command, answersAt: string) => Promise<void>;
  /** Done with the trial, the last first, also when the start failed. */
  readonly atEnd: (action: () => Promise<void>) => void;
}

export interface Started {
  readonly origin: string;
  readonly documents: readonly { readonly name: string; readonly text: string }[];
  /** As in a configuration. */
  readonly credential?: Readonly<Record<string, unknown>>;
  /** What that puts on a request; for asking it ourselves. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The text of a document, or of anything else; throws when it is not answered with 2xx. */
export async function textOf(url: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const response = await fetch(url, { headers });
  if (!response.ok) throw new Error(`${url} answered HTTP ${response.status}`);
  return response.text();
}

/** Puts a little data into a server. */
export async function give(
  url: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`POST ${url} answered HTTP ${response.status}: ${await response.text()}`);
}
