import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { expect, it } from 'vitest';

/** In backticks: a file of ours, several by a star, or a folder. */
const mentioned = /`((?:[\w@-]+\/)*(?:[\w.-][\w.*-]*\.(?:test\.)?tsx?|[\w-]+\/))`/g;

const exists = (file: string): boolean => (file.includes('*') ? globSync(file).length > 0 : existsSync(file));

const pages = execFileSync('git', ['ls-files', '*.md'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && file !== 'CHANGELOG.md' && existsSync(file));

it.each(pages)('the files that %s names exist', (page) => {
  const here = path.dirname(page);
  const found = [...readFileSync(page, 'utf8').matchAll(mentioned)].map(([, name = '']) => name);
  const missing = found.filter(
    (name) =>
      ![here, path.join(here, '..'), path.join(here, 'src'), 'src', 'test', '.'].some((base) =>
        exists(path.join(base, name)),
      ),
  );
  expect(missing).toEqual([]);
});
