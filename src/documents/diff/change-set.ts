import type { ChangeSet, Document, Operation, OperationChange, SchemaPool } from '../../model/document.ts';
import { type Yielder, inSteps } from '../../lib/yielder.ts';
import { operationChanges } from './operation-changes.ts';
import { referencesIn, same } from './same.ts';
import { SchemaComparison } from './schema-changes.ts';

/**
 * What is different between two states of one document, operation by operation; `undefined` when no operation
 * is. Texts for people (summary, description, examples, where it stands in the file) do not count.
 */
export async function compareDocuments(
  before: Document | undefined,
  after: Document | undefined,
  breathe: Yielder,
): Promise<ChangeSet | undefined> {
  const one = after ?? before;
  if (one === undefined || before === after) return undefined;
  const old = byKey(before);
  const fresh = byKey(after);
  const changed =
    before === undefined || after === undefined ? [] : await changedOperations(before, after, breathe);
  const added = [...fresh.keys()].filter((key) => !old.has(key));
  const removed = [...old.keys()].filter((key) => !fresh.has(key));
  if (added.length + removed.length + changed.length === 0) return undefined;
  const kind = before === undefined ? 'found' : after === undefined ? 'gone' : 'changed';
  return { kind, documentId: one.id, service: one.service, uri: one.uri, added, removed, changed };
}

function byKey(document: Document | undefined): ReadonlyMap<string, Operation> {
  return new Map(document?.operations.map((operation) => [operation.key, operation]));
}

async function changedOperations(
  before: Document,
  after: Document,
  breathe: Yielder,
): Promise<readonly OperationChange[]> {
  const old = byKey(before);
  const touched = await touchedReferences(before.schemas, after.schemas, breathe);
  const schemas = new SchemaComparison(before.schemas, after.schemas);
  const changed: OperationChange[] = [];
  for (const operation of after.operations) {
    await breathe();
    const previous = old.get(operation.key);
    if (previous === undefined) continue;
    const isSame = await inSteps(same(previous, operation), breathe);
    if (isSame && (touched.size === 0 || (await refersToNone(operation, touched, breathe)))) continue;
    const found = await inSteps(operationChanges(previous, operation, schemas), breathe);
    if (found.length === 0) continue;
    const breaking = found.some((finding) => finding.breaking);
    const worstFirst = found.toSorted((a, b) => Number(b.breaking) - Number(a.breaking));
    changed.push({ key: operation.key, breaking, details: worstFirst.map(({ what }) => what) });
  }
  return changed;
}

/** References whose schemas differ, themselves or in what they refer to. */
async function touchedReferences(
  before: SchemaPool,
  after: SchemaPool,
  breathe: Yielder,
): Promise<ReadonlySet<string>> {
  const touched = new Set<string>();
  for (const key of Object.keys(after)) {
    await breathe();
    if (!(await inSteps(same(before[key], after[key]), breathe))) touched.add(key);
  }
  if (touched.size === 0) return touched;
  const users = new Map<string, string[]>();
  for (const [key, schema] of Object.entries(after)) {
    await breathe();
    for (const reference of await inSteps(referencesIn(schema), breathe)) {
      const known = users.get(reference);
      if (known === undefined) users.set(reference, [key]);
      else known.push(key);
    }
  }
  // A set is iterated in order of insertion, what is added meanwhile included.
  for (const key of touched) for (const user of users.get(key) ?? []) touched.add(user);
  return touched;
}

async function refersToNone(
  value: unknown,
  references: ReadonlySet<string>,
  breathe: Yielder,
): Promise<boolean> {
  const found = await inSteps(referencesIn(value), breathe);
  return ![...found].some((reference) => references.has(reference));
}
