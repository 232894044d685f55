import type { ZodType, infer as Infer } from 'zod';
import type { MessageContent } from '../model/message.ts';
import type { Language } from '../model/settings.ts';

/** Bytes ready to be sent; frozen at the first attempt so that a retry sends the same. */
export interface Rendered {
  /** Several when one message would be over the channel's limit, in order. */
  readonly parts: readonly string[];
}

/** What a channel's server answered, reduced to what to do next. The one who fails says whether a retry helps. */
export type SendOutcome =
  | { readonly kind: 'sent'; readonly receipt?: string }
  | { readonly kind: 'retry'; readonly afterMs?: number; readonly code: string; readonly message: string }
  /** This message will never go through; the channel is fine. */
  | { readonly kind: 'rejected'; readonly code: string; readonly message: string; readonly hint: string }
  /** No message will go through until a person acts. */
  | { readonly kind: 'broken'; readonly code: string; readonly message: string; readonly hint: string };

export interface RenderContext {
  readonly language: Language;
  readonly timeZone: string;
}

export interface SendContext {
  readonly signal: AbortSignal;
  /** One HTTP call, bounded in time and size; rejects for transport failures. */
  post(
    url: string,
    body: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{
    readonly status: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string;
  }>;
}

/** One kind of place where messages go. A value, listed in `channels/registry.ts`. */
export interface ChannelKind<S extends ZodType = ZodType> {
  /** As written in the config: `wecom-robot` … */
  readonly kind: string;
  readonly summary: string;
  readonly options: S;
  readonly limits: { readonly perMinute: number };
  render(content: MessageContent, options: Infer<S>, context: RenderContext): Rendered;
  /** Sends one part. */
  send(part: string, options: Infer<S>, context: SendContext): Promise<SendOutcome>;
}

export function defineChannel<S extends ZodType>(channel: ChannelKind<S>): ChannelKind {
  return channel;
}
