import { expect, it } from 'vitest';
import { createJar } from '../../token/cookies.ts';
import { source } from './options.ts';

const answer = {
  status: 200,
  headers: { 'x-auth-token': 'h-1', 'x-many': ['m-1', 'm-2'] },
  body: '{"data":{"token":"j-1","id":5,"empty":""},"page":"<input name=\\"_csrf\\" value=\\"r-1\\">"}',
};

it.each<[unknown, string | undefined, string]>([
  ['$.data.token', 'j-1', '$.data.token'],
  ['$.data.id', '5', '$.data.id'],
  ['$.data.empty', undefined, '$.data.empty'],
  ['$.data', undefined, '$.data'],
  [{ json: '$..token' }, 'j-1', '$..token'],
  [{ header: 'X-Auth-Token' }, 'h-1', 'header X-Auth-Token'],
  [{ header: 'X-Many' }, 'm-1', 'header X-Many'],
  [{ header: 'X-None' }, undefined, 'header X-None'],
  [{ cookie: 'SESSION' }, 'c-1', 'cookie SESSION'],
  [{ regex: 'value=\\\\"([^\\\\]+)' }, 'r-1', '/value=\\\\"([^\\\\]+)/'],
  [{ regex: '[a-z]-1' }, 'j-1', '/[a-z]-1/'],
  [{ regex: 'nothing' }, undefined, '/nothing/'],
])('finds %j', (written, expected, text) => {
  const jar = createJar();
  jar.keep('http://h/', { status: 200, headers: { 'set-cookie': 'SESSION=c-1' }, body: '' });
  const place = source.parse(written);
  expect(place.find(answer, jar)).toBe(expected);
  expect(place.text).toBe(text);
});

it('finds nothing in a body that is not JSON', () => {
  expect(source.parse('$.a').find({ ...answer, body: '<html>' }, createJar())).toBeUndefined();
});

it.each(['data.token', { json: '$[' }, { regex: '(' }])('refuses %j', (written) => {
  expect(source.safeParse(written).error?.issues[0]?.message).toContain('is not a place in an answer');
});
