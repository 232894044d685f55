import { type DestinationStream, pino } from 'pino';
import type { Redactor } from './secrets/secret.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Of one text, in UTF-16 units: what others say may have megabytes. */
const mostText = 8 * 1024;
/** Of all texts of a record. */
const mostTexts = 64 * 1024;
/** Of one list or mapping. */
const mostEntries = 200;

/** Structured log; every text goes through the redactor before it is written. */
export interface Logger {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

export function createLogger(options: {
  readonly level: LogLevel;
  readonly redactor: Redactor;
  /** Receives one JSON line a record. */
  readonly destination: DestinationStream;
}): Logger {
  const scrubbed: DestinationStream = {
    write: (line) => options.destination.write(options.redactor.scrub(line)),
  };
  const sink = pino({ level: options.level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, scrubbed);
  const write = (level: Exclude<LogLevel, 'silent'>) => {
    return (message: string, fields: Fields = {}) => {
      if (!sink.isLevelEnabled(level)) return;
      const bounded = boundsOf(options.redactor);
      const said = bounded(message);
      sink[level](bounded(fields), said);
    };
  };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** Cuts the texts of one record. What is cut is scrubbed first: of a secret that is cut a part would stay. */
function boundsOf(redactor: Redactor): <T>(value: T) => T {
  let left = mostTexts;
  const text = (written: string): string => {
    const most = Math.max(0, Math.min(mostText, left));
    const kept = written.length <= most ? written : cut(redactor.scrub(written.slice(0, 2 * mostText)), most);
    left -= kept.length;
    return kept === written ? written : `${kept}… (${written.length})`;
  };
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (Array.isArray(value)) return value.slice(0, mostEntries).map(visit);
    if (!isPlain(value)) return value;
    const entries = Object.entries(value).slice(0, mostEntries);
    return Object.fromEntries(entries.map(([key, item]) => [key, visit(item)]));
  };
  return <T>(value: T) => visit(value) as T;
}

function cut(written: string, most: number): string {
  return written.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
