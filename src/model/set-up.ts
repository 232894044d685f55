/** What keeps an operation from proving anything. */
export type SetUpKind =
  /** A value that nobody has given was refused. */
  | 'value'
  /** The answer asks for a parameter that the document calls optional. */
  | 'parameter'
  /** It does not take the token, or none is sent. */
  | 'permission'
  /** It answers well, but not as its document says. */
  | 'document'
  /** It refuses, or fails, as far as it has been called. */
  | 'refused'
  | 'broken'
  | 'unreachable';

/** An operation that has never worked the way it is called, with what would help. */
export interface SetUpItem {
  readonly checkId: string;
  readonly source: string;
  /** `GET /orders/{orderId}` */
  readonly operation: string;
  readonly kind: SetUpKind;
  /** HTTP status; absent when no answer came. */
  readonly status?: number;
  /** One sentence. */
  readonly why: string;
  /** What the server said, masked, on one line. */
  readonly said?: string;
  /** Lines of configuration, the most likely first; `…` stands for what only a person knows. */
  readonly lines: readonly string[];
}
