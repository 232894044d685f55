import { describe, expect, test } from 'vitest';
import { hasPlaceholder, matchPath, pathNames, serverUrl, splitUrl, templatePath } from './url-template.ts';

test.each([
  ['/users/:id', '/users/{id}'],
  ['/users/:id(\\d+)/x', '/users/{id}/x'],
  ['/users/<int:id>', '/users/{id}'],
  ['/users/<user id>', '/users/{user_id}'],
  ['/users/${id}', '/users/{id}'],
  ['/users/{{ _.user.id }}', '/users/{user.id}'],
  ['/users/[...slug]', '/users/{slug}'],
  ['/users/{id:int}', '/users/{id}'],
  ['/users/{用户ID}', '/users/{用户ID}'],
  ['/files/{*path}', '/files/{path}'],
  ['/{{}}/x', '/{value}/x'],
  ['users//7/', '/users/7/'],
  ['/v1/jobs/7:cancel', '/v1/jobs/7:cancel'],
  ['/a/pre-<id>.json', '/a/pre-{id}.json'],
  ['', '/'],
])('%s is the template %s', (path, template) => {
  expect(templatePath(path)).toBe(template);
});

test.each([
  [
    'https://a.example.com/x?y=1&z=a%20b#f',
    {
      base: 'https://a.example.com',
      path: '/x',
      query: [
        { name: 'y', value: '1' },
        { name: 'z', value: 'a b' },
      ],
    },
  ],
  ['{{baseUrl}}/x', { base: '{{baseUrl}}', path: '/x', query: [] }],
  ['{{baseUrl}}x', { base: '{{baseUrl}}', path: '/x', query: [] }],
  [
    '{{scheme}}://{{host}}:{{port}}{{basePath}}/x',
    { base: '{{scheme}}://{{host}}:{{port}}{{basePath}}', path: '/x', query: [] },
  ],
  ['${HOST}/x/${id}', { base: '${HOST}', path: '/x/{id}', query: [] }],
  ['http://{host}/x', { base: 'http://{host}', path: '/x', query: [] }],
  ['localhost:4010/', { base: 'localhost:4010', path: '/', query: [] }],
  ['insomnia.rest', { base: 'insomnia.rest', path: '/', query: [] }],
  ['/x?a&=b&...', { base: '', path: '/x', query: [{ name: 'a', value: '', written: 'a' }] }],
  [
    '/x/%7Bid%7D?q=%zz',
    { base: '', path: '/x/{id}', query: [{ name: 'q', value: '%zz', written: 'q=%zz' }] },
  ],
  ['/x?q=%7B%22a%22%3A1%7D', { base: '', path: '/x', query: [{ name: 'q', value: '{"a":1}' }] }],
])('%s is taken apart', (url, parts) => {
  expect(splitUrl(url)).toEqual(parts);
});

describe('a base is a server', () => {
  test.each([
    ['https://A.example.com/api/', 'https://a.example.com/api'],
    ['localhost:8080', 'http://localhost:8080'],
    ['http://user:pw@a.example.com', 'http://a.example.com'],
    ['http://[::1]:8080/x?y', 'http://[::1]:8080/x'],
  ])('%s is %s', (base, url) => {
    expect(serverUrl(base)).toBe(url);
  });

  test.each([
    '',
    '{{baseUrl}}',
    'http://{{host}}',
    'http://serverIp:8848',
    'https://your-domain.com',
    'http://xxx.com',
    'http://你的服务器:80',
    'ftp://a.example.com',
    'ws://a.example.com',
    'https://a.example.com/{v}',
    `http://${'a'.repeat(400)}`,
  ])('%s is none that anybody should call', (base) => {
    expect(serverUrl(base)).toBeUndefined();
  });
});

test('placeholders are told from values', () => {
  expect(['{{x}}', 'a${x}', '{% x %}', '<id>', '<%= x %>'].map(hasPlaceholder)).toEqual([
    true,
    true,
    true,
    true,
    true,
  ]);
  expect(['x', '{"a":1}', '<a/>', 'a < b > c'].map(hasPlaceholder)).toEqual([false, false, false, false]);
});

test('names and values of a template', () => {
  expect(pathNames('/a/{b}/{c}/{b}')).toEqual(['b', 'c']);
  expect(matchPath('/a/{b}/c', '/a/7/c')).toEqual({ b: '7' });
  expect(matchPath('/a/{b}', '/a')).toBeUndefined();
  expect(matchPath('/a/{b}', '/x/7')).toBeUndefined();
});
