import type { Sentence } from '../../model/sentence.ts';
import type { OutgoingRequest } from '../../model/check.ts';
import type { Phases, ReasonCode } from '../../model/result.ts';
import type { NetworkSettings, TimeoutSettings } from '../../model/settings.ts';
import type { Certificate } from './certificate.ts';

/** What came of sending one request: an answer, or the reason why there is none. Never an exception. */
export type ExchangeResult = Reply | Failure;

export interface Reply {
  readonly ok: true;
  readonly status: number;
  /** Names and values alternating, as they came. */
  readonly rawHeaders: readonly Uint8Array[];
  /** As received, at most `maxBytes` of it. */
  readonly body: Buffer;
  /** Bytes of the body as received, those that were not kept included. */
  readonly bytes: number;
  readonly truncated: boolean;
  /** A stream by its media type, which had not ended when it was stopped: `truncated` as well, and its time is that to its headers. */
  readonly endless?: true;
  /** Of the connection; absent when it is not secure. */
  readonly certificate?: Certificate;
  readonly phases: Phases;
  readonly imprecise?: true;
  /** As in `Result`. */
  readonly lateMs?: number;
  /** This process did not run for a while meanwhile: what failed may have failed for that. */
  readonly stoodStill?: boolean;
  readonly sent: number;
}

export interface Failure {
  readonly ok: false;
  readonly code: ReasonCode;
  /** One line for a person; free of secrets. */
  readonly message: Sentence;
  /** Bytes of the body that had arrived. */
  readonly bytes: number;
  readonly phases: Phases;
  readonly imprecise?: true;
  /** As in `Result`. */
  readonly lateMs?: number;
  /** This process did not run for a while meanwhile: what failed may have failed for that. */
  readonly stoodStill?: boolean;
  readonly sent: number;
}

export interface SendOptions {
  readonly origin: string;
  /** Origin whose trust goes for this one as well: a redirect has led here from another port of the same host. */
  readonly vouchedBy?: string;
  readonly timeouts: TimeoutSettings;
  readonly maxBytes: number;
  /** May be sent again when a kept-alive connection turns out to be dead (RFC 9112 §9.3.1). */
  readonly repeatable: boolean;
  readonly network?: NetworkSettings;
}

/** A request on its way. */
export interface Sending {
  readonly outcome: Promise<ExchangeResult>;
  /** Ends it now; the outcome becomes a failure with this code and message. */
  cut(code: ReasonCode, message: Sentence): void;
}

/** How requests of a kind reach their server. */
export interface HttpTransport {
  send(request: OutgoingRequest, options: SendOptions): Sending;
  /** Closes what has been idle for long. */
  sweep(): void;
  close(): Promise<void>;
}
