// Loaded into the process that is watched (`node --import`): answers the message "stall" with the longest time in which
// nothing else could run since it was last asked, by the clock and by what the thread itself computed meanwhile.
// STALL_TICK_MS says how often it looks, which is what it costs; default: 1.
import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

if (isMainThread && process.send !== undefined) {
  const schedule = `/proc/self/task/${process.pid}/schedstat`;
  const computedMs = () => Number(readFileSync(schedule, 'utf8').split(' ', 1)[0]) / 1e6;
  let [at, computed] = [performance.now(), computedMs()];
  let longest = { wallMs: 0, cpuMs: 0 };
  setInterval(
    () => {
      const [now, used] = [performance.now(), computedMs()];
      const [wallMs, cpuMs] = [now - at, used - computed];
      [at, computed] = [now, used];
      longest = { wallMs: Math.max(longest.wallMs, wallMs), cpuMs: Math.max(longest.cpuMs, cpuMs) };
    },
    Number(process.env.STALL_TICK_MS ?? 1),
  ).unref();
  process.on('message', (message) => {
    if (message !== 'stall') return;
    process.send?.(longest);
    longest = { wallMs: 0, cpuMs: 0 };
  });
  process.channel?.unref();
}
