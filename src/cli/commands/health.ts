import { pc } from '../paint.ts';
import { cleanTexts } from '../../lib/text/clean.ts';
import { isObject } from '../../model/json.ts';
import { socketOf } from '../../server/listen.ts';
import { messageOf } from '../../lib/errors.ts';
import { type ApiAnswer, isListening, overSocket } from '../api/transport.ts';
import {
  type AddCommand,
  type CliContext,
  commandLine,
  configOption,
  examples,
  jsonOption,
} from '../command.ts';
import { loadOrLastGood } from '../last-good.ts';
import { exitCode, printJson } from '../output.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
  readonly ready?: boolean;
}

/** Whoever asks (`HEALTHCHECK`, a probe) waits no longer. */
const patienceMs = 5000;

export const healthCommand: AddCommand = (program, context) => {
  const { say } = context.terminal;
  program
    .command('health')
    .description(say('help.health.does'))
    .addOption(configOption(context))
    .option('--ready', say('help.health.ready'))
    .addOption(jsonOption(context))
    .addHelpText('after', `\n${say('help.health.more')}\n\n${examples(context, 'health --ready')}`)
    .action(async (flags: Flags) => context.finish(await health(context, flags)));
};

async function health(context: CliContext, flags: Flags): Promise<number> {
  const loaded = await loadOrLastGood(context, flags);
  if (loaded === undefined) return exitCode.cannotRun;
  const { terminal } = context;
  const socket = socketOf(loaded.config.settings.store.path);
  if (!(await isListening(socket))) {
    const problem = terminal.say('cli.noPatrolRuns');
    if (flags.json === true) printJson(terminal, { healthy: false, problem });
    else terminal.err(problem, terminal.say('cli.startOne', { command: commandLine(flags, 'run') }));
    return exitCode.failed;
  }
  try {
    const path = flags.ready === true ? '/readyz' : '/healthz';
    const headers = { 'accept-language': terminal.language };
    const answer = await overSocket(socket, patienceMs)({ method: 'GET', path, headers, body: undefined });
    return tell(context, flags, answer);
  } catch (error) {
    const problem = terminal.say('health.noAnswer', { socket, why: messageOf(error) });
    if (flags.json === true) printJson(terminal, { healthy: false, problem });
    else terminal.err(problem);
    return exitCode.failed;
  }
}

function tell({ terminal }: CliContext, flags: Flags, { status, text }: ApiAnswer): number {
  const isHealthy = status === 200;
  const checks = checksIn(text);
  if (flags.json === true) printJson(terminal, { healthy: isHealthy, checks });
  else if (checks === undefined) terminal.out(terminal.say('health.answers'));
  else
    for (const { name, ok, detail } of cleanTexts(checks))
      terminal.out(`${ok ? pc.green('✓') : pc.red('✗')} ${pc.bold(name)}  ${detail}`);
  return isHealthy ? exitCode.pass : exitCode.failed;
}

interface Checked {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

/** As `/readyz` says; `/healthz` has none. */
function checksIn(text: string): readonly Checked[] | undefined {
  const answer: unknown = JSON.parse(text);
  return isObject(answer) && Array.isArray(answer['checks']) ? (answer['checks'] as Checked[]) : undefined;
}
