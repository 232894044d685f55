import { Worker } from 'node:worker_threads';

/**
 * Starts a module on a thread of its own.
 *
 * @param module Address of the module as it is in the source: `new URL('./thread.ts', import.meta.url)`.
 */
export function startThread(module: URL, maxOldGenerationSizeMb: number): Worker {
  const resourceLimits = { maxOldGenerationSizeMb };
  if (!import.meta.url.endsWith('.ts'))
    return new Worker(new URL(module.href.replace(/\.ts$/, '.js')), { resourceLimits });
  // Run from source, under the test runner or tsx: the thread needs the loader too.
  const code = `import('tsx/esm/api').then(({ register }) => { register(); return import(${JSON.stringify(module.href)}); });`;
  return new Worker(code, { eval: true, resourceLimits });
}
