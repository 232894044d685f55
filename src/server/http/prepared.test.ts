import { expect, it } from 'vitest';
import { sentence } from '../../messages/sentence.ts';
import { Prepared } from './prepared.ts';

it('puts into words what it has, whether it is given as one text or as a list', () => {
  const items = [{ id: 'a' }, { id: 'b', reason: sentence('operationAdded') }];
  const whole = Prepared.of({ now: 1, items });
  const list = new Prepared({
    head: '{"now":1,"items":[',
    items: items.map((one) => JSON.stringify(one)),
    tail: ']}',
  });
  expect(list.text).toBe(whole.text);
  for (const language of ['en', 'zh'] as const) {
    expect(list.in(language).text).toBe(whole.in(language).text);
    expect(list.in(language).text).not.toContain('$say');
    expect(list.in(language).etag).toBe(whole.in(language).etag);
  }
});
