import type { MessagePort } from 'node:worker_threads';
import type { Problem } from '../../model/problem.ts';
import type { Format } from '../formats/format.ts';
import type { RawBytes } from '../text/raw-document.ts';
import { type FileAccess, readDocument, type ReadOutcome } from '../read.ts';
import { type FromWorker, inParts, type ToWorker } from './protocol.ts';

/** The reading thread: reads what it is told to and asks the main thread for every other file. */
export function serve(port: MessagePort, formats: readonly Format[]): void {
  const waiting = new Map<number, (value: never) => void>();
  let goOn: (() => void) | undefined;
  let calls = 0;
  const tell = (message: FromWorker): void => port.postMessage(message);
  const ask = <T>(method: 'load' | 'list', reference: string, from: string): Promise<T> =>
    new Promise((resolve) => {
      calls++;
      waiting.set(calls, resolve);
      tell({ kind: 'call', call: calls, method, reference, from });
    });
  const access: FileAccess = {
    load: (reference, from) => ask<RawBytes | Problem>('load', reference, from),
    list: (glob, from) => ask<readonly string[]>('list', glob, from),
  };
  const more = (): Promise<void> => new Promise((resolve) => (goOn = resolve));
  port.on('message', (message: ToWorker) => {
    switch (message.kind) {
      case 'read':
        // Never rejects; the thread itself is ended when the reading is aborted.
        void readDocument(message.raw, formats, access, new AbortController().signal).then((outcome) =>
          send(outcome, tell, more),
        );
        return;
      case 'answer':
        waiting.get(message.call)?.(message.value as never);
        waiting.delete(message.call);
        return;
      case 'more':
        goOn?.();
        return;
    }
  });
}

async function send(
  outcome: ReadOutcome,
  tell: (message: FromWorker) => void,
  more: () => Promise<void>,
): Promise<void> {
  if (outcome.kind !== 'read') return tell({ kind: 'outcome', json: JSON.stringify(outcome) });
  const { operations, schemas, ...head } = outcome.document;
  for (const json of inParts({ operations, schemas })) {
    tell({ kind: 'pieces', json });
    await more();
  }
  tell({ kind: 'outcome', json: JSON.stringify({ ...outcome, document: head }) });
}
