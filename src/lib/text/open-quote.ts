import { type Node, visit, type YAMLError } from 'yaml';

/** Where the quote opens that nothing closes, a character of the text: the parser complains of it where the file ends. */
export function openQuote(contents: unknown, { code, message }: YAMLError): number | undefined {
  if (code !== 'MISSING_CHAR' || !/^Missing closing ["']/.test(message)) return undefined;
  let last: number | undefined;
  visit(contents as Node | null, {
    Scalar: (_, { type, range }) => {
      if (type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE') last = Math.max(last ?? 0, range?.[0] ?? 0);
    },
  });
  return last;
}
