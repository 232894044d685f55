import { type Verdict, verdicts } from '../../model/result.ts';
import type { CourseStep } from './period-report.ts';

const width = 760;
const height = 180;
const left = 48;
const bottom = 24;
const plot = { width: width - left - 8, height: height - bottom - 8 };

/** Draws with colours of the page's style sheet (`.pass`, `.p95` …); text is escaped by the caller. */
export interface ChartLabels {
  readonly title: string;
  readonly verdicts: Readonly<Record<Verdict, string>>;
  readonly time: (at: number) => string;
}

/** Results in each step as stacked bars: how much, and how much of it was not well. */
export function resultBars(course: readonly CourseStep[], labels: ChartLabels): string {
  const most = Math.max(1, ...course.map(({ results }) => results));
  const step = plot.width / Math.max(1, course.length);
  const bars = course.map(({ counts, from }, index) => {
    let y = 8 + plot.height;
    const parts = verdicts.map((verdict) => {
      const tall = (counts[verdict] / most) * plot.height;
      y -= tall;
      if (tall === 0) return '';
      // What is not well must be seen, however little it is.
      const shown = verdict === 'pass' ? tall : Math.max(1.5, tall);
      return `<rect class="${verdict}" x="${fixed(left + index * step + step * 0.1)}" y="${fixed(y)}" width="${fixed(step * 0.8)}" height="${fixed(shown)}"/>`;
    });
    const seen = verdicts.filter((verdict) => counts[verdict] > 0);
    const words = seen.map((verdict) => `${labels.verdicts[verdict]} ${counts[verdict]}`).join(', ');
    return `<g><title>${labels.time(from)}: ${words}</title>${parts.join('')}</g>`;
  });
  return svg(labels.title, [axis(most, course, labels), ...bars]);
}

/** P50 and P95 of each step as two lines; steps without answers are gaps. */
export function latencyLines(course: readonly CourseStep[], labels: ChartLabels): string {
  const most = Math.max(1, ...course.map(({ latency }) => latency?.p95Ms ?? 0));
  const step = plot.width / Math.max(1, course.length);
  const lines = (['p50Ms', 'p95Ms'] as const).map((name) => {
    const points = course.map(({ latency }, index) =>
      latency === undefined
        ? undefined
        : `${fixed(left + (index + 0.5) * step)} ${fixed(8 + plot.height * (1 - latency[name] / most))}`,
    );
    const path = points
      .map((point, index) =>
        point === undefined ? '' : `${points[index - 1] === undefined ? 'M' : 'L'}${point}`,
      )
      .join('');
    // A single answer between two gaps would be a line without a length.
    const dots = points.flatMap((point, index) =>
      point !== undefined && points[index - 1] === undefined && points[index + 1] === undefined
        ? [
            `<circle class="${name.slice(0, 3)} dot" cx="${point.split(' ')[0]}" cy="${point.split(' ')[1]}" r="2"/>`,
          ]
        : [],
    );
    return `<path class="${name.slice(0, 3)}" d="${path}"/>${dots.join('')}`;
  });
  return svg(labels.title, [axis(Math.round(most), course, labels), ...lines]);
}

function axis(most: number, course: readonly CourseStep[], { time }: ChartLabels): string {
  const base = 8 + plot.height;
  const [first, last] = [course[0], course.at(-1)];
  const ends =
    first === undefined || last === undefined
      ? ''
      : `<text x="${left}" y="${height - 6}">${time(first.from)}</text><text x="${width - 8}" y="${height - 6}" text-anchor="end">${time(last.from)}</text>`;
  return [
    `<line class="axis" x1="${left}" y1="${base}" x2="${width - 8}" y2="${base}"/>`,
    `<line class="grid" x1="${left}" y1="8" x2="${width - 8}" y2="8"/>`,
    `<text x="${left - 6}" y="14" text-anchor="end">${most}</text><text x="${left - 6}" y="${base}" text-anchor="end">0</text>`,
    ends,
  ].join('');
}

function svg(title: string, parts: readonly string[]): string {
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title}"><title>${title}</title>${parts.join('')}</svg>`;
}

function fixed(value: number): string {
  return Number(value.toFixed(1)).toString();
}
