import { expect, test } from 'vitest';
import type { Json } from '../../../model/json.ts';
import { read } from './markdown.fixture.ts';

const command = (path: string, more = ''): string =>
  `\`\`\`bash\ncurl ${more}'http://iot.internal/v1/${path}'\n\`\`\`\n`;
const shown = (body: string): string => `\`\`\`json\n${body}\n\`\`\`\n`;
const version = '{ "version": "1.4.2", "commit": "ab12" }';

/** Statuses and examples of each operation. */
async function answers(
  text: string,
): Promise<Readonly<Record<string, readonly (readonly [string, Json])[]>>> {
  const { operations } = await read(text);
  return Object.fromEntries(
    operations.map(({ path, responses }) => [
      path.replace('/v1/', ''),
      responses.flatMap(({ status, media }) =>
        media.flatMap(({ examples }) => examples.map((one) => [status, one] as const)),
      ),
    ]),
  );
}

const example = ['200', JSON.parse(version)];

test.each<[string, string]>([
  ['below a label', `Response:\n\n${shown(version)}`],
  ['below a heading that is a label', `### Response\n\n${shown(version)}`],
  ['below a label in Chinese', `返回示例：\n\n${shown(version)}`],
  ['right below it', shown(version)],
  ['with its status', shown(`HTTP/1.1 200 OK\ncontent-type: application/json\n\n${version}`)],
  ['beside other labels', `说明：版本\n\nResponse (200):\n\n${shown(version)}`],
])('what stands below a command is what it answers: %s', async (_, below) => {
  const text = `# Guide\n\n## Version\n\n${command('version')}\n${below}\n## Health\n\n${command('healthz')}\n`;
  expect(await answers(text)).toEqual({ version: [example], healthz: [] });
});

test.each<[string, string]>([
  ['of the next command', `${command('other')}\n${shown('{ "a": 1 }')}`],
  ['of the next section', `## Other\n\n${shown('{ "a": 1 }')}`],
  ['as an error', `Error response:\n\n${shown('{ "code": 401 }')}`],
  ['with a status of failure', `Response (404):\n\n${shown('{ "code": 401 }')}`],
  ['as what is sent', `Request body:\n\n${shown('{ "a": 1 }')}`],
  ['as words', `Response:\n\n${shown('ok')}`],
])('what is shown below it is no answer of a command: %s', async (_, below) => {
  const found = await answers(`# Guide\n\n## Version\n\n${command('version')}\n${below}\n`);
  expect(found['version']).toEqual([]);
});

test('what answers something else than a GET has a status of its own', async () => {
  const posted = command('jobs', '-X POST ');
  expect(await answers(`# Guide\n\n## Jobs\n\n${posted}\nResponse:\n\n${shown(version)}`)).toEqual({
    jobs: [],
  });
  const written = `${posted}\n${shown(`HTTP/1.1 201 Created\n\n${version}`)}`;
  expect(await answers(`# Guide\n\n## Jobs\n\n${written}`)).toEqual({ jobs: [['201', example[1]]] });
});
