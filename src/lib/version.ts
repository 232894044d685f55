import { readFileSync } from 'node:fs';

/** The version in the package's own `package.json`; it lies beside both `src/` and `dist/`. */
export function packageVersion(): string {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(manifest) as { version: string }).version;
}
