import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { channels } from '../src/notify/channels/registry.ts';

const root = path.resolve(import.meta.dirname, '../src');
const stages = ['documents', 'plan', 'auth', 'check', 'incidents', 'notify', 'schedule'];

/** Which places (folders, or files by their path) a folder may import besides itself. */
const allowed: Record<string, readonly (string | RegExp)[]> = {
  model: [],
  // What JSON is belongs to the vocabulary, also of the tools.
  lib: [/^model\/json\.ts$/],
  messages: ['model', 'lib'],
  ...Object.fromEntries(stages.map((stage) => [stage, ['model', 'lib', 'messages']])),
  // The config's schema derives from what the stages register; it knows nothing else of them.
  config: [
    'model',
    'lib',
    'messages',
    /^(auth|notify|check|documents)\/(\w+\/)?(registry|scheme|channel|expectation|format)\.ts$/,
  ],
  // The store implements what the stages declare.
  store: ['model', 'lib', 'messages', /^\w+\/ports\.ts$/],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

const statement =
  /(?:^|\n)\s*(?:import|export)\b[^;'"]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g;

function importsOf(file: string): Import[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(statement)]
    .map((match) => match[1] ?? match[2] ?? match[3] ?? '')
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => ({ from: file, to: path.posix.join(path.posix.dirname(file), specifier) }));
}

const files = globSync(['**/*.ts', '!**/*.test.ts', '!**/*.contract.ts', '!**/*.fixture.ts'], {
  cwd: root,
}).sort();
const imports = files.flatMap(importsOf);

const folderOf = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : file);

function isAllowed({ from, to }: Import): boolean {
  const folder = folderOf(from);
  const rules = allowed[folder];
  if (rules === undefined || folderOf(to) === folder) return true;
  return rules.some((rule) => (typeof rule === 'string' ? folderOf(to) === rule : rule.test(to)));
}

describe('the direction of imports', () => {
  it('is read from every source file', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(imports.length).toBeGreaterThan(files.length);
  });

  it.each(Object.keys(allowed))('%s imports only what the design allows', (folder) => {
    const wrong = imports.filter((one) => folderOf(one.from) === folder && !isAllowed(one));
    expect(wrong).toEqual([]);
  });

  it('nothing but the program itself knows several stages', () => {
    const whole = new Set(['app', 'cli', 'server', 'config', 'store']);
    const nosy = files.filter((file) => {
      const known = new Set(importsOf(file).map((one) => folderOf(one.to)));
      return !whole.has(folderOf(file)) && stages.filter((stage) => known.has(stage)).length > 1;
    });
    expect(nosy).toEqual([]);
  });

  it('leads nowhere into the command line', () => {
    expect(imports.filter((one) => folderOf(one.to) === 'cli' && folderOf(one.from) !== 'cli')).toEqual([]);
  });

  it('goes in no circle', () => {
    const edges = groupByFile(imports);
    const done = new Set<string>();
    const visit = (file: string, trail: readonly string[]): readonly string[] | undefined => {
      if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file];
      if (done.has(file)) return undefined;
      for (const { to } of edges.get(file) ?? []) {
        const circle = visit(to, [...trail, file]);
        if (circle !== undefined) return circle;
      }
      done.add(file);
      return undefined;
    };
    expect(files.map((file) => visit(file, [])).find((circle) => circle !== undefined)).toBeUndefined();
  });
});

// Map.groupBy came with Node 21.
function groupByFile(all: readonly Import[]): Map<string, Import[]> {
  const groups = new Map<string, Import[]>();
  for (const one of all) groups.set(one.from, [...(groups.get(one.from) ?? []), one]);
  return groups;
}

describe('the trials', () => {
  it('know the built command and nothing of the source', () => {
    const trials = globSync('test/trials/**/*.ts', { cwd: path.resolve(root, '..') });
    const nosy = trials.filter((file) =>
      /from '[^']*\/(src|demo)\//.test(readFileSync(path.resolve(root, '..', file), 'utf8')),
    );
    expect(trials.length).toBeGreaterThan(5);
    expect(nosy).toEqual([]);
  });
});

describe('a kind of channel', () => {
  it('is named nowhere outside of its folder: not by the page, the commands or the configuration', () => {
    const repository = path.resolve(root, '..');
    const everywhere = globSync(['src/**/*.ts', 'web/src/**/*.{ts,tsx}', '!**/*.{test,fixture}.ts'], {
      cwd: repository,
      ignore: ['src/notify/channels/**'],
    });
    // `email` and `webhook` are words with other meanings as well.
    const kinds = channels.map(({ kind }) => kind).filter((kind) => kind.includes('-'));
    const named = new RegExp(`['"\`](?:${kinds.join('|')})['"\`]`);
    const text = (file: string) => readFileSync(path.join(repository, file), 'utf8');
    expect(everywhere.length).toBeGreaterThan(files.length / 2);
    expect(everywhere.filter((file) => named.test(text(file)))).toEqual([]);
  });
});

describe('the shape of the source', () => {
  it('has no default exports and no file that only passes on', () => {
    const offenders = files.filter((file) => {
      const text = readFileSync(path.join(root, file), 'utf8');
      return /^export default/m.test(text) || path.basename(file) === 'index.ts';
    });
    expect(offenders).toEqual([]);
  });

  it('names files in kebab-case', () => {
    expect(
      files.filter((file) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z]+)*\.ts$/.test(path.basename(file))),
    ).toEqual([]);
  });

  it('uses the clock it is handed, not the global one', () => {
    const own = new Set(['lib/time/clock.ts']);
    const offenders = files.filter(
      (file) =>
        !own.has(file) &&
        /\bDate\.now\(\)|\bnew Date\(\)|\bMath\.random\(\)/.test(readFileSync(path.join(root, file), 'utf8')),
    );
    expect(offenders).toEqual([]);
  });
});
