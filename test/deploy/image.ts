import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
const dockerfile = readFileSync(path.join(root, 'deploy/container/Dockerfile'), 'utf8');

/** What the last stage of the Dockerfile says. */
export interface Image {
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
  readonly workdir: string;
  readonly healthcheck: readonly string[];
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
}

export function imageOf(text = dockerfile): Image {
  const stage = text
    .slice(text.lastIndexOf('\nFROM '))
    .replaceAll(/^#.*\n/gm, '')
    .replaceAll(/\\\n\s*/g, ' ');
  const said = (instruction: string): string =>
    new RegExp(`^${instruction} (.*)$`, 'm').exec(stage)?.[1]?.trim() ?? '';
  const pairs = said('ENV')
    .split(/\s+/)
    .map((pair): [string, string] => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]);
  const list = (json: string): readonly string[] => JSON.parse(json) as string[];
  return {
    env: Object.fromEntries(pairs),
    user: said('USER'),
    workdir: said('WORKDIR'),
    healthcheck: list(said('HEALTHCHECK').replace(/^.* CMD /, '')),
    entrypoint: list(said('ENTRYPOINT')),
    command: list(said('CMD')),
  };
}

/** The root file system of the image: as the Dockerfile makes it, of this machine's Node, what `npm pack` packs, and what is installed. */
export function assembleRoot(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'apipatrol-image-'));
  const program = path.join(folder, 'program');
  mkdirSync(program);
  const run = (command: string, args: readonly string[], cwd: string): string =>
    execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  const packed = run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], root);
  run('tar', ['-xzf', path.join(folder, packed.trim()), '-C', program, '--strip-components=1'], folder);
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly dev?: boolean }>>;
  };
  for (const [place, { dev }] of Object.entries(lock.packages)) {
    // What lies in another's folder comes with it; what is for other platforms is not there.
    const isWanted = /^node_modules\/(?!.*\/node_modules\/)/.test(place) && dev !== true;
    const from = path.join(root, place);
    if (isWanted && existsSync(from))
      cpSync(from, path.join(program, place), { recursive: true, dereference: true });
  }
  const image = path.join(folder, 'root');
  run('sh', [path.join(root, 'deploy/container/assemble-root.sh'), image, program], folder);
  return image;
}
