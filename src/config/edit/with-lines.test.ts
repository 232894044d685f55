import { expect, it } from 'vitest';
import { withLines } from './with-lines.ts';

const text = `# ours
services:
  - docs: http://localhost:8080   # the document
    credential: main
    # owners: [zhangsan]
    # operations:

  - docs: ./other.yaml
    name: other
    operations:
      # stays
      - match: GET /a
        skip: true   # why

credentials:
  main:
    scheme: bearer
    token: t

# Who is told
webhook: http://robot
`;
const services = ['Order Center', 'other'];
const lines = (name: string, match: string, ...keys: readonly string[]): string =>
  [
    'services:',
    `  - name: ${name}`,
    '    operations:',
    `      - match: ${match}`,
    ...keys.map((key) => `        ${key}`),
  ].join('\n');

it.each<[string, string, string, string]>([
  [
    'a service without operations gets them below its last line',
    lines('Order Center', 'GET /b', 'params:', '  id: 7'),
    '    credential: main\n',
    '    credential: main\n    operations:\n      - match: GET /b\n        params:\n          id: 7\n',
  ],
  [
    'an operation joins the others, with its remark',
    lines('other', 'POST /b', 'allow: true').replace('      - match', '      # CAREFUL\n      - match'),
    '        skip: true   # why\n',
    '        skip: true   # why\n      # CAREFUL\n      - match: POST /b\n        allow: true\n',
  ],
  [
    'one that is there gets the key',
    lines('other', 'GET /a', 'interval: 1h'),
    '        skip: true   # why\n',
    '        skip: true   # why\n        interval: 1h\n',
  ],
  [
    'a value is another one',
    lines('other', 'GET /a', 'skip: false'),
    'skip: true   # why',
    'skip: false   # why',
  ],
  [
    'a credential is added beside the others, and a service has it',
    'credentials:\n  orders:\n    scheme: bearer\n    token: ${env:T}\nservices:\n  - name: other\n    credential: orders',
    '        skip: true   # why\n\ncredentials:\n  main:\n    scheme: bearer\n    token: t\n',
    '        skip: true   # why\n    credential: orders\n\ncredentials:\n  main:\n    scheme: bearer\n    token: t\n  orders:\n    scheme: bearer\n    token: ${env:T}\n',
  ],
])('%s', (_, given, before, after) => {
  expect(text).toContain(before);
  expect(withLines(text, given, services)).toBe(text.replace(before, () => after));
});

it('what is added at one place on several levels stays in its levels', () => {
  const given = `services:\n  - name: x\n    credential: c\n    headers:\n      a: b\n    operations:\n      - match: GET /b\n        skip: true`;
  expect(withLines('services:\n  - docs: a\n    operations:\n      - match: GET /a\n', given, ['x'])).toBe(
    'services:\n  - docs: a\n    operations:\n      - match: GET /a\n      - match: GET /b\n        skip: true\n    credential: c\n    headers:\n      a: b\n',
  );
});

it('what is there already changes nothing', () => {
  expect(withLines(text, lines('other', 'GET /a', 'skip: true'), services)).toBe(text);
});

it('a text without a last line end is kept whole', () => {
  expect(withLines('services:\n  - docs: a', lines('x', 'GET /a', 'skip: true'), ['x'])).toBe(
    'services:\n  - docs: a\n    operations:\n      - match: GET /a\n        skip: true\n',
  );
});

it.each([
  ['the short form', 'docs: ./a.yaml\nwebhook: http://robot\n'],
  ['a service in one line', 'services: [{ docs: ./a.yaml }]\n'],
  ['a service in braces', 'services:\n  - { docs: ./a.yaml }\n'],
  [
    'operations in one line',
    'services:\n  - docs: ./a.yaml\n    operations: [{ match: GET /a, skip: true }]\n',
  ],
  ['what is no configuration', 'services: [\n'],
])('%s is left to people', (_, written) => {
  expect(withLines(written, lines('x', 'GET /b', 'skip: true'), ['x'])).toBeUndefined();
});
