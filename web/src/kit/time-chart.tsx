import 'uplot/dist/uPlot.min.css';
import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import styles from './time-chart.module.css';
import { useTimeZone } from './time-zone.ts';

export interface TimeSeries {
  readonly label: string;
  /** Name of a colour of the theme: `--fail-cell`. */
  readonly color: string;
  readonly values: readonly (number | null)[];
  /** A line; else points alone. */
  readonly line?: boolean;
}

interface Props {
  /** Epoch ms, ascending. */
  readonly times: readonly number[];
  readonly from?: number;
  readonly to?: number;
  readonly series: readonly TimeSeries[];
  readonly height: number;
  readonly goal?: { readonly value: number; readonly label: string };
  /** A moment to be seen at once, epoch ms. */
  readonly moment?: { readonly at: number; readonly label: string };
  readonly format: (value: number) => string;
  readonly label: string;
  readonly onChoose?: (index: number) => void;
}

/** Values over time on a canvas. Readers get `label`; the same values stand in a table nearby. */
export function TimeChart(props: Props) {
  // Colours are read when it is drawn: another scheme is another picture.
  return <Picture key={useComputedColorScheme('light')} {...props} />;
}

function Picture(props: Props) {
  const { times, series, height, label } = props;
  const timeZone = useTimeZone();
  const frame = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const [pointed, setPointed] = useState<number>();
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const plot = new uPlot(
      optionsFor(latest, element, timeZone, setPointed),
      [times.map((at) => at / 1000), ...series.map(({ values }) => [...values])],
      element,
    );
    const observer = new ResizeObserver(() => {
      plot.setSize({ width: element.clientWidth, height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [times, series, height, timeZone]);
  return (
    <figure className={styles.figure}>
      <div
        ref={frame}
        className={styles.plot}
        role="img"
        aria-label={label}
        data-chooses={props.onChoose !== undefined}
      />
      <figcaption className={styles.legend}>
        {series.map(({ label: name, color, values }) => {
          const value = pointed === undefined ? undefined : values[pointed];
          return values.some((one) => one !== null) ? (
            <span key={name}>
              <i style={{ background: `var(${color})` }} /> {name}
              {value !== undefined && value !== null && <b> {props.format(value)}</b>}
            </span>
          ) : null;
        })}
        {props.moment !== undefined && <span className={styles.moment}>{props.moment.label}</span>}
        {props.goal !== undefined && <span className={styles.goal}>{props.goal.label}</span>}
      </figcaption>
    </figure>
  );
}

function optionsFor(
  latest: { readonly current: Props },
  element: HTMLElement,
  timeZone: string,
  setPointed: (index: number | undefined) => void,
): uPlot.Options {
  const { series, height, goal, moment, format, from, to } = latest.current;
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(name);
  const axis = { stroke: color('--dim'), font: `11px ${style.fontFamily}`, ticks: { show: false } };
  const grid = { stroke: color('--line'), width: 1 };
  const highest = Math.max(...series.flatMap(({ values }) => values.map((value) => value ?? 0)));
  // A goal that is far away would press everything else to the ground; the legend names it all the same.
  const top = goal !== undefined && goal.value < highest * 3 ? Math.max(goal.value, highest) : highest;
  return {
    width: element.clientWidth,
    height,
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), timeZone),
    scales: {
      x: {
        time: true,
        range: (_plot, min, max) => [
          from === undefined ? min : from / 1000,
          to === undefined ? max : to / 1000,
        ],
      },
      y: { range: [0, Math.max(top * 1.1, 1)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 42,
        values: [
          [86_400, '{MM}-{DD}', null, null, null, null, null, null, 1],
          // The day stands below the first time of it.
          [1, '{HH}:{mm}', '\n{YYYY}-{MM}-{DD}', null, '\n{MM}-{DD}', null, null, null, 1],
        ],
      },
      {
        ...axis,
        grid,
        size: 60,
        // A low chart has more than its ground written beside it.
        space: 22,
        values: (_plot, splits) => splits.map((value) => (value === 0 ? '0' : format(value))),
      },
    ],
    series: [
      {},
      ...series.map(({ label, color: name, line, values }) => ({
        label,
        stroke: color(name),
        width: line === true ? 1 : 0,
        paths: line === true ? uPlot.paths.linear?.() : () => null,
        // A line that is short, or has gaps, would leave out what stands alone.
        points: {
          show: line !== true || values.length < 60,
          size: line === true ? 4 : 6,
          fill: color(name),
          width: 0,
        },
      })),
    ] as uPlot.Series[],
    hooks: {
      draw: [
        (plot) => drawGoal(plot, goal?.value, color('--degraded-cell')),
        (plot) => drawMoment(plot, moment?.at, color('--fail')),
      ],
      setCursor: [({ cursor }) => setPointed(cursor.idx ?? undefined)],
      ready: [
        (plot) => {
          plot.over.addEventListener('click', () => {
            const index = plot.cursor.idx;
            if (typeof index === 'number') latest.current.onChoose?.(index);
          });
        },
      ],
    },
  };
}

function drawGoal(plot: uPlot, goal: number | undefined, color: string): void {
  if (goal === undefined || goal > (plot.scales['y']?.max ?? 0)) return;
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(goal, 'y', true)) + 0.5;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.setLineDash([4, 4]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

function drawMoment(plot: uPlot, at: number | undefined, color: string): void {
  const { min = 0, max = 0 } = plot.scales['x'] ?? {};
  if (at === undefined || at / 1000 < min || at / 1000 > max) return;
  const { ctx, bbox } = plot;
  const x = Math.round(plot.valToPos(at / 1000, 'x', true)) + 0.5;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.lineWidth = 2;
  ctx.beginPath();
  ctx.moveTo(x, bbox.top);
  ctx.lineTo(x, bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}
