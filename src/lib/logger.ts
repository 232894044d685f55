import { type DestinationStream, pino } from 'pino';
import type { Redactor } from './secrets/secret.ts';

type Fields = Readonly<Record<string, unknown>>;

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
  return {
    debug: (message, fields = {}) => sink.debug(fields, message),
    info: (message, fields = {}) => sink.info(fields, message),
    warn: (message, fields = {}) => sink.warn(fields, message),
    error: (message, fields = {}) => sink.error(fields, message),
  };
}

export const silentLogger: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
