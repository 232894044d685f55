import { mapTexts, type Sentence } from './sentence.ts';
import type { SkipCode } from './check.ts';
import type { UnreadDocument } from './document.ts';

/** What keeps an operation from proving anything. */
export type SetUpKind =
  /** A value that nobody has given was refused, or is missing. */
  | 'value'
  /** The answer asks for a parameter that the document calls optional. */
  | 'parameter'
  /** It does not take the token, or none is sent. */
  | 'permission'
  /** Nobody has said where it answers, or that the credential may be sent there. */
  | 'address'
  /** It answers well, but not as its document says. */
  | 'document'
  /** It refuses, or fails, as far as it has been called. */
  | 'refused'
  | 'broken'
  | 'unreachable'
  /** Not called: nobody has said that it only reads. */
  | 'allow'
  /** Not called on purpose: it may change something, sign out, or send a file. Nothing has to be done. */
  | 'left-out';

/** An operation that has never worked the way it is called, or is not called, with what would help. */
export interface SetUpItem {
  readonly checkId: string;
  readonly service: string;
  /** `GET /orders/{orderId}` */
  readonly operation: string;
  readonly kind: SetUpKind;
  readonly called: boolean;
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  /** One sentence. */
  readonly why: Sentence;
  /** What the server said, masked, on one line. */
  readonly said?: string;
  /** Lines of configuration, the most likely first; `…` stands for what only a person knows. */
  readonly lines: readonly Sentence[];
}

/** Operations of one service that wait for the same thing. */
export interface SetUpGroup {
  readonly service: string;
  readonly kind: SetUpKind;
  /** One sentence about all of them. */
  readonly why: Sentence;
  /** How many there are. */
  readonly count: number;
  /** As many of them as would be read. */
  readonly items: readonly SetUpItem[];
  /** Lines of configuration that help all of them; absent: each has its own. */
  readonly lines?: Sentence;
}

/** How the operations of a service stand; those that are called add up to `called`. */
export interface SetUpCounts {
  readonly called: number;
  readonly pass: number;
  /** Failing, or kept from being called by something that is told as an incident. */
  readonly failing: number;
  /** They have never been as their document says. */
  readonly differ: number;
  readonly value: number;
  readonly permission: number;
  /** They have refused or failed ever since. */
  readonly refused: number;
  readonly notCalled: Readonly<Partial<Record<SkipCode, number>>>;
}

/** What has to be set up in one service, as its last complete cycle has found it. Times are epoch ms. */
export interface ServiceSetUp {
  readonly service: string;
  /** When a cycle has found it to be so first. */
  readonly since: number;
  /** When its first report is sent, or would be if anything were wanted of it; absent: nothing of it has answered yet. */
  readonly introducedAt?: number;
  readonly counts: SetUpCounts;
  /** Documents that have never been readable; absent: there are none. */
  readonly unread?: readonly UnreadDocument[];
  /** What is worth most first. */
  readonly groups: readonly SetUpGroup[];
}

/** Something is to be done about a service: operations wait for somebody or fail, a document cannot be read, or nothing is called. */
export function isWanting({
  waiting,
  counts,
  unread = [],
}: { readonly waiting: number } & Pick<ServiceSetUp, 'counts' | 'unread'>): boolean {
  return waiting + counts.failing + unread.length > 0 || counts.called === 0;
}

/** Nothing of a service could be read, or there is nothing in it. */
export function isWithoutOperations({ called, notCalled }: SetUpCounts): boolean {
  return called === 0 && Object.keys(notCalled).length === 0;
}

/** Operations that wait for somebody; what is left out on purpose waits for nobody. */
export function waitingIn(groups: readonly SetUpGroup[]): number {
  return groups.reduce((sum, { kind, count }) => (kind === 'left-out' ? sum : sum + count), 0);
}

/** The same, with every text in it changed that quotes a value or an answer. */
export function mapGroup(group: SetUpGroup, change: (text: string) => string): SetUpGroup {
  return {
    ...group,
    why: mapTexts(group.why, change),
    items: group.items.map((item) => mapItem(item, change)),
  };
}

/** As `mapGroup`. */
export function mapUnread(
  { uri, message, hint }: UnreadDocument,
  change: (text: string) => string,
): UnreadDocument {
  return {
    uri: change(uri),
    message: mapTexts(message, change),
    ...(hint === undefined ? {} : { hint: mapTexts(hint, change) }),
  };
}

/** As `mapGroup`. */
export function mapItem({ said, ...item }: SetUpItem, change: (text: string) => string): SetUpItem {
  return {
    ...item,
    why: mapTexts(item.why, change),
    ...(said === undefined ? {} : { said: change(said) }),
  };
}

/** How much of what is documented is patrolled. Numbers of operations. */
export interface Coverage {
  readonly documented: number;
  /** `certain + uncertain` */
  readonly called: number;
  /** Called with values that somebody has given: a failure counts. */
  readonly certain: number;
  /** Called with at least one value that was made up: a 4xx is `unknown`. */
  readonly uncertain: number;
  /** Those of the uncertain whose values other answers can supply. */
  readonly capturable: number;
  readonly skipped: Readonly<Partial<Record<SkipCode, number>>>;
}
