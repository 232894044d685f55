import { pc } from '../paint.ts';
import type { LoginReading } from '../../model/sign-in.ts';
import { isObject } from '../../model/json.ts';
import type { Check } from '../../model/check.ts';
import type { Settings } from '../../model/settings.ts';
import type { BuiltParts } from '../../app/composition.ts';
import { wallTime } from '../../lib/time/clock.ts';
import { type ProvenTrial, trySignIn } from '../../app/sign-in.ts';
import { forgetTokens } from '../../server/api/access.ts';
import { retrySignIn } from '../../server/api/credentials.ts';
import { withApi } from '../api/with-api.ts';
import {
  type AddCommand,
  type CliContext,
  configOption,
  examples,
  jsonOption,
  loadOrExplain,
} from '../command.ts';
import { interruptible, withParts } from '../oneshot.ts';
import { exitCode, printJson, type Terminal, verdictColor } from '../output.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
}

/** How trying one credential went. */
interface Trial extends ProvenTrial {
  readonly credential: string;
  readonly scheme: string;
  /** An operation has taken it and would not go without. */
  readonly ok: boolean;
}

export const authCommand: AddCommand = (program, context) => {
  const { say } = context.terminal;
  const auth = program.command('auth').description(say('help.auth.does'));
  auth
    .command('test')
    .argument('[name]', say('option.credential'))
    .description(say('help.auth.testDoes'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addHelpText(
      'after',
      `\n${say('help.auth.testMore')}\n\n${examples(context, 'auth test', 'auth test orders --json')}`,
    )
    .action(async (name: string | undefined, flags: Flags) =>
      context.finish(await testCredentials(context, name, flags)),
    );
  auth
    .command('retry')
    .argument('<name>', say('option.credential'))
    .description(say('help.auth.retryDoes'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addHelpText('after', `\n${examples(context, 'auth retry orders')}`)
    .action(async (name: string, flags: Flags) => context.finish(await retry(context, name, flags)));
  auth
    .command('clear')
    .argument('[name]', say('option.credential'))
    .description(say('help.auth.clearDoes'))
    .addOption(configOption(context))
    .addOption(jsonOption(context))
    .addHelpText('after', `\n${examples(context, 'auth clear orders')}`)
    .action(async (name: string | undefined, flags: Flags) =>
      context.finish(await clearTokens(context, name, flags)),
    );
};

async function testCredentials(context: CliContext, name: string | undefined, flags: Flags): Promise<number> {
  const loaded = await loadOrExplain(context, flags);
  if (loaded === undefined || !isKnown(context, loaded.config.settings, name)) return exitCode.cannotRun;
  const { settings } = loaded.config;
  const names = name === undefined ? Object.keys(settings.credentials) : [name];
  const signal = interruptible();
  const trials = await withParts(context, loaded, async (parts) => {
    const checks = await plannedChecks(parts, settings, signal);
    const tried: Trial[] = [];
    for (const credential of names) {
      const trial = await trySignIn(parts, settings, credential, checks, signal);
      const scheme = settings.credentials[credential]?.scheme ?? '';
      tried.push({ credential, scheme, ok: trial.verdict === 'verified', ...trial });
    }
    return tried;
  });
  if (flags.json === true) printJson(context.terminal, trials);
  else
    for (const trial of trials) {
      printTrial(context.terminal, trial);
      if (!saysEnd(settings, trial.credential)) printLife(context.terminal, trial);
    }
  if (signal.aborted) return exitCode.interrupted;
  return trials.some(({ verdict }) => verdict === 'refused') ? exitCode.failed : exitCode.pass;
}

/** Explains itself when `name` is none of the configured credentials. */
function isKnown({ terminal }: CliContext, { credentials }: Settings, name: string | undefined): boolean {
  const names = Object.keys(credentials);
  if (name === undefined ? names.length > 0 : names.includes(name)) return true;
  const { say, err } = terminal;
  err(
    name === undefined ? say('auth.noneConfigured') : say('auth.unknown', { name }),
    names.length === 0 ? say('auth.addOne') : say('auth.configuredAre', { names }),
  );
  return false;
}

async function plannedChecks(
  parts: BuiltParts,
  settings: Settings,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  const { documents } = await parts.scanner.scan(settings.services, signal);
  return (await parts.plan(documents, settings)).checks;
}

const marks = { verified: pc.green('✓'), refused: pc.red('✗'), 'not verified': pc.yellow('?') } as const;

function printTrial(terminal: Terminal, trial: Trial): void {
  const { credential, scheme, verdict, why, steps, call, reading } = trial;
  const { out, say, inWords } = terminal;
  const told = say('proof.told', {
    credential: pc.bold(credential),
    scheme: pc.dim(scheme),
    verdict: say(`proof.${verdict}`),
    why,
  });
  out(`${marks[verdict]} ${told}`);
  for (const step of steps) {
    out(`  ${step.ok ? pc.green('✓') : pc.red('✗')} ${inWords(step.title)}`);
    for (const line of step.details) out(pc.dim(`      ${inWords(line)}`));
  }
  if (verdict === 'refused' && call === undefined && reading !== undefined) printReading(terminal, reading);
  if (call === undefined) return;
  const { operation, service, result } = call;
  const { status } = result;
  const answer = status === undefined ? '' : say('proof.answered', { status });
  const judged = verdictColor[result.verdict](say(`verdict.${result.verdict}`));
  out(
    `  ${marks[verdict]} ${operation} ${pc.dim(service)}${answer} ${judged} ${inWords(result.reason.message)}`,
  );
}

/** Whether the configuration says when its token ends. */
function saysEnd({ credentials }: Settings, name: string): boolean {
  const options = credentials[name]?.options;
  return isObject(options) && ['expiresIn', 'expiresAt', 'ttl'].some((key) => options[key] !== undefined);
}

function printLife({ out, say }: Terminal, { reading }: Trial): void {
  if (reading?.expiresIn === undefined) return;
  out(`  ${pc.yellow('→')} ${say('auth.lifeIsAt', { path: reading.expiresIn })}`);
}

/** What a person would look for in the answer of a login that was not understood. */
function printReading({ out, say }: Terminal, { shown, token }: LoginReading): void {
  out(`  ${say('auth.answered')}`);
  for (const line of shown.split('\n')) out(pc.dim(`      ${line}`));
  const path = typeof token === 'string' || token === undefined ? token : JSON.stringify(token);
  if (path !== undefined) out(`  ${pc.yellow('→')} ${say('auth.tokenIsAt', { path })}`);
}

function clearTokens(context: CliContext, name: string | undefined, flags: Flags): Promise<number> {
  return withApi(context, flags, async (api) => {
    const { cleared } = await api.call(forgetTokens, {
      body: { credential: name },
    });
    if (flags.json === true) printJson(context.terminal, { cleared });
    else context.terminal.out(context.terminal.say('auth.cleared', { n: cleared }));
    return exitCode.pass;
  });
}

/** As long as a sign-in may take. */
const signInMs = 60_000;

function retry(context: CliContext, name: string, flags: Flags): Promise<number> {
  const { out, err, say } = context.terminal;
  return withApi(
    context,
    flags,
    async (api, { timeZone }) => {
      const { ok, message = '', hint, nextTryAt } = await api.call(retrySignIn, { params: { name } });
      if (flags.json === true) printJson(context.terminal, { ok, message, hint, nextTryAt });
      else if (ok) out(say('auth.retried', { name }));
      else {
        err(say('auth.retryFailed', { name, why: message }), hint);
        if (nextTryAt !== undefined) out(say('auth.nextTry', { time: wallTime(timeZone)(nextTryAt) }));
      }
      return ok ? exitCode.pass : exitCode.failed;
    },
    { needsPatrol: true, patienceMs: signInMs },
  );
}
