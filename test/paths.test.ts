import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

/** In backticks: a file of ours, or a folder. */
const mentioned = /`((?:[\w@-]+\/)*(?:[\w.-]+\.(?:test\.)?tsx?|[\w-]+\/))`/g;

const pages = execFileSync('git', ['ls-files', '*.md'], { encoding: 'utf8' })
  .split('\n')
  .filter((file) => file !== '' && file !== 'CHANGELOG.md' && existsSync(file));

it.each(pages)('the files that %s names exist', (page) => {
  const here = path.dirname(page);
  const found = [...readFileSync(page, 'utf8').matchAll(mentioned)].map(([, name = '']) => name);
  const missing = found.filter(
    (name) =>
      ![here, path.join(here, '..'), path.join(here, 'src'), 'src', 'test', '.'].some((base) =>
        existsSync(path.join(base, name)),
      ),
  );
  expect(missing).toEqual([]);
});
