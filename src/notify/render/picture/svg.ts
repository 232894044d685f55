import type { TimeFormat } from '../time.ts';
import { escapeMarkup } from '../../../lib/text/text.ts';
import { type HourRollup, mergeHistograms, quantile } from '../../../model/histogram.ts';

export interface TrendTexts {
  readonly title: string;
  readonly p95: string;
  readonly failures: string;
  readonly nothing: string;
}

export interface TrendLook {
  readonly texts: TrendTexts;
  readonly time: TimeFormat;
  /** Epoch ms. */
  readonly now: number;
  readonly fontFamily: string;
}

/** A phone shows it as wide as its screen, twice as sharp as these units. */
const width = 640;
const height = 320;
const plot = { left: 64, right: 24, top: 64, latency: 120, gap: 40, failures: 56 } as const;
const ink = { text: '#1f2328', muted: '#59636e', line: '#0969da', fail: '#cf222e', grid: '#d1d9e0' } as const;

/** The 95th percentile as a line above, failures as bars below, on one axis of time. */
export function trendSvg(hours: readonly TrendHour[], { texts, time, now, fontFamily }: TrendLook): string {
  const step = (width - plot.left - plot.right) / hours.length;
  const middleOf = (index: number): number => plot.left + (index + 0.5) * step;
  const p95Max = niceMax(Math.max(0, ...hours.map(({ p95Ms }) => p95Ms ?? 0)));
  const failedMax = niceMax(Math.max(0, ...hours.map(({ failed }) => failed)));
  const base = plot.top + plot.latency;
  const floor = base + plot.gap + plot.failures;
  const yOf = (ms: number): number => base - (ms / p95Max) * plot.latency;
  const points = hours.map(({ p95Ms }, index) =>
    p95Ms === undefined ? undefined : { x: middleOf(index), y: yOf(p95Ms) },
  );
  const bars = hours.map(({ failed }, index) => {
    const size = failed === 0 ? 0 : Math.max(2, (failed / failedMax) * plot.failures);
    return rect(middleOf(index) - step * 0.35, floor - size, step * 0.7, size, ink.fail);
  });
  const ticks = hours.map(({ at }, index) =>
    index % 6 === 0 || index === hours.length - 1
      ? label(middleOf(index), floor + 20, time(at, now), 'middle', ink.muted)
      : '',
  );
  const isEmpty = hours.every(({ checked }) => checked === 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escapeMarkup(fontFamily)}" font-size="13">`,
    rect(0, 0, width, height, '#ffffff'),
    `<text x="16" y="30" font-size="17" fill="${ink.text}">${escapeMarkup(texts.title)}</text>`,
    label(plot.left, plot.top - 10, texts.p95, 'start', ink.line),
    label(plot.left, base + plot.gap - 8, texts.failures, 'start', ink.fail),
    rule(yOf(p95Max)),
    rule(base),
    rule(floor),
    label(plot.left - 8, yOf(p95Max) + 5, spokenMs(p95Max), 'end', ink.muted),
    label(plot.left - 8, base + 5, '0', 'end', ink.muted),
    label(plot.left - 8, floor - plot.failures + 5, String(failedMax), 'end', ink.muted),
    ...segmentsOf(points).map(lineOf),
    ...bars,
    ...ticks,
    isEmpty ? label(width / 2, base - plot.latency / 2, texts.nothing, 'middle', ink.muted) : '',
    '</svg>',
  ].join('\n');
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** A gap where nothing was measured: no line is drawn over it. */
function segmentsOf(points: readonly (Point | undefined)[]): readonly (readonly Point[])[] {
  const segments: Point[][] = [];
  for (const [index, point] of points.entries()) {
    if (point === undefined) continue;
    const last = segments.at(-1);
    if (last === undefined || points[index - 1] === undefined) segments.push([point]);
    else last.push(point);
  }
  return segments;
}

function lineOf(points: readonly Point[]): string {
  const [first] = points;
  if (points.length === 1 && first !== undefined)
    return `<circle cx="${short(first.x)}" cy="${short(first.y)}" r="3" fill="${ink.line}"/>`;
  const path = points.map(({ x, y }) => `${short(x)},${short(y)}`).join(' ');
  return `<polyline points="${path}" fill="none" stroke="${ink.line}" stroke-width="2" stroke-linejoin="round"/>`;
}

function rect(x: number, y: number, wide: number, high: number, fill: string): string {
  return `<rect x="${short(x)}" y="${short(y)}" width="${short(wide)}" height="${short(high)}" fill="${fill}"/>`;
}

function rule(y: number): string {
  return `<line x1="${plot.left}" x2="${width - plot.right}" y1="${short(y)}" y2="${short(y)}" stroke="${ink.grid}"/>`;
}

function label(x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end', fill: string): string {
  return `<text x="${short(x)}" y="${short(y)}" text-anchor="${anchor}" fill="${fill}">${escapeMarkup(text)}</text>`;
}

function spokenMs(ms: number): string {
  return ms >= 1000 ? `${short(ms / 1000)} s` : `${short(ms)} ms`;
}

/** 1, 2 or 5 times a power of ten: what the axis ends with. */
function niceMax(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5, 10].find((one) => one * power >= value) ?? 10;
  return Math.max(1, factor * power);
}

function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}

/** One hour over everything that is patrolled. */
interface TrendHour {
  /** Its beginning, epoch ms. */
  readonly at: number;
  /** Absent: no answer arrived. */
  readonly p95Ms?: number;
  readonly failed: number;
  readonly checked: number;
}

const trendHours = 24;
const hourMs = 3_600_000;
export const trendSpanMs = trendHours * hourMs;

/** The last day in hours, oldest first, those without results included. */
export function trendOf(rollups: readonly HourRollup[], now: number): readonly TrendHour[] {
  const last = Math.floor(now / hourMs) * hourMs;
  return Array.from({ length: trendHours }, (_, index): TrendHour => {
    const at = last - (trendHours - 1 - index) * hourMs;
    const checks = rollups.filter(({ hour }) => hour === at).flatMap((one) => one.checks);
    const p95Ms = quantile(mergeHistograms(checks.map(({ latency }) => latency)), 0.95);
    const sum = (pick: (counts: (typeof checks)[number]['counts']) => number): number =>
      checks.reduce((total, { counts }) => total + pick(counts), 0);
    return {
      at,
      failed: sum(({ fail }) => fail),
      checked: sum(({ pass, degraded, fail }) => pass + degraded + fail),
      p95Ms,
    };
  });
}
