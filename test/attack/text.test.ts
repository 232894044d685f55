import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { desk, isLong, listen, openApi } from './stage.ts';

/** What a terminal acts on, as a document or an answer could carry it. */
const tricks = [
  '\u001B[31mred\u001B[0m',
  '\u001B]8;;https://evil.example\u001B\\here\u001B]8;;\u001B\\',
  '\u001B]0;title\u0007',
  '\u009B2J',
  '\u0007',
  '\r\nGET /forged passed',
  '\u202Edetrever\u2066',
  '\u2028GET /forged passed',
].join('');

// oxlint-disable-next-line no-control-regex
const acting = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

const answers = {
  200: {
    description: 'ok',
    content: {
      'application/json': {
        schema: { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } },
      },
    },
  },
};

async function hostile() {
  const service = await listen((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ a: tricks, [tricks]: 1 }));
  });
  const document = openApi(
    {
      [`/orders${tricks}`]: {
        get: { summary: tricks, tags: [tricks], operationId: tricks, responses: answers },
      },
      '/plain': { get: { responses: answers, 'x-patrol': { [tricks]: 1, skip: false } } },
      '/skipped': { get: { responses: answers, 'x-patrol': { skip: tricks } } },
    },
    { info: { title: `Orders ${tricks}`, version: tricks } },
  );
  const here = await desk({
    services: [{ name: 'orders', docs: './api.json', baseUrl: service.origin }],
    store: { path: './patrol.db' },
  });
  await here.write('api.json', document);
  return here;
}

describe('text of a stranger is text on a terminal', () => {
  it.each<readonly [string, readonly string[]]>([
    ['scan', []],
    ['scan', ['--coverage']],
    ['scan', ['--json']],
    ['check', []],
    ['check', ['--reporter', 'markdown']],
    ...(isLong
      ? [
          ['check', ['--json']] as const,
          ...['junit', 'github', 'html'].map((kind) => ['check', ['--reporter', kind]] as const),
        ]
      : []),
  ])('of %s %j', async (command, more) => {
    const here = await hostile();
    const { out, err } = await here.run(command, ...more);
    expect(acting.exec(out)).toBeNull();
    expect(acting.exec(err)).toBeNull();
    expect(out.length).toBeGreaterThan(100);
    const lines = `${out}\n${err}`.split('\n');
    expect(lines.filter((line) => /^\W*GET \/forged/.test(line))).toEqual([]);
    expect(
      lines.filter((line) => line.startsWith('::') && !/^::(?:error|warning|notice) title=/.test(line)),
    ).toEqual([]);
  });

  it('in the summary of a job', async () => {
    const here = await hostile();
    const file = path.join(here.folder, 'summary.md');
    await here.runWith({ GITHUB_STEP_SUMMARY: file }, 'check', '--reporter', 'github');
    const summary = await readFile(file, 'utf8');
    expect(summary).toContain('## API Patrol: ');
    expect(acting.exec(summary)).toBeNull();
    expect(summary.replaceAll(/<\/?(?:code|details|summary|b)>/g, '')).not.toMatch(/<[a-z!/]|\]\(|!\[/i);
    expect(summary.split('\n').filter((line) => /^\W*GET \/forged/.test(line))).toEqual([]);
  });

  it('with colours of ours and none of theirs', async () => {
    const here = await hostile();
    const { out } = await here.runWith({ NO_COLOR: '', FORCE_COLOR: '1' }, 'scan');
    expect(out).toContain('\u001B[32m✓\u001B[39m');
    // oxlint-disable-next-line no-control-regex
    expect(out.replace(/\u001B\[(?:1|2|22|3[1-6]|39)m/g, '')).not.toContain('\u001B');
    expect(out).toContain('[31mred[0m');
  });
});

describe('what is written has an end', () => {
  const huge = 'x'.repeat(500_000);
  const enough = 200_000;

  async function bloated() {
    const service = await listen((_, response) => {
      response.writeHead(500, { 'content-type': `text/${'y'.repeat(5000)}`, 'x-note': 'z'.repeat(5000) });
      response.end(JSON.stringify({ a: huge, [huge]: huge }));
    });
    const named = { name: huge, in: 'query', required: true, schema: { type: 'string', example: huge } };
    const here = await desk({
      services: [{ name: 'orders', docs: './api.json', baseUrl: service.origin }],
      store: { path: './patrol.db' },
    });
    const paths = {
      [`/${huge}`]: { get: { responses: answers } },
      '/plain': {
        get: { summary: huge, tags: [huge], operationId: huge, description: huge, responses: answers },
      },
      '/named': { get: { parameters: [named], responses: answers } },
      '/extended': { get: { responses: answers, 'x-patrol': { [huge]: huge, skip: huge } } },
    };
    await here.write('api.json', openApi(paths, { info: { title: huge, version: huge } }));
    return here;
  }

  it.each<readonly [string, ...(readonly string[])]>([
    ['scan'],
    ['scan', '--coverage'],
    ['scan', '--json'],
    ['check'],
    ['check', '--json'],
    ...['github', 'markdown', 'junit'].map((kind) => ['check', '--reporter', kind] as const),
  ])('by %s %s', async (command, ...more) => {
    const here = await bloated();
    const { out, err } = await here.run(command, ...more);
    expect([out.length < enough, err.length < enough, out.length, err.length]).toEqual([
      true,
      true,
      expect.any(Number),
      expect.any(Number),
    ]);
    expect(out.length).toBeGreaterThan(50);
  });

  it('with a word about what is left out', async () => {
    const { err } = await (await bloated()).run('scan');
    expect(err).toContain('is left out: more than 1000 parameters');
  });
});
