import { isDeepStrictEqual } from 'node:util';
import type { ChangeSet, Document, Operation, OperationChange, SchemaPool } from '../model/document.ts';
import { isObject } from '../model/json.ts';

/**
 * What is different between two states of one document, operation by operation; `undefined` when no operation
 * is. Texts for people (summary, description, where it stands in the file) do not count.
 */
export function compareDocuments(
  before: Document | undefined,
  after: Document | undefined,
): ChangeSet | undefined {
  const one = after ?? before;
  if (one === undefined || before === after) return undefined;
  const old = byKey(before);
  const fresh = byKey(after);
  const affected =
    before !== undefined && after !== undefined ? changedReferences(before, after) : new Set<string>();
  const changed: OperationChange[] = [];
  for (const [key, operation] of fresh) {
    const previous = old.get(key);
    if (previous === undefined) continue;
    const details = compareOperations(previous, operation, affected);
    if (details.length > 0) changed.push({ key, breaking: false, details });
  }
  const added = [...fresh.keys()].filter((key) => !old.has(key));
  const removed = [...old.keys()].filter((key) => !fresh.has(key));
  if (added.length + removed.length + changed.length === 0) return undefined;
  return { documentId: one.id, source: one.source, uri: one.uri, added, removed, changed };
}

function byKey(document: Document | undefined): ReadonlyMap<string, Operation> {
  return new Map(document?.operations.map((operation) => [operation.key, operation]));
}

const compared = [
  'servers',
  'parameters',
  'body',
  'responses',
  'security',
  'deprecated',
  'extensions',
] as const;

function compareOperations(before: Operation, after: Operation, affected: ReadonlySet<string>): string[] {
  return compared.flatMap((part) => {
    const same = isDeepStrictEqual(before[part], after[part]) && !refersTo(after[part], affected);
    return same ? [] : [`${part} changed`];
  });
}

/** References whose schemas differ, themselves or in what they refer to. */
function changedReferences(before: Document, after: Document): ReadonlySet<string> {
  const affected = new Set<string>();
  for (const key of Object.keys(after.schemas)) {
    if (!isDeepStrictEqual(before.schemas[key], after.schemas[key])) affected.add(key);
  }
  if (affected.size > 0) spread(affected, after.schemas);
  return affected;
}

function spread(affected: Set<string>, schemas: SchemaPool): void {
  let before = -1;
  while (before !== affected.size) {
    before = affected.size;
    for (const [key, schema] of Object.entries(schemas)) {
      if (!affected.has(key) && refersTo(schema, affected)) affected.add(key);
    }
  }
}

function refersTo(value: unknown, references: ReadonlySet<string>): boolean {
  if (references.size === 0) return false;
  if (Array.isArray(value)) return value.some((item) => refersTo(item, references));
  if (!isObject(value)) return false;
  if (typeof value['$ref'] === 'string' && references.has(value['$ref'])) return true;
  return Object.values(value).some((item) => refersTo(item, references));
}
