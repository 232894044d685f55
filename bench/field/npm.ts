import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where servers are installed and started; kept, so that a second run need not install again. */
export const workshop = path.join(tmpdir(), 'apipatrol-field');

/**
 * Installs one package into a folder of its own, once.
 * @param spec `@stoplight/prism-cli@5.14.2`
 * @param beside What it runs in, as other packages of the same folder.
 * @returns the folder of the package
 */
export async function installed(spec: string, ...beside: readonly string[]): Promise<string> {
  const name = spec.slice(0, spec.lastIndexOf('@'));
  const home = path.join(workshop, 'npm', spec.replace(/^@/, '').replaceAll(/[^\w.-]+/g, '-'));
  const folder = path.join(home, 'node_modules', name);
  const isThere = await readFile(path.join(home, 'installed'), 'utf8').catch(() => undefined);
  if (isThere === spec) return folder;
  await mkdir(home, { recursive: true });
  await writeFile(path.join(home, 'package.json'), '{ "private": true }');
  // For add-ons that are compiled: the headers that came with this Node.
  const nodeHome = path.dirname(path.dirname(process.execPath));
  await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', spec, ...beside], {
    cwd: home,
    env: { ...process.env, npm_config_nodedir: nodeHome },
    maxBuffer: 64 * 2 ** 20,
  });
  await writeFile(path.join(home, 'installed'), spec);
  return folder;
}

/** A package of the system, installed where it is missing and this may be done. */
export async function installedBySystem(...packages: readonly string[]): Promise<void> {
  const missing = [];
  for (const name of packages) if (!(await isInstalled(name))) missing.push(name);
  if (missing.length === 0) return;
  await run('apt-get', ['install', '-y', '--no-install-recommends', ...missing], { maxBuffer: 64 * 2 ** 20 });
}

async function isInstalled(name: string): Promise<boolean> {
  const { stdout } = await run('dpkg-query', ['-W', '-f', '${Status}', name]).catch(() => ({ stdout: '' }));
  return stdout === 'install ok installed';
}
