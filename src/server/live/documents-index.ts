import type { Document, Operation } from '../../model/document.ts';
import type { CachedDocument } from '../../documents/ports.ts';
import type { Store } from '../../store/store.ts';

/** Finds the operations of documents by what the plan calls them. */
export class DocumentsIndex {
  readonly #operations = new WeakMap<Document, ReadonlyMap<string, readonly [Operation, number]>>();

  list(
    store: { readonly documents: Pick<Store['documents'], 'list'> },
    service: string,
  ): Promise<readonly CachedDocument[]> {
    return store.documents.list(service);
  }

  /** The operation with that key, and its place among the operations of the document. */
  operation(document: Document, key: string): readonly [Operation, number] | undefined {
    let operations = this.#operations.get(document);
    if (operations === undefined) {
      operations = new Map(
        document.operations.map((operation, index) => [operation.key, [operation, index] as const]),
      );
      this.#operations.set(document, operations);
    }
    return operations.get(key);
  }
}
