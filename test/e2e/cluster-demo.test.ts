import { stripVTControlCharacters as plain } from 'node:util';
import { expect, it } from 'vitest';
import { runClusterTour } from '../../demo/cluster-tour.ts';
import { hasPostgres } from '../trials/support/postgres.ts';

it.runIf(hasPostgres)(
  'the second form of the demo shows a leader that is killed, and that nothing of what is told is lost or doubled',
  async () => {
    const printed: string[] = [];
    const print = (text: string): void => void printed.push(plain(text));
    await runClusterTour({ once: true, signal: new AbortController().signal, print });
    const text = printed.join('\n');
    expect(text).toMatch(/the other server leads after \d+\.\d s/);
    expect(text).toMatch(/恢复】orders：GET \/orders\/\{orderId\}\/items/);
    expect(text).toContain('3 messages: the first report, the beginning and the end; 3 different ones');
    expect(text).toContain('the servers have ended cleanly');
  },
  240_000,
);
