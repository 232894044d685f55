import { expect, it } from 'vitest';
import type { OutgoingRequest } from '../../model/check.ts';
import { isTraceOf, traced, traceIdOf } from './evidence.ts';

const request: OutgoingRequest = { method: 'GET', url: 'https://a.example/', headers: { accept: '*/*' } };

it('gives every call a trace context of its own', () => {
  const [one, two] = [traced(request), traced(request)];
  expect(one.headers['traceparent']).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(traceIdOf(one)).toMatch(/^[0-9a-f]{32}$/);
  expect(traceIdOf(one)).not.toBe(traceIdOf(two));
  expect(one.headers['accept']).toBe('*/*');
  expect(isTraceOf(request, 'traceparent')).toBe(true);
  expect(isTraceOf(request, 'accept')).toBe(false);
});

it('leaves one that was configured as it is', () => {
  const own = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00';
  const configured = { ...request, headers: { traceparent: own } };
  expect(traced(configured)).toBe(configured);
  expect(traceIdOf(configured)).toBe('0af7651916cd43dd8448eb211c80319c');
  expect(isTraceOf(configured, 'traceparent')).toBe(false);
});

it('knows none where there is none', () => {
  expect(traceIdOf(request)).toBeUndefined();
});
