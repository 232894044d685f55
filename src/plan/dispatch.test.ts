import { expect, it, test } from 'vitest';
import { aDocument, anOperation, planFor, planOf } from '../../test/support/plan-inputs.ts';
import { inEnglish } from '../messages/in-language.ts';
import type { Operation, Parameter } from '../model/document.ts';
import { operationMatcher } from './match.ts';

/** `GET /user?m=getInfo` as it is read from a document. */
function chosen(address: string, given: Partial<Operation> = {}): Operation {
  const [path = '', query = ''] = address.split('?');
  const parameters = query.split('&').map((pair): Parameter => {
    const [name = '', value = ''] = pair.split('=');
    return {
      name,
      in: 'query',
      required: true,
      schema: { type: 'string', const: value },
      examples: [value],
      isFixed: true,
    };
  });
  return anOperation(`GET ${path}`, { key: `GET ${address}`, query, parameters, ...given });
}

function planOfAll(operations: readonly Operation[]): ReturnType<typeof planFor> {
  return planFor({ documents: [aDocument(operations)] });
}

function fate(operation: Operation): string {
  const { checks, skipped } = planOf(operation);
  const [left] = skipped;
  return left === undefined
    ? new URL(checks[0]?.request.url ?? '').search
    : `${left.code}: ${inEnglish(left.reason)}`;
}

it.each([
  ['/user?m=getInfo', '?m=getInfo'],
  ['/api.php?act=view', '?act=view'],
  ['/art.php?c=article&a=show', '?c=article&a=show'],
  ['/api.php?act=del', 'side-effect: may change something: "del" in its address'],
  ['/user?m=resetPwd', 'side-effect: may change something: "reset" in its address'],
  ['/gateway?service=App.User.Remove', 'side-effect: may change something: "remove" in its address'],
  ['/api.php?act=logout', 'session: signs in or out, or has a code sent: "logout" in its address'],
  [
    '/o?action=frobnicate',
    'unsure: nothing says that it only reads: "frobnicate" in its address is not known',
  ],
])('%s: %s', (address, expected) => {
  expect(fate(chosen(address))).toBe(expected);
});

it('is called with its value, whatever others of its name are called with', () => {
  const operation = chosen('/user?m=getInfo');
  const { checks } = planOf(operation, { params: { m: 'getOther' } });
  expect(checks.map(({ request }) => new URL(request.url).search)).toEqual(['?m=getInfo']);
});

it('is not taken for a read because its path has writes that are chosen by another value', () => {
  const write = { ...chosen('/o?action=save', { method: 'POST' }), key: 'POST /o?action=save' };
  const { checks, skipped } = planOfAll([chosen('/o?action=frobnicate'), write]);
  expect(checks).toEqual([]);
  expect(skipped.map(({ code }) => code)).toEqual(['unsure', 'unsafe-method']);
});

it('keeps its id when another one of its path is written in front of it', () => {
  const [view, list] = [chosen('/api.php?act=view'), chosen('/api.php?act=list')];
  const idOf = (...all: readonly Operation[]): string | undefined =>
    planOfAll(all).checks.find(({ operation }) => operation === list.key)?.id;
  expect(idOf(view, list)).toBe(idOf(list));
  expect(new Set(planOfAll([view, list]).checks.map(({ id }) => id)).size).toBe(2);
});

it('is named with its query in the lines that would have it called', () => {
  const [left] = planOf(chosen('/api.php?act=del')).skipped;
  expect(inEnglish(left?.hint ?? '')).toContain('match: GET /api.php?act=del');
});

test.each([
  ['GET /api.php?act=view', true],
  ['GET /api.php?act=*', true],
  ['GET /api.php', true],
  ['/api.php*', true],
  ['GET /api.php?act=del', false],
  ['GET /api.php?act=', false],
])('a match of %s: %s', (pattern, expected) => {
  expect(operationMatcher(pattern)(chosen('/api.php?act=view'))).toBe(expected);
});
