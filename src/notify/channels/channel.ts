import type { BothLanguages, OwnSentence, Sentence } from '../../model/sentence.ts';
import type { ZodType, infer as Infer } from 'zod';
import type { TextTemplate } from '../../lib/text/template.ts';
import type { MessageContent } from '../../model/message.ts';
import type { Language } from '../../model/settings.ts';
import type { NetworkWords } from '../../lib/net/way.ts';
import type { Links } from '../messages/links.ts';

/** Bytes ready to be sent; frozen at the first attempt so that a retry sends the same. */
export interface Rendered {
  /** Several when one message would be over the channel's limit, in order. Free of secrets: they are stored. */
  readonly parts: readonly string[];
}

/** What a channel's server answered, reduced to what to do next. The one who fails says whether a retry helps. */
export type SendOutcome =
  /** `warning`: taken, but not all is well; for the log. */
  | { readonly kind: 'sent'; readonly receipt?: string; readonly warning?: Sentence }
  /** Worth another try, not before `afterMs`. */
  | { readonly kind: 'retry'; readonly afterMs?: number; readonly code: string; readonly message: Sentence }
  /** It was sent whole, and no answer came or none that says what became of it: the message may have arrived. */
  | { readonly kind: 'unclear'; readonly code: string; readonly message: Sentence }
  /** Too long for this server: would go through when rendered shorter. */
  | { readonly kind: 'shrink'; readonly code: string; readonly message: Sentence; readonly hint: Sentence }
  /** This message will never go through; the channel is fine. */
  | { readonly kind: 'rejected'; readonly code: string; readonly message: Sentence; readonly hint: Sentence }
  /** No message will go through until a person acts. `afterMs`: asking sooner does harm. */
  | {
      readonly kind: 'broken';
      readonly afterMs?: number;
      readonly code: string;
      readonly message: Sentence;
      readonly hint: Sentence;
    };

/** A message that was not taken. */
export type Failure = Exclude<SendOutcome, { readonly kind: 'sent' }>;

export interface RenderContext {
  readonly language: Language;
  /** IANA name. */
  readonly timeZone: string;
  /** The server found the usual rendering too long: use half the room. */
  readonly shrunk?: boolean;
  /** Where incidents can be looked at and taken care of; absent: nowhere. */
  readonly links?: Links;
  /** Addresses that the configuration names: they may be copied, and become links. */
  readonly ownAddresses?: readonly string[];
  /** The last day, PNG. */
  readonly picture?: Uint8Array;
  /** Takes the place of the channel's own text, where the channel has text. */
  readonly template?: TextTemplate;
}

export interface PostResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** No answer came. `arrived`: `maybe` when the request was written whole, so that the server may have taken it. */
export interface PostFailure {
  readonly failure: Sentence;
  readonly arrived: 'no' | 'maybe';
}

/**
 * One HTTP call, bounded in time and size: a POST, or a GET when there is no body. Never rejects and never says
 * the URL.
 */
export interface Post {
  (
    url: string,
    body: string | Uint8Array | undefined,
    headers?: Readonly<Record<string, string>>,
  ): Promise<PostResponse | PostFailure>;
  /** How servers are reached, for channels that have connections of their own. */
  readonly network?: () => NetworkWords | undefined;
}

export interface SendContext {
  readonly post: Post;
  /** Epoch ms. */
  readonly now: () => number;
  /** Where a channel keeps its access token from one message to the next. */
  readonly tokens: TokenShelf;
}

/** Values that are dear to get and live for a while; one getter at a time, shared by all channels that ask. */
export interface TokenShelf {
  /** The value kept under `key`, or the one that `get` brings. */
  take(key: string, get: () => Promise<ShelvedToken | Failure>): Promise<ShelvedToken | Failure>;
  /** Somebody found out that this value is no longer good. */
  discard(key: string, token: ShelvedToken): void;
}

export interface ShelvedToken {
  readonly value: string;
  /** Epoch ms. */
  readonly expiresAt: number;
}

/** The simplest message that a kind of channel knows: one text without any markup. */
export interface PlainForm<O> {
  readonly maxBytes: number;
  /** The part; `mentions`: whom to call, if the simplest message can. */
  readonly part: (text: string, options: O, mentions: readonly string[]) => object;
}

/** What a person pastes that makes a channel by itself: into `webhook:`, `init --webhook` or the page. */
export interface Address {
  /** What it looks like, no flags: the page tries it, too. Of several kinds the first in the registry takes it. */
  readonly form: RegExp;
  readonly example: string;
  /** How a person comes by one. */
  readonly found: OwnSentence;
  /** The options that it stands for, as a person would write them. */
  readonly options: (address: string) => Readonly<Record<string, unknown>>;
}

/** Draws the pictures of messages where it is installed; without it they go without. */
export const pictureLibrary = '@resvg/resvg-js';

/** One kind of place where messages go. A value, listed in `channels/registry.ts`. */
export interface ChannelKind<S extends ZodType = ZodType> {
  /** As written in the config: `wecom-robot` … */
  readonly kind: string;
  /** What people call it. */
  readonly title: BothLanguages;
  readonly summary: string;
  /** The vendor's own page about it; absent: there is no vendor. */
  readonly docs?: string;
  readonly options: S;
  /**
   * Options as a person would write them, with secrets that are none: the reference shows the first, and every one is
   * tried by the tests, so there is one for each way in which messages can look.
   */
  readonly examples: readonly [Example, ...(readonly Example[])];
  /** Absent: it takes more than an address. */
  readonly address?: Address;
  /** Messages that we send in a minute: below the vendor's limit, so that a person can still send some. */
  readonly limits: { readonly perMinute: number };
  /** What the vendor counts the limit by, when two channels can share it; free of secrets. Default: the channel. */
  bucket?(options: Infer<S>): string;
  /** Whether its messages should lead to a page that only `server.url` can give. */
  lacksPage?(options: Infer<S>): boolean;
  /** Whether any of its messages comes with a picture. */
  hasPictures?(options: Infer<S>): boolean;
  /** Whether a picture of the last day belongs to the message. */
  wantsPicture?(content: MessageContent, options: Infer<S>): boolean;
  /** Pure. */
  render(content: MessageContent, options: Infer<S>, context: RenderContext): Rendered;
  /** For a server that refuses what `render` makes; absent: there is no plainer form. */
  readonly plain?: PlainForm<Infer<S>>;
  /** Whether a part only goes with the message, which is told without it. */
  isExtra?(part: string): boolean;
  /** A part as a person would see it, for a preview; default: the part itself. */
  show?(part: string): string;
  /** Sends one part. */
  send(part: string, options: Infer<S>, context: SendContext): Promise<SendOutcome>;
}

export type Example = Readonly<Record<string, unknown>>;

export function defineChannel<S extends ZodType>(channel: ChannelKind<S>): ChannelKind {
  return channel;
}
