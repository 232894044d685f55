import { messageOf } from '../src/lib/errors.ts';
import { runTour } from './tour.ts';

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());

try {
  await runTour({
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
