import { expect, it } from 'vitest';
import { inLanguage } from '../../messages/in-language.ts';
import { causeShown } from '../../messages/emptied.ts';
import { sentence } from '../../messages/sentence.ts';
import { check, result, start, World } from '../world.fixture.ts';

const checks = ['a', 'b', 'c', 'd'].map((id) => check(id));

function told(code: 'nullForRecord' | 'noLongerShown') {
  const message = sentence(code, { field: 'data', fields: '/data/name' });
  const world = new World(checks);
  world.play({ results: Object.fromEntries(checks.map(({ id }) => [id, 'ok'])) });
  const seen = checks.map(({ id }) => ({
    ...result(id, 'degraded schema', start),
    reason: { code: 'schema', message } as const,
  }));
  const { transitions } = [world.playResults(seen), world.playResults(seen)].find(
    (one) => one.transitions.length > 0,
  ) ?? { transitions: [] };
  const [first] = transitions;
  if (first === undefined || transitions.length > 1) throw new Error('not told once');
  const { cause, subjectLabel, reason, hint = '' } = first.incident;
  return [
    cause.level,
    causeShown(first.incident).level,
    subjectLabel,
    inLanguage(reason.message, 'zh'),
    inLanguage(hint, 'zh'),
  ];
}

it('a service that carries nothing anywhere is told as that, and as no matter of its document', () => {
  expect(told('nullForRecord')).toEqual([
    'service',
    'service',
    'orders',
    '4 个接口中有 4 个调用成功，但 data 为 null，此前一直有内容',
    '服务可能取不到数据，请检查它的数据库和下游服务',
  ]);
});

it('what differs from the document is told as the document’s', () => {
  expect(told('noLongerShown').slice(0, 3)).toEqual(['document', 'document', 'a.yaml']);
});
