import { messageOf } from '../src/lib/errors.ts';
import { runClusterTour } from './cluster-tour.ts';
import { runTour } from './tour.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

try {
  const run = process.argv.includes('--cluster') ? runClusterTour : runTour;
  await run({
    once: process.argv.includes('--once'),
    signal: stop.signal,
    print: (text) => console.log(text),
  });
} catch (error) {
  if (!stop.signal.aborted) {
    console.error(messageOf(error));
    process.exitCode = 1;
  }
}
