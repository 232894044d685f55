import type { DemoAnswer } from '../operation.ts';

export const dayMs = 86_400_000;

export const paging = [
  { name: 'page', in: 'query', schema: { type: 'integer', minimum: 1, default: 1 } },
  { name: 'size', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 100, default: 20 } },
] as const;

export function refuseOrders(status: number, message: string): DemoAnswer {
  const error = { 401: 'unauthorized', 404: 'not_found' }[status] ?? 'error';
  return { status, body: { error, message } };
}
