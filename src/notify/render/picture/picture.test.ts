import { describe, expect, it } from 'vitest';
import { histogramOf, type HourRollup } from '../../../model/histogram.ts';
import { words } from '../languages.ts';
import { timeFormat } from '../time.ts';
import { findFont, trendPicture } from './picture.ts';
import { trendOf, trendSvg } from './svg.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 2, 9, 4, 3);
const last = Date.UTC(2026, 2, 9, 4);

function rollup(hoursAgo: number, fail: number, ms: number, service = 'orders'): HourRollup {
  const counts = { pass: 10, degraded: 1, fail, blocked: 5, unknown: 3 };
  return {
    hour: last - hoursAgo * hour,
    service,
    checks: [{ checkId: 'a', counts, latency: histogramOf([ms]) }],
  };
}

describe('the trend', () => {
  it('has the last 24 hours, over all services, also those in which nothing was called', () => {
    const hours = trendOf([rollup(0, 2, 100), rollup(0, 1, 900, 'users'), rollup(30, 9, 1)], now);
    expect(hours).toHaveLength(24);
    expect(hours[0]).toEqual({ at: last - 23 * hour, failed: 0, checked: 0 });
    expect(hours.at(-1)).toEqual({
      at: last,
      failed: 3,
      checked: 25,
      p95Ms: expect.closeTo(900, -2),
    });
  });
});

describe('the drawing', () => {
  const look = { texts: words.zh.trend, time: timeFormat('Asia/Shanghai'), now, fontFamily: 'A "B"' };
  const draw = (...rollups: HourRollup[]) => trendSvg(trendOf(rollups, now), look);

  it('has a line for each stretch of hours, a dot for one alone, and a bar for each hour with failures', () => {
    const svg = draw(
      rollup(0, 0, 80),
      rollup(1, 4, 90),
      rollup(5, 0, 40),
      rollup(9, 1, 30),
      rollup(10, 0, 20),
    );
    expect(svg.match(/<polyline/g)).toHaveLength(2);
    expect(svg.match(/<circle/g)).toHaveLength(1);
    expect(svg.match(/<rect [^>]*height="(?!0")[^>]*fill="#cf222e"/g)).toHaveLength(2);
    expect(svg).toContain('>100 ms</text>');
    expect(svg).toContain('font-family="A &quot;B&quot;"');
    expect(svg).not.toContain('NaN');
  });

  it('writes seconds where they are read better', () => {
    expect(draw(rollup(0, 0, 1400))).toContain('>2 s</text>');
  });

  it('says that there is nothing yet', () => {
    expect(draw()).toContain('暂无数据');
  });
});

describe('the picture', () => {
  const signature = '89504e470d0a1a0a';
  const draw = (font?: string) =>
    trendPicture([rollup(0, 1, 100)], { language: 'zh', timeZone: 'Asia/Shanghai', now, font });

  it('is a PNG that WeCom takes', async () => {
    const png = await draw();
    expect(Buffer.from(png.subarray(0, 8)).toString('hex')).toBe(signature);
    expect(png.length).toBeLessThan(200_000);
  });

  it('is drawn also with a font that is not there', async () => {
    const png = await draw('/nowhere/font.ttf');
    expect(Buffer.from(png.subarray(0, 8)).toString('hex')).toBe(signature);
  });

  it('speaks English on a machine without a font with Chinese', async () => {
    expect(await findFont([['/nowhere/font.ttf', 'Nothing']])).toEqual({
      family: 'sans-serif',
      hasChinese: false,
    });
  });
});
