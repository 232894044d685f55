import type { OperationRow, OperationState } from '../../../../src/server/api/operations.ts';

/** A line of the tree as it is shown: the tree is flat, its depth is a property of the line. */
export type Line =
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly name: string;
      readonly depth: 0 | 1;
      readonly open: boolean;
      readonly counts: Readonly<Partial<Record<OperationState, number>>>;
      readonly total: number;
    }
  | { readonly kind: 'operation'; readonly id: string; readonly depth: 2; readonly row: OperationRow };

export interface Search {
  /** Words that must all be there; `service:orders`, `tag:x`, `method:get` look in one place. */
  readonly text: string;
  readonly states: ReadonlySet<OperationState>;
}

type Test = (row: OperationRow) => boolean;

function testOf(word: string): Test {
  const [, field, value] = /^(service|tag|method):(.+)$/.exec(word) ?? [];
  if (value !== undefined) {
    if (field === 'service') return (row) => row.service.toLowerCase() === value;
    if (field === 'method') return (row) => row.method.toLowerCase() === value;
    return (row) => row.tags.some((tag) => tag.toLowerCase().includes(value));
  }
  return (row) =>
    row.path.toLowerCase().includes(word) ||
    row.method.toLowerCase() === word ||
    (row.title?.toLowerCase().includes(word) ?? false) ||
    row.service.toLowerCase().includes(word) ||
    row.tags.some((tag) => tag.toLowerCase().includes(word));
}

export function searchOperations(rows: readonly OperationRow[], search: Search): readonly OperationRow[] {
  const tests = search.text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(testOf);
  if (tests.length === 0 && search.states.size === 0) return rows;
  return rows.filter(
    (row) => (search.states.size === 0 || search.states.has(row.state)) && tests.every((test) => test(row)),
  );
}

/** Service, first tag, operation. Ids in `closed` hide what is below them. */
export function linesOf(rows: readonly OperationRow[], closed: ReadonlySet<string>): readonly Line[] {
  const lines: Line[] = [];
  for (const [service, inService] of grouped(rows, (row) => row.service)) {
    const serviceId = `service ${service}`;
    const open = !closed.has(serviceId);
    lines.push(groupLine(serviceId, service, 0, open, inService));
    if (!open) continue;
    for (const [tag, tagged] of grouped(inService, (row) => row.tags[0] ?? '')) {
      const tagId = `${serviceId} tag ${tag}`;
      const tagOpen = !closed.has(tagId);
      if (tag !== '') lines.push(groupLine(tagId, tag, 1, tagOpen, tagged));
      if (!tagOpen) continue;
      for (const row of tagged) lines.push({ kind: 'operation', id: row.id, depth: 2, row });
    }
  }
  return lines;
}

function groupLine(
  id: string,
  name: string,
  depth: 0 | 1,
  open: boolean,
  rows: readonly OperationRow[],
): Line {
  const counts: Partial<Record<OperationState, number>> = {};
  for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
  return { kind: 'group', id, name, depth, open, counts, total: rows.length };
}

function grouped<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
