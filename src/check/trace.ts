import { randomFillSync } from 'node:crypto';
import type { OutgoingRequest } from '../model/check.ts';

const header = 'traceparent';

/**
 * The request with a trace context of its own (W3C, https://www.w3.org/TR/trace-context/), so that the call can be
 * found in the traces of the system that answers it. One that the configuration gives is left as it is.
 */
export function traced(request: OutgoingRequest): OutgoingRequest {
  if (request.headers[header] !== undefined) return request;
  const ids = randomHex(24);
  const value = `00-${ids.slice(0, 32)}-${ids.slice(32)}-01`;
  return { ...request, headers: { ...request.headers, [header]: value } };
}

/** Drawn ahead: asking the system for each request costs more than all else that is done to it. */
const pool = Buffer.alloc(6 * 1024);
let used = pool.length;

function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += bytes;
  return pool.toString('hex', used - bytes, used);
}

/** Of a request that was sent. */
export function traceIdOf({ headers }: OutgoingRequest): string | undefined {
  return /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(headers[header] ?? '')?.[1];
}

/** Whether a header is ours: to repeat the call takes none. */
export function isTraceOf(planned: OutgoingRequest, name: string): boolean {
  return name === header && planned.headers[header] === undefined;
}
