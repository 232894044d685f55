import { describe, expect, it } from 'vitest';
import { inLanguage } from '../../messages/in-language.ts';
import type { CauseLevel } from '../../model/cause.ts';
import { concernsOf } from './concerns.ts';

type Known = Parameters<typeof concernsOf>[0];

const well: Known = {
  open: [],
  blocked: 0,
  channels: [
    { name: 'ops', state: 'ok' },
    { name: 'dev', state: 'retrying' },
  ],
  credentials: [
    { credential: 'sso', state: 'ready' },
    { credential: 'key', state: 'static' },
    { credential: 'new', state: 'idle' },
  ],
  isRefused: false,
};
const open = (level: CauseLevel, subject: string) =>
  [{ cause: { level, subject } }] as unknown as Known['open'];
const dead = (state: 'failing' | 'stopped') => [{ credential: 'sso', state }];
const told = (known: Partial<Known>, language: 'en' | 'zh' = 'en') =>
  concernsOf({ ...well, ...known }).map(({ kind, message }) => `${kind}: ${inLanguage(message, language)}`);

describe('nothing keeps anybody from saying that all is well', () => {
  const rows: readonly (readonly [name: string, known: Partial<Known>])[] = [
    ['everything is as it should be', {}],
    [
      'a channel that is tried again has lost nothing yet',
      { channels: [{ name: 'ops', state: 'retrying' }] },
    ],
    [
      'an incident says it of its own credential',
      { credentials: dead('failing'), open: open('credential', 'sso') },
    ],
    ['an open incident explains what is blocked', { blocked: 4, open: open('gateway', 'https://a.test') }],
  ];
  it.each(rows)('%s', (_name, known) => {
    expect(told(known)).toEqual([]);
  });
});

describe('something does', () => {
  const rows: readonly (readonly [name: string, known: Partial<Known>, en: string, zh: string])[] = [
    [
      'that there is no channel',
      { channels: [] },
      'no-channel: no channel is configured: nobody is told when something breaks',
      'no-channel: 没有配置渠道，出现异常时不会通知任何人',
    ],
    [
      'a channel that is down',
      { channels: [{ name: 'ops', state: 'broken' }] },
      'channel: channel ops takes no messages',
      'channel: 渠道 ops 发不出消息',
    ],
    [
      'a channel that refuses what it is sent',
      { channels: [{ name: 'ops', state: 'refusing' }] },
      'channel: channel ops takes no messages',
      'channel: 渠道 ops 发不出消息',
    ],
    [
      'a configuration that was changed and is no good',
      { isRefused: true },
      'configuration: the configuration on disk is refused; the last good one stays in use',
      'configuration: 磁盘上的配置无法使用，仍沿用上一份有效配置',
    ],
    [
      'a credential that gets no token',
      { credentials: dead('failing') },
      'credential: credential sso has no token',
      'credential: 凭证 sso 没有令牌',
    ],
    [
      'a credential that is not tried any more, while another is told',
      { credentials: dead('stopped'), open: open('credential', 'other') },
      'credential: credential sso has no token',
      'credential: 凭证 sso 没有令牌',
    ],
    [
      'an incident of something else that is called like it',
      { credentials: dead('failing'), open: open('service', 'sso') },
      'credential: credential sso has no token',
      'credential: 凭证 sso 没有令牌',
    ],
    [
      'one operation that is blocked',
      { blocked: 1 },
      'blocked: 1 operation is blocked',
      'blocked: 1 个接口受阻，未能检查',
    ],
    ['several', { blocked: 2 }, 'blocked: 2 operations are blocked', 'blocked: 2 个接口受阻，未能检查'],
  ];
  it.each(rows)('%s', (_name, known, en, zh) => {
    expect([told(known), told(known, 'zh')]).toEqual([[en], [zh]]);
  });

  it('all of them, those first by which nobody would be told', () => {
    const all = {
      blocked: 3,
      isRefused: true,
      credentials: dead('failing'),
      channels: [{ name: 'ops', state: 'broken' as const }],
    };
    expect(concernsOf({ ...well, ...all }).map(({ kind }) => kind)).toEqual([
      'channel',
      'configuration',
      'credential',
      'blocked',
    ]);
  });
});
