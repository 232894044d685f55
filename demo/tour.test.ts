import { stripVTControlCharacters as plain } from 'node:util';
import { describe, expect, it } from 'vitest';
import { showCycle, showMessage } from './show.ts';

describe('what the tour prints', () => {
  it('is a message in a box, WeCom markup taken out, long lines wrapped by their width', () => {
    const content =
      '<font color="warning">**严重**</font> orders\n> 复现：`curl http://a`\n' + '长'.repeat(40);
    const box = plain(showMessage({ at: 0, key: 'k', msgtype: 'markdown', content, raw: {} })).split('\n');
    expect(box.slice(1)).toEqual([
      `  │ 严重 orders${' '.repeat(63)} │`,
      `  │ ▏ 复现：curl http://a${' '.repeat(53)} │`,
      `  │ ${'长'.repeat(37)} │`,
      `  │ 长长长${' '.repeat(68)} │`,
      `  ╰${'─'.repeat(76)}╯`,
    ]);
    expect(box[0]).toMatch(/^ {2}╭─ 企业微信 · \d\d:00:00 ─+╮$/);
  });

  it('is a line for a cycle, with the counts that matter', () => {
    const counts = { passed: 30, degraded: 0, failed: 1, blocked: 2, unknown: 0 };
    const record = {
      msg: 'cycle closed',
      level: 30,
      time: '2026-01-01T00:00:00Z',
      cycle: 2,
      checked: 33,
      ...counts,
    };
    const line = plain(showCycle({ ...record, successRate: 0.9677, p95Ms: 5.6, durationMs: 8210 }));
    expect(line).toMatch(
      /^\d\d:00:00 {2}cycle 2: 33 checked, 30 pass, 1 fail, 2 blocked {2}96\.8 % {2}p95 6 ms {2}in 8\.2 s$/,
    );
    expect(plain(showCycle(record))).toContain('–');
  });
});
