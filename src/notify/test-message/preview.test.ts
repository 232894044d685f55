import { describe, expect, it } from 'vitest';
import type { ChannelSettings } from '../../model/settings.ts';
import { channels } from '../channels/registry.ts';
import { sampleMessage, preview } from './preview.ts';
import { scenarios } from './scenarios.ts';

const at = Date.UTC(2026, 2, 9, 4, 3);
const about = { scenario: 'outage', at, language: 'zh', timeZone: 'Asia/Shanghai' } as const;
function settings(name: string): ChannelSettings {
  const kind = channels.find((one) => one.kind === name)!;
  return { name, kind: name, options: kind.options.parse(kind.examples[0]) };
}

describe('a preview', () => {
  it.each(channels.map((kind) => kind.kind))(
    'of %s shows what a person would read, marked as a test message',
    async (kind) => {
      const { messages, parts } = await preview(settings(kind), about);
      expect(parts).toHaveLength(1);
      // Where the reader's program makes links of bare addresses, an address is none.
      expect(messages[0]).toMatch(/🔴【测试】【严重】payments：payments\.example 12\/12 接口失败/);
    },
  );

  it('speaks the language of the channel and uses its template', async () => {
    const { messages } = await preview(
      { ...settings('wecom-robot'), language: 'en', template: '{{ headline }}' },
      about,
    );
    expect(messages).toEqual([
      '🔴[TEST] [CRITICAL] payments: payments.example 12/12 operations failing (host seems down) #A384',
    ]);
  });

  it('says what is wrong with a template or a kind', async () => {
    await expect(preview({ ...settings('wecom-robot'), template: '{% if %}' }, about)).rejects.toThrow(
      'invalid value expression',
    );
    await expect(preview({ name: 'x', kind: 'pigeon', options: {} }, about)).rejects.toThrow(
      'channel "x": there is no kind "pigeon"',
    );
  });
});

it('a testMessage is marked, and calls nobody', () => {
  expect(sampleMessage('failure', at)).toEqual({ ...scenarios.failure(at), isTest: true, mentions: [] });
});
