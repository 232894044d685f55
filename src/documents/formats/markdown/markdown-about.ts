import type { Block } from './markdown-block.ts';
import { isAbout, type Label, labelOf } from './markdown-labels.ts';
import { signaturesIn } from './markdown-signatures.ts';
import { keyValueRows } from './markdown-tables.ts';

/** Further below, parameters and answers are described. */
const reach = 20;

type AboutState = 'prose' | 'awaiting' | 'over';

/** What the blocks of a section say that its operation does: sentences that nothing stands above, and what labels say. */
export function aboutIn(blocks: readonly Block[]): readonly string[] {
  const about: string[] = [];
  let state: AboutState = 'prose';
  for (const [index, block] of blocks.slice(0, reach).entries()) {
    if (block.kind === 'table') about.push(...aboutInTable(block.rows));
    if (block.kind === 'code' || block.kind === 'table') continue;
    const label =
      index === 0 && block.kind === 'heading' ? undefined : labelOf(block.text, block.kind === 'heading');
    if (label !== undefined) {
      if (isAbout(label) && label.value !== '') about.push(label.value);
      state = stateBehind(label, state);
    } else if (
      block.kind === 'text' &&
      (state === 'awaiting' || (state === 'prose' && !block.item)) &&
      signaturesIn(block.text, false).length === 0
    ) {
      about.push(block.text);
      if (state === 'awaiting') state = 'over';
    }
  }
  return about;
}

function stateBehind(label: Label, state: AboutState): AboutState {
  if (label.value === '') return isAbout(label) ? 'awaiting' : 'over';
  return label.role === 'method' || label.role === 'url' ? state : 'over';
}

function aboutInTable(rows: Extract<Block, { readonly kind: 'table' }>['rows']): readonly string[] {
  if (rows.some((row) => row.length !== 2)) return [];
  return keyValueRows(rows).flatMap(({ name, value }) => {
    const label = labelOf(`${name}: ${value}`);
    return label !== undefined && isAbout(label) ? [label.value] : [];
  });
}
