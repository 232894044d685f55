import { createRequire } from 'node:module';

type Require = ReturnType<typeof createRequire>;

const require = createRequire(import.meta.url);

/** Whether an optional dependency is there, without loading it. */
export function isInstalled(name: string): boolean {
  try {
    require.resolve(name);
    return true;
  } catch {
    return false;
  }
}

/**
 * What is loaded when it is first asked for: a library that most runs never need must not make all of them start
 * later.
 */
export function lazy<T>(load: (require: Require) => T): () => T {
  let loaded: T | undefined;
  return () => {
    loaded ??= load(require);
    return loaded;
  };
}
