import { sentence } from '../../messages/sentence.ts';
import { describe, expect, it } from 'vitest';
import { byteLength } from '../../lib/text/text.ts';
import type { LastEdit } from '../../model/document.ts';
import type { Incident } from '../../model/incident.ts';
import type { MessageContent } from '../../model/message.ts';
import type { Language } from '../../model/settings.ts';
import { scenarios } from '../test-message/scenarios.ts';
import { renderText } from './markup.ts';
import { neutralize, wecomMarkdown } from './wecom-markdown.ts';

const at = Date.UTC(2026, 2, 9, 4, 3);
const limits = { maxBytes: 4096, maxParts: 2 };

function rendered(content: MessageContent, language: Language = 'zh') {
  return renderText(content, { language, timeZone: 'Asia/Shanghai' }, wecomMarkdown, limits);
}

function withIncident(content: MessageContent, rest: Partial<Incident>): MessageContent {
  const [first] = content.transitions;
  return { ...content, transitions: [{ ...first!, incident: { ...first!.incident, ...rest } }] };
}

describe('a message', () => {
  it('tells a failure: severity, service, what; then cause, since when, expected, found, how to see it oneself', () => {
    expect(rendered(scenarios.failure(at)).parts).toEqual([
      `🟠【重要】orders：GET /orders/{orderId} 失败（HTTP 500，期望：200） #AAA1
<font color="comment">新增 1 · 现有 1/48 接口失败</font>

**orders · GET /orders/{orderId}** <font color="warning">失败</font> #AAA1
> 原因：状态码不符：HTTP 500，期望：200
> 时间：自 12:03 起
> 期望：200
> 实际：500
> 服务返回：NullPointerException at OrderService.java:42
> 上次正常：11:48
> 文档修改：Zhang San，03-08 10:03
> 复现：\`curl -H 'Authorization: ***' 'https://orders.example/orders/42'\`
<@zhangsan>`,
    ]);
  });

  it.each<[Language, string, string]>([
    ['zh', '至少 7/30 接口失败', '现有至少 7/48 接口失败'],
    ['en', 'at least 7/30 operations failing', 'at least 7/48 operations failing now'],
  ])('says of what has been called only in part how much it is at least (%s)', (language, here, now) => {
    const members = { count: 7, of: 30, heard: 8, worst: [] };
    const told = withIncident(scenarios.failure(at), { members });
    const content = { ...told, totals: { failing: 7, checks: 48, isLeast: true } as const };
    const [text] = rendered(content, language).parts;
    expect(text).toContain(here);
    expect(text).toContain(now);
  });

  it.each<[Language, string, string]>([
    ['zh', '新连接仍失败，3 个接口暂无失败，已 8 分钟', '时间：自 12:03 起，已 8 分钟'],
    [
      'en',
      'new connections still fail, none of its 3 operations yet, for 8 min',
      'When: since 12:03, for 8 min',
    ],
  ])(
    'tells for how long a certificate has failed, and of how many operations (%s)',
    (language, headline, span) => {
      const content = withIncident(scenarios.outage(at), {
        openedAt: at - 7 * 24 * 3_600_000,
        failingSince: at,
        reason: { code: 'tls', message: 'the certificate has expired' },
        members: { count: 0, of: 3, worst: [] },
      });
      const [told] = content.transitions.map(
        (one) => ({ ...one, kind: 'changed', at: at + 480_000 }) as const,
      );
      const [text] = rendered({ ...content, transitions: [told!] }, language).parts;
      expect(text).toContain(headline);
      expect(text).toContain(span);
      const [now] = rendered({ ...content, transitions: [{ ...told!, at: at + 5000 }] }, language).parts;
      expect(now).not.toMatch(/仍|still/);
    },
  );

  it('tells when it last worked, and what has changed in its document since', () => {
    const history = {
      lastPassAt: at - 900_000,
      change: {
        at: at - 600_000,
        details: [
          sentence('changeAt', {
            place: sentence('responseWith', { status: '200' }),
            what: sentence('requiredFieldAdded', { name: 'total' }),
          }),
        ],
      },
    };
    const [text] = rendered(withIncident(scenarios.failure(at), { history })).parts;
    expect(text).toContain('> 上次正常：11:48\n> 文档变更：11:53：响应 200：新增必填字段“total”\n> 复现');
  });

  it.each<[Language, LastEdit, string]>([
    ['zh', { by: '张三', at: at - 600_000 }, '文档修改：张三，11:53'],
    ['en', { at: at - 600_000 }, 'Doc edited: 11:53'],
    ['zh', { by: '张三', at, uncommitted: true }, '文档修改：张三，12:03，之后另有未提交的修改'],
    [
      'en',
      { by: 'Zhang San', at, uncommitted: true },
      'Doc edited: Zhang San, 12:03, and changes since that are not committed',
    ],
  ])('tells who was last to change the document (%s, %j)', (language, lastEdit, line) => {
    const content = withIncident(scenarios.failure(at), { history: { lastEdit } });
    expect(rendered(content, language).parts[0]?.split('\n')).toContain(`> ${line}`);
  });

  it.each<[number, readonly string[]]>([
    [2048, []],
    [4096, ['复现']],
  ])('tells every fact of an incident in %d bytes, however much each of them says', (maxBytes, more) => {
    const much = '长'.repeat(400);
    const content = withIncident(scenarios.failure(at), {
      subjectLabel: much,
      reason: { code: 'status', message: much },
      expected: much,
      found: much,
      said: much,
      hint: much,
      curl: `curl ${'x'.repeat(650)}`,
      history: { lastPassAt: at, change: { at, details: [much] }, lastEdit: { by: '张三', at } },
    });
    const context = { language: 'zh', timeZone: 'Asia/Shanghai' } as const;
    const { parts } = renderText(content, context, wecomMarkdown, { maxBytes, maxParts: 2 });
    const labels =
      parts
        .join('')
        .match(/^> [^：]+/gm)
        ?.map((label) => label.slice(2)) ?? [];
    expect(parts).toHaveLength(1);
    expect(byteLength(parts[0] ?? '')).toBeLessThanOrEqual(maxBytes);
    expect(labels).toEqual([
      '原因',
      '时间',
      '期望',
      '实际',
      '服务返回',
      '上次正常',
      '文档变更',
      '文档修改',
      '建议',
      ...more,
    ]);
  });

  it('calls beside the message whom it has no room for', () => {
    const mentions = Array.from({ length: 20 }, (_, index) => `${'x'.repeat(60)}${index}`);
    const told = { ...scenarios.failure(at), mentions };
    const context = { language: 'zh', timeZone: 'Asia/Shanghai' } as const;
    const { parts, unmentioned } = renderText(told, context, wecomMarkdown, { maxBytes: 2048, maxParts: 1 });
    const called = parts.join('').match(/<@[^>]+>/g) ?? [];
    expect([called.length, unmentioned.length]).toEqual([7, 13]);
    expect(parts[0]).toContain('> 复现');
  });

  it('tells a recovery with its duration, and calls nobody', () => {
    expect(rendered(scenarios.recovery(at)).parts).toEqual([
      `🟢【恢复】orders：GET /orders/{orderId} 恢复，历时 32 分钟 #AAA1
<font color="comment">恢复 1 · 48 个接口现无失败</font>

**orders · GET /orders/{orderId}** <font color="info">恢复</font> #AAA1
> 曾因：状态码不符：HTTP 500，期望：200
> 时间：11:31 至 12:03，历时 32 分钟`,
    ]);
  });

  it('tells a host that is down as one thing with its operations counted', () => {
    expect(rendered(scenarios.outage(at)).parts).toEqual([
      `🔴【严重】payments：payments.example 12/12 接口失败（疑似主机故障） #A384
<font color="comment">新增 1 · 现有 12/48 接口失败</font>

**payments · payments.example** <font color="warning">失败</font> #A384
> 原因：疑似主机故障、连接被拒绝
> 时间：自 12:03 起
> 受影响：GET /payments、GET /payments/{id}、GET /refunds 等 12 个
<@lisi>`,
    ]);
  });

  it('speaks English where the channel does', () => {
    expect(rendered(scenarios.failure(at), 'en').parts).toEqual([
      `🟠[MAJOR] orders: GET /orders/{orderId} failing (HTTP 500, expected: 200) #AAA1
<font color="comment">1 new · 1/48 operations failing now</font>

**orders · GET /orders/{orderId}** <font color="warning">failing</font> #AAA1
> Cause: unexpected status: HTTP 500, expected: 200
> When: since 12:03
> Expected: 200
> Found: 500
> It says: NullPointerException at OrderService.java:42
> Last good: 11:48
> Doc edited: Zhang San, 03-08 10:03
> Reproduce: \`curl -H 'Authorization: ***' 'https://orders.example/orders/42'\`
<@zhangsan>`,
    ]);
    expect(rendered(scenarios.recovery(at), 'en').parts[0]?.split('\n').slice(0, 2)).toEqual([
      '🟢[RECOVERED] orders: GET /orders/{orderId} recovered, lasted 32 min #AAA1',
      '<font color="comment">1 recovered · none of 48 operations failing now</font>',
    ]);
  });

  it('tells several things as a summary whose first line counts them', () => {
    const [part = ''] = rendered(scenarios.mixed(at)).parts;
    expect(part.split('\n').slice(0, 2)).toEqual([
      '🔴【严重】4 项异常、2 项恢复：payments、orders（现有 14/48 接口失败） #A384…',
      '<font color="comment">新增 3 · 变化 1 · 恢复 2 · 现有 14/48 接口失败</font>',
    ]);
    expect(part).toContain('<font color="warning">仍在失败</font> #AAA3');
    expect(part).toContain('> 时间：自 10:58 起，已 1 小时 5 分钟，连续 5 轮');
    expect(part).toContain('<font color="comment">变慢或偏离</font> #AAA4');
    expect(part).toContain('> 时间：03-08 10:03 至 12:03，历时 1 天 2 小时');
    expect(part.split('\n').at(-1)).toBe('<@lisi> <@zhangsan>');
    expect(rendered(scenarios.mixed(at), 'en').parts[0]?.split('\n')[0]).toBe(
      '🔴[CRITICAL] 4 wrong, 2 recovered: payments, orders (14/48 operations failing now) #A384…',
    );
  });

  it('says of a credential that is called like its service that it is one', () => {
    const { transitions, ...rest } = scenarios.mixed(at);
    const called = (subjectLabel: string): string => {
      const told = transitions.slice(0, 1).map((one) => {
        const cause = { level: 'credential', subject: subjectLabel } as const;
        return { ...one, incident: { ...one.incident, subjectLabel, cause, services: ['iot'] } };
      });
      return rendered({ ...rest, transitions: told }).parts[0] ?? '';
    };
    expect(called('iot').split('\n')[0]).toContain('iot：凭证 iot ');
    expect(called('iot')).toContain('**iot · 凭证 iot**');
    expect(called('sso').split('\n')[0]).toContain('iot：sso ');
  });

  it('does not count operations of other services beside the names of some', () => {
    const { totals, ...mixed } = scenarios.mixed(at);
    const lines = (services: readonly string[]): readonly string[] =>
      rendered({ ...mixed, totals: { ...totals, services } })
        .parts[0]?.split('\n')
        .slice(0, 2) ?? [];
    const [headline, counts] = lines(['orders', 'payments', 'iot']);
    expect(headline).toBe('🔴【严重】4 项异常、2 项恢复：payments、orders #A384…');
    expect(counts).toContain('现有 14/48 接口失败');
    expect(lines(['orders', 'payments'])[0]).toContain('payments、orders（现有 14/48 接口失败）');
  });

  it('tells how a document has changed so that callers break', () => {
    expect(rendered(scenarios.changes(at)).parts).toEqual([
      `📄【文档变更】orders：orders.openapi.yaml 有 3 处不兼容变更（Zhang San）
<font color="comment">删除接口 1 · 变更接口 2 · 文档修改：Zhang San，11:43</font>

**DELETE /orders/{orderId}** <font color="comment">已删除</font>

**GET /orders** <font color="comment">不兼容</font>
> 变更：新增必填的 query 参数“tenant”

**GET /orders/{orderId}** <font color="comment">不兼容</font>
> 变更：响应 200：删除必填字段“total”`,
    ]);
    expect(rendered(scenarios.changes(at), 'en').parts[0]?.split('\n').slice(0, 2)).toEqual([
      '📄[DOCUMENT CHANGE] orders: orders.openapi.yaml has 3 breaking changes (Zhang San)',
      '<font color="comment">1 operation removed · 2 operations changed · Doc edited: Zhang San, 11:43</font>',
    ]);
    expect(rendered({ ...scenarios.changes(at), isTest: true }).parts[0]).toMatch(
      /^📄【测试】【文档变更】orders：/,
    );
  });

  it('names nobody for a change that is not committed', () => {
    const breakingChanges = scenarios.changes(at).breakingChanges.map((change) => {
      return { ...change, lastEdit: { ...change.lastEdit, uncommitted: true as const } };
    });
    const lines = rendered({ ...scenarios.changes(at), breakingChanges }).parts[0]?.split('\n') ?? [];
    expect(lines[0]).toBe('📄【文档变更】orders：orders.openapi.yaml 有 3 处不兼容变更');
    expect(lines[1]).toContain('文档修改：Zhang San，11:43，之后另有未提交的修改');
  });

  it('tells of several documents by their number, and counts what does not fit', () => {
    const operations = Array.from({ length: 50 }, (_, index) => ({
      key: `GET /things/${index}/with/a/path/that/is/rather/long`,
      details: [
        sentence('changeAt', {
          place: sentence('responseWith', { status: '200' }),
          what: sentence('requiredFieldRemoved', { name: 'total' }),
        }),
      ],
    }));
    const one = { at, service: 'orders', uri: 'a.yaml', removed: 0, changed: 70, operations };
    const breakingChanges = [one, { ...one, service: 'users', uri: 'b.yaml' }];
    const zh = rendered({ ...scenarios.changes(at), breakingChanges }).parts;
    expect(zh[0]?.split('\n')[0]).toBe('📄【文档变更】orders、users：2 份文档有 140 处不兼容变更');
    expect(zh[0]).toContain('**a.yaml · GET /things/0/with');
    const shown = zh.join('\n').match(/GET \/things/g)?.length ?? 0;
    expect(zh.at(-1)).toContain(`…其余 ${140 - shown} 个`);
    const [en = ''] = rendered({ ...scenarios.changes(at), breakingChanges }, 'en').parts;
    expect(en.split('\n')[0]).toBe(
      '📄[DOCUMENT CHANGE] orders, users: 2 documents have 140 breaking changes',
    );
  });

  it('tells a storm of 10,000 in two parts that count every one of them', () => {
    for (const language of ['zh', 'en'] as const) {
      const { parts } = rendered(scenarios.storm(at), language);
      const shown = parts.join('\n').match(/#\w+$/gm)?.length ?? 0;
      expect(parts).toHaveLength(2);
      expect(parts.every((part) => byteLength(part) <= 4096)).toBe(true);
      expect(parts[0]).toContain('10000');
      expect(parts[1]).toContain(String(10_000 - (shown - 0)));
    }
  });

  it('says that an operation is no longer in its document', () => {
    const [first] = scenarios.failure(at).transitions;
    const content = {
      ...scenarios.failure(at),
      transitions: [{ ...first!, kind: 'removed' as const, at: at + 60_000 }],
      mentions: [],
    };
    const [part = ''] = rendered(content).parts;
    expect(part.split('\n')[0]).toBe(
      '⚪【移除】orders：GET /orders/{orderId} 文档或配置中已无，不再巡检 #AAA1',
    );
    expect(part).toContain('> 移除：文档或配置中已无，不再巡检');
    const two = rendered({ ...content, omitted: { removed: 1 } }).parts[0]?.split('\n')[0];
    expect(two).toBe('⚪【移除】移除 2：orders（现有 1/48 接口失败） #AAA1…');
  });

  it('says what to do when that is known, and that something comes and goes', () => {
    const [part] = rendered(
      withIncident(scenarios.failure(at), { hint: 'look at the gateway', flapping: { since: at, times: 3 } }),
    ).parts;
    expect(part).toContain('> 建议：look at the gateway');
    expect(part).toContain('失败（反复出现）</font>');
  });

  it('says of what is told once for all its coming and going when it will be over', () => {
    const flapping = { since: at, times: 4, calmMs: 600_000 };
    const [part = ''] = rendered(withIncident(scenarios.failure(at), { flapping })).parts;
    expect(part.split('\n')[0]).toContain('反复出现） #');
    expect(part).toContain('近 6 小时内第 4 次，连续正常 10 分钟后才通知恢复，其间不再重复通知');
  });

  it('says how long something that comes and goes has failed, and for how long it has been quiet since', () => {
    const minute = 60_000;
    const { transitions, ...rest } = scenarios.failure(at - 8 * minute);
    const incident = { ...transitions[0]!.incident, failingCycles: 1, openedAt: at - 8 * minute };
    const back = { ...incident, flapping: { since: at - minute, times: 3 } };
    const changed = rendered({ ...rest, transitions: [{ kind: 'changed', at, incident: back }] }).parts[0];
    expect(changed).toContain('仍在失败，已 1 分钟');
    expect(changed).toContain('自 11:55 起，12:02 再次失败，已 1 分钟，连续 1 轮');
    const over = { ...back, lastSeenAt: at - 4 * minute, resolvedAt: at, state: 'resolved' } as const;
    const ended = { ...rest, transitions: [{ kind: 'resolved', at, incident: over }] } as const;
    expect(rendered(ended).parts[0]).toContain('恢复，历时 4 分钟 #');
    expect(rendered(ended).parts[0]).toContain('11:55 至 11:59，历时 4 分钟，之后 4 分钟未再失败');
  });

  it('tells apart what is new, what goes on and what nobody takes care of', () => {
    const { transitions: _, ...rest } = scenarios.failure(at);
    const incident = { ...scenarios.outage(at - 65 * 60_000).transitions[0]!.incident, failingCycles: 5 };
    const only = (kind: 'reminder' | 'escalation') =>
      rendered({ ...rest, transitions: [], followUps: [{ kind, at, incident }] }).parts[0] ?? '';
    expect(only('reminder').split('\n').slice(0, 2)).toEqual([
      '🔴【严重·持续】payments：payments.example 12/12 接口仍在失败，已 1 小时 5 分钟（疑似主机故障） #A384',
      '<font color="comment">仍未恢复 1 · 现有 1/48 接口失败</font>',
    ]);
    expect(only('reminder')).toContain('<font color="warning">仍在失败</font>');
    expect(only('reminder')).toContain('自 10:58 起，已 1 小时 5 分钟，连续 5 轮');
    expect(only('escalation').split('\n')[0]).toContain('（疑似主机故障，无人处理）');
    expect(only('escalation')).toContain('仍在失败（无人处理）');
  });

  it('names three services and counts the others', () => {
    const [part = ''] = rendered(
      withIncident(scenarios.failure(at), { services: ['a', 'b', 'c', 'd'] }),
    ).parts;
    expect(part.split('\n')[0]).toContain('a、b、c 等 4 个：GET /orders/{orderId}');
  });

  it('about no service at all begins with its subject', () => {
    const self = withIncident(scenarios.failure(at), {
      services: [],
      cause: { level: 'self', subject: 'network' },
      subjectLabel: '巡检主机',
    });
    expect(rendered(self).parts[0]?.split('\n')[0]).toBe('🟠【重要】巡检主机 失败（巡检自身网络异常） #AAA1');
  });

  it('without anything to list says the state of things', () => {
    const empty = { ...scenarios.failure(at), transitions: [], mentions: [] };
    expect(rendered(empty).parts[0]?.split('\n')[0]).toBe('🟡现有 1/48 接口失败');
  });

  it('leaves a details line out when there is nothing on it', () => {
    const bare = withIncident(scenarios.failure(at), {
      expected: '',
      found: ' ',
      members: { count: 2, of: 2, worst: [] },
    });
    expect(rendered(bare).parts[0]).not.toMatch(/^> (?:期望|实际|受影响)/m);
  });
});

describe('who is mentioned', () => {
  const mentions = (...ids: string[]) => rendered({ ...scenarios.recovery(at), mentions: ids });
  it('are user ids in the markdown; mobile numbers and @all are left to a text message', () => {
    const { parts, unmentioned } = mentions(
      'zhang.san',
      '13800138000',
      '@all',
      'LiSi@corp',
      '+8613800138000',
    );
    expect(parts[0]?.split('\n').at(-1)).toBe('<@zhang.san> <@LiSi@corp>');
    expect(unmentioned).toEqual(['13800138000', '@all', '+8613800138000']);
  });

  it('is nobody whose name is no user id', () => {
    expect(mentions('a> <@all', 'x\ny', '<font>', '').parts[0]).not.toContain('<@');
  });

  it('are twenty at the most', () => {
    const ids = Array.from({ length: 30 }, (_, i) => `user${i}`);
    expect(mentions(...ids).parts[0]?.match(/<@/g)).toHaveLength(20);
  });
});

describe('text from a monitored system', () => {
  it.each([
    ['cannot mention anybody', 'hi <@all> <@zhangsan>', 'hi ＜@all> ＜@zhangsan>'],
    ['cannot colour', '<font color="info">recovered</font>', '＜font color="info">recovered＜/font>'],
    ['cannot begin or end code', 'a `b` c', "a 'b' c"],
    ['cannot be bold', '**x** ***', '＊＊x＊＊ ＊＊＊'],
    ['cannot be a link', '[click](https://evil.example)', '[click] (https://evil.example)'],
    ['cannot begin a new line', 'a\n# b\r\n> c', 'a # b > c'],
    ['keeps what has no meaning', 'a < b <= c * 2 [x] (y)', 'a < b <= c * 2 [x] (y)'],
  ])('%s', (_, text, harmless) => {
    expect(neutralize(text)).toBe(harmless);
  });

  it('is harmless wherever it stands', () => {
    const evil = 'x`<@all><font color="info">ok</font>\n> **done** [a](b)\u202E';
    const everywhere = withIncident(scenarios.failure(at), {
      subjectLabel: evil,
      services: [evil],
      reason: { code: 'status', message: evil },
      expected: evil,
      found: evil,
      said: evil,
      curl: evil,
      history: {
        change: { at, details: [evil] },
        lastEdit: { by: evil, at },
      },
      owners: [evil],
      members: { count: 3, of: 3, worst: [{ checkId: 'c', label: evil, service: evil, message: evil }] },
    });
    const [part = ''] = rendered({ ...everywhere, mentions: [evil] }).parts;
    expect(part.match(/<@|<font color="info"|\]\(/g)).toBeNull();
    expect(part.match(/<font color="(comment|warning)">/g)).toHaveLength(2);
    expect(part.match(/`/g)).toHaveLength(2);
    expect(part.split('\n')).toHaveLength(13);
  });
});
