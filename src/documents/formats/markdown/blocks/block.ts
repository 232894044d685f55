/** A Markdown document as the flat run of what stands in it, in the order of reading. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly text: string; readonly line: number }
  /** One line of a paragraph or list item; code spans keep their backticks. */
  | { readonly kind: 'text'; readonly text: string; readonly line: number; readonly item: boolean }
  | { readonly kind: 'code'; readonly language: string; readonly text: string; readonly line: number }
  /** The header is the first row; `lines` has the line of each. */
  | {
      readonly kind: 'table';
      readonly rows: readonly (readonly string[])[];
      readonly lines: readonly number[];
      readonly line: number;
    };
