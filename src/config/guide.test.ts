import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { generate } from 'selfsigned';
import { describe, expect, it } from 'vitest';
import { formatProblem } from '../messages/in-language.ts';
import { loadConfig } from './load.ts';
import { exampleSecrets } from './reference.ts';
import { builtIn } from './registries.ts';
import { variablesIn } from './template.ts';

const root = path.resolve(import.meta.dirname, '../..');
const pages = [
  'README.md',
  'README.zh-CN.md',
  'docs/reference/configuration.md',
  ...readdirSync(path.join(root, 'docs/guide')).map((name) => `docs/guide/${name}`),
];

/** What is not the address of the group. */
const shaped = Object.fromEntries([
  ...builtIn.channels.flatMap((kind) => [...exampleSecrets(kind)]),
  ['DATABASE_PASSWORD', 'p%40ss'],
  ['ADMIN_HASH', 'scrypt$32768$8$1$salt$key'],
]);

const address = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k1';

const pair = await generate();

/** Of files that are no texts to fill in, by extension. */
const contents: Readonly<Record<string, string>> = {
  '.crt': pair.cert,
  '.key': pair.private,
  '.json': '[]',
  '.ics': 'BEGIN:VCALENDAR\nEND:VCALENDAR\n',
};

/** The YAML blocks of a page, those that are a part of a configuration made whole. */
function configurationsIn(page: string): readonly string[] {
  const text = readFileSync(path.join(root, page), 'utf8');
  const blocks = [...text.matchAll(/^```yaml\n(.*?)^```$/gms)].map((match) => match[1] ?? '');
  return blocks.map((block) => (/^(docs|services):/m.test(block) ? block : `docs: ./a.yaml\n${block}`));
}

describe('every configuration that the guide shows', () => {
  it.each(pages)('in %s is valid', async (page) => {
    for (const text of configurationsIn(page)) {
      const env = Object.fromEntries(variablesIn(text).map((name) => [name, address]));
      const readFile = (file: string) => {
        if (file.endsWith('apipatrol.yaml')) return Promise.resolve(text);
        return Promise.resolve(contents[path.extname(file)] ?? address);
      };
      const loaded = await loadConfig('apipatrol.yaml', { env: { ...env, ...shaped }, readFile });
      expect({ text, problems: loaded.ok ? [] : loaded.problems.map(formatProblem) }).toEqual({
        text,
        problems: [],
      });
    }
  });

  it('is found', () => {
    expect(pages.flatMap(configurationsIn).length).toBeGreaterThan(20);
  });
});

describe('every link of the guide', () => {
  it.each(pages.filter((page) => page.startsWith('docs/')))('in %s leads somewhere', (page) => {
    const text = readFileSync(path.join(root, page), 'utf8');
    for (const [, target = ''] of text.matchAll(/\]\(([^)#\s]*)(?:#[^)]*)?\)/g)) {
      if (/^https?:/.test(target) || target === '') continue;
      expect([target, statSync(path.resolve(root, path.dirname(page), target)).size > 0]).toEqual([
        target,
        true,
      ]);
    }
  });

  it('names a heading that exists', () => {
    for (const page of pages.filter((name) => name.startsWith('docs/guide/'))) {
      const text = readFileSync(path.join(root, page), 'utf8');
      for (const [, target = '', anchor = ''] of text.matchAll(/\]\(([\w./-]+\.md)#([^)]+)\)/g)) {
        const headings = readFileSync(path.resolve(root, path.dirname(page), target), 'utf8').matchAll(
          /^#+ (.+)$/gm,
        );
        const anchors = [...headings].map(([, title = '']) =>
          title
            .toLowerCase()
            .replaceAll(/[^\w\s-]/g, '')
            .replaceAll(' ', '-'),
        );
        expect(anchors).toContain(anchor);
      }
    }
  });
});
