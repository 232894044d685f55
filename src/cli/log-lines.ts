import { flat } from '../lib/text/clean.ts';
import { pc } from './paint.ts';

const levelNames: Record<number, string> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' };
const levelColor: Record<string, (text: string) => string> = {
  debug: pc.dim,
  info: pc.green,
  warn: pc.yellow,
  error: pc.red,
};

/** A JSON log line as a person reads it: `08:15:00 info  cycle closed  checked=42 pass=41`. */
export function readableLine(json: string): string {
  const { time, level, msg, ...fields } = JSON.parse(json) as Record<string, unknown>;
  const name = levelNames[Number(level)] ?? 'info';
  const clock = typeof time === 'string' ? new Date(time).toTimeString().slice(0, 8) : '';
  const rest = Object.entries(fields)
    .map(
      ([key, value]) =>
        `${pc.dim(`${key}=`)}${flat(typeof value === 'string' ? value : JSON.stringify(value))}`,
    )
    .join(' ');
  const color = levelColor[name] ?? pc.green;
  return `${pc.dim(clock)} ${color(name.padEnd(5))} ${flat(String(msg))}${rest === '' ? '' : `  ${rest}`}\n`;
}
