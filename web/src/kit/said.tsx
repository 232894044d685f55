import { Fragment } from 'react';

/** A sentence of the patrol: what stands in backticks in it is code. */
export function Said({ text }: { text: string }) {
  return text
    .split(/(`[^`\n]+`)/)
    .map((piece, index) => (
      <Fragment key={index}>{index % 2 === 1 ? <code>{piece.slice(1, -1)}</code> : piece}</Fragment>
    ));
}
