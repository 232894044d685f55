import { describe, expect, it } from 'vitest';
import { answerOf, rows } from './judged.fixture.ts';
import type { Described } from './safety.ts';
import { changing, reading } from './titles.fixture.ts';

function answerTo(given: Partial<Described>): string {
  return answerOf({ path: '/t/1', operationId: 'op1UsingGET', tags: [], ...given });
}

/** Where the words stand: alone as a title, and as the description behind a title that reads. */
const places: readonly (readonly [string, (text: string) => Partial<Described>])[] = [
  ['title', (summary) => ({ summary })],
  [
    'description',
    (description) => ({
      path: '/x/info/1',
      operationId: 'getInfo1',
      summary: /\p{Script=Han}/u.test(description) ? '查询详情' : 'Get details',
      description,
    }),
  ],
];

describe.each(places)('a %s', (_, given) => {
  it.each(rows(changing))('that does something is not called: %s', (text) => {
    expect(answerTo(given(text))).not.toBe('reads');
  });

  it('that only reads is called nearly always', () => {
    const refused = rows(reading).filter((text) => answerTo(given(text)) !== 'reads');
    expect(rows(reading).length).toBeGreaterThan(300);
    expect(refused.length / rows(reading).length).toBeLessThan(0.05);
  });
});

describe('a title that reads first, however plainly path and operationId read', () => {
  it.each([
    ['/order/expired/list', 'getExpiredOrders', '查询过期订单，自动取消'],
    ['/report/info', 'getReport', '查询报表，没有则生成'],
    ['/msg/info', 'getMsg', '查看消息（自动已读）'],
    ['/task/poll', 'getTask', '轮询任务，领取一个'],
    ['/user/info', 'getUserInfo', '获取用户信息，顺便喂一下猫'],
    ['/sessions/expired', 'getExpired', 'Sweep expired sessions'],
    ['/users/lookup', 'lookup', 'Look up user, creating it if missing'],
    ['/tokens/current', 'getToken', 'Fetch token, rotating the old one'],
    ['/subscribers', 'getSubscribers', 'Ping all subscribers'],
  ])('is not called: %s %s %s', (path, operationId, summary) => {
    expect(answerTo({ path, operationId, summary })).not.toBe('reads');
  });
});
