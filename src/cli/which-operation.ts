import { flat } from '../lib/text/clean.ts';
import { operationMatcher } from '../plan/match.ts';
import { exitCode, type Terminal } from './output.ts';

/** An operation as a person may name it. */
export interface Named {
  readonly id: string;
  readonly service: string;
  /** `GET /orders/{id}` */
  readonly operation: string;
}

const manyShown = 10;

/** By id, by the exact text, else by what `--only` takes. */
export function matching<One extends Named>(
  all: readonly One[],
  what: string,
  service: string | undefined,
): readonly One[] {
  const checks = service === undefined ? all : all.filter((one) => one.service === service);
  const exact = checks.filter(({ id, operation }) => id === what || operation === what);
  if (exact.length > 0) return exact;
  const fits = operationMatcher(what);
  return checks.filter(({ operation }) => {
    const [method = '', path = ''] = operation.split(' ');
    return fits({ method, path, tags: [] });
  });
}

/** What a command has to be told to find this one alone. */
function namesOnly({ id, operation, service }: Named, checks: readonly Named[]): readonly string[] {
  const alike = checks.filter((one) => one.operation === operation);
  // As it is shown it is not what it is called, or would be taken for something else.
  const isOdd = flat(operation) !== operation || /^[#-]|^\w{4}$/.test(operation);
  const inService = alike.filter((one) => one.service === service).length;
  if (isOdd || flat(service) !== service || service.startsWith('-') || inService > 1) return [id];
  return alike.length === 1 ? [operation] : [operation, '--service', service];
}

function sayNotFound({ err, say }: Terminal, what: string, all: readonly string[], run: string): void {
  const [example] = all;
  err(
    say('why.notFound', { what }),
    example === undefined
      ? say('why.noCycle', { command: run })
      : say('why.forExample', { command: example }),
  );
}

function sayTooMany({ err, say }: Terminal, what: string, found: readonly string[]): void {
  const n = found.length;
  err(say('why.tooMany', { what, n }));
  for (const command of found.slice(0, manyShown)) err(`  ${command}`);
  if (n > manyShown) err(`  ${say('why.andMore', { n: n - manyShown })}`);
}

/** What was named fits none or several: says what to copy. */
export function sayWhich<One extends Named>(
  terminal: Terminal,
  what: string,
  about: {
    readonly found: readonly One[];
    readonly all: readonly One[];
    /** The command that was typed, with other words. */
    readonly command: (...words: readonly string[]) => string;
    readonly run: string;
  },
): number {
  const { found, all, command, run } = about;
  const exact = (one: One): string => command(...namesOnly(one, all));
  if (found.length === 0) sayNotFound(terminal, what, all.slice(0, 1).map(exact), run);
  else sayTooMany(terminal, what, found.map(exact));
  return exitCode.cannotRun;
}
