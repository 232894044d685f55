import { cleanTexts, flat } from '../../lib/text/clean.ts';
import { ellipsize } from '../../lib/text/text.ts';
import { checkIncident } from '../../server/api/incidents.ts';
import { checkOperation, listOperations, type Result } from '../../server/api/operations.ts';
import type { Api } from '../api/client.ts';
import { withApi } from '../api/with-api.ts';
import { type CliContext, commandLine, lacksService } from '../command.ts';
import { exitCode, formatMs, printJson, type Terminal, verdictColor } from '../output.ts';
import { pc } from '../paint.ts';
import { matching, type Named, sayWhich } from '../which-operation.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
  readonly service?: readonly string[];
  readonly document: string | undefined;
}

interface Called extends Named {
  readonly result: Result;
}

/** Three answers of an operation that hangs. */
const patienceMs = 120_000;
const excerptBytes = 300;

/** Has the patrol that runs call an operation, or some of those of an incident, once and now. */
export function checkNow(context: CliContext, what: string, flags: Flags): Promise<number> {
  const { terminal } = context;
  const { err, say } = terminal;
  if (flags.document !== undefined) {
    err(say('now.noDocument'), say('now.checkDocument', { command: `apipatrol check ${flags.document}` }));
    return Promise.resolve(exitCode.cannotRun);
  }
  return withApi(
    context,
    flags,
    async (api, { services }) => {
      const known = services.map(({ name }) => name);
      if (known.length > 0 && lacksService(flags, known, terminal)) return exitCode.cannotRun;
      const id = what.replace(/^#/, '');
      const called = /^\w{4}$/.test(id)
        ? await callIncident(api, id.toUpperCase())
        : await callOperation(api, what, flags, terminal);
      if (called === undefined) return exitCode.cannotRun;
      if (flags.json === true) printJson(terminal, { results: called });
      else for (const one of cleanTexts(called)) print(one, terminal);
      return called.some(({ result }) => result.verdict === 'fail' || result.verdict === 'blocked')
        ? exitCode.failed
        : exitCode.pass;
    },
    { needsPatrol: true, patienceMs },
  );
}

async function callIncident(api: Api, id: string): Promise<readonly Called[]> {
  const { results } = await api.call(checkIncident, { params: { id } });
  return results.map(({ operation, label, service, result }) => ({
    id: operation,
    operation: label,
    service,
    result,
  }));
}

/** `undefined` when it is said which operations there are. */
async function callOperation(
  api: Api,
  what: string,
  flags: Flags,
  terminal: Terminal,
): Promise<readonly Called[] | undefined> {
  const { items } = await api.call(listOperations);
  const all = items.map(({ id, service, method, path }) => ({ id, service, operation: `${method} ${path}` }));
  const found = matching(all, what, flags.service?.[0]);
  const [one] = found;
  if (one === undefined || found.length > 1) {
    const command = (...words: readonly string[]) => commandLine(flags, 'check', '--now', ...words);
    sayWhich(terminal, what, { found, all, command, run: commandLine(flags, 'run') });
    return undefined;
  }
  return [{ ...one, result: await api.call(checkOperation, { params: { id: one.id } }) }];
}

function print({ operation, service, result }: Called, { out, say }: Terminal): void {
  const { verdict, reason, phases, status, evidence } = result;
  const answered = status === undefined ? '' : ` HTTP ${status}`;
  const why = reason.code === 'none' ? '' : ` ${reason.message}`;
  out(
    `${verdictColor[verdict](say(`verdict.${verdict}`))} ${pc.bold(operation)} ${pc.dim(service)}${answered} ${pc.dim(formatMs(phases.totalMs))}${why}`,
  );
  if (evidence?.excerpt !== undefined)
    out(`  ${say('cli.saysItself', { text: flat(ellipsize(evidence.excerpt, excerptBytes)) })}`);
}
