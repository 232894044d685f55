import { sentence } from '../../messages/sentence.ts';
import { pc } from '../paint.ts';
import type { TrialStep } from '../../auth/trial.ts';
import type { Check, OutgoingRequest } from '../../model/check.ts';
import type { Settings } from '../../model/settings.ts';
import type { BuiltParts } from '../../app/composition.ts';
import { wallTime } from '../../lib/time/clock.ts';
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
import { refusesCaller } from '../../auth/account-verdict.ts';
import { exactJsonOf } from '../../lib/json/json-of.ts';
import type { Json } from '../../model/json.ts';
import { isRefusal, type Result } from '../../model/result.ts';
import type { Sentence } from '../../model/sentence.ts';

interface Flags {
  readonly config: string;
  readonly json?: boolean;
}

/** How trying one credential went. */
interface Trial extends Proof {
  readonly credential: string;
  readonly scheme: string;
  /** An operation has taken it and would not go without. */
  readonly ok: boolean;
  readonly steps: readonly TrialStep[];
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
    for (const one of names) tried.push(await tryOne(parts, settings, one, checks, signal));
    return tried;
  });
  if (flags.json === true) printJson(context.terminal, trials);
  else for (const trial of trials) printTrial(context.terminal, trial);
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

/** Signs in and, when that went well, calls operations that need it. */
async function tryOne(
  parts: BuiltParts,
  settings: Settings,
  credential: string,
  checks: readonly Check[],
  signal: AbortSignal,
): Promise<Trial> {
  const scheme = settings.credentials[credential]?.scheme ?? '';
  const own = checks.filter((one) => one.credential === credential && one.repeatable);
  const steps = await parts.tokens.test(credential, own[0]?.request ?? anywhere(settings), signal);
  const signed = steps.at(-1)?.ok === true;
  const proof: Proof = signed
    ? await proofOf(parts, settings, own, signal)
    : { verdict: 'refused', why: sentence('proof.nothingSigned') };
  return { credential, scheme, ok: proof.verdict === 'verified', ...proof, steps };
}

/** For a credential that no operation needs yet. */
function anywhere({ services }: Settings): OutgoingRequest {
  const url = services.find(({ baseUrl }) => baseUrl !== undefined)?.baseUrl ?? 'https://service.example/';
  return { method: 'GET', url, headers: {} };
}

const marks = { verified: pc.green('✓'), refused: pc.red('✗'), 'not verified': pc.yellow('?') } as const;

function printTrial(terminal: Terminal, { credential, scheme, verdict, why, steps, call }: Trial): void {
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
  if (call === undefined) return;
  const { operation, service, result } = call;
  const { status } = result;
  const answer = status === undefined ? '' : say('proof.answered', { status });
  const judged = verdictColor[result.verdict](say(`verdict.${result.verdict}`));
  out(
    `  ${marks[verdict]} ${operation} ${pc.dim(service)}${answer} ${judged} ${inWords(result.reason.message)}`,
  );
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

/** What real operations say of a credential. Only one that they take, and refuse to go without, is a good one. */
interface Proof {
  readonly verdict: 'verified' | 'refused' | 'not verified';
  /** For a person. */
  readonly why: Sentence;
  /** The call that tells, absent when there is none to make. */
  readonly call?: { readonly operation: string; readonly service: string; readonly result: Result };
}

/** Beyond these, those that anybody may call are told apart from the others by hand. */
const mostTried = 3;

/** Calls operations that need the credential with and without it, until one tells. */
async function proofOf(
  parts: BuiltParts,
  { graceMs }: Settings,
  checks: readonly Check[],
  signal: AbortSignal,
): Promise<Proof> {
  let last: Proof = {
    verdict: 'not verified',
    why: sentence('proof.noOperation'),
  };
  for (const check of checks.slice(0, mostTried)) {
    const signed = await called(parts, check, graceMs, signal);
    if (signed === undefined) break;
    last = { ...(await judged(parts, check, signed, graceMs, signal)), call: callOf(check, signed) };
    if (last.verdict !== 'not verified') break;
  }
  return last;
}

async function judged(
  parts: BuiltParts,
  check: Check,
  signed: Called,
  graceMs: number,
  signal: AbortSignal,
): Promise<Proof> {
  if (isRefused(signed)) return { verdict: 'refused', why: refusalOf(check, signed) };
  if (!isTaken(signed)) return { verdict: 'not verified', why: sentence('proof.operationUnwell') };
  const { credential: _, ...without } = check;
  const expectations = check.expectations.filter(({ kind }) => kind !== 'anonymous');
  const anonymous = await called(parts, { ...without, expectations }, graceMs, signal);
  if (anonymous !== undefined && isRefused(anonymous))
    return { verdict: 'verified', why: sentence('proof.refusedWithout') };
  const answered = anonymous !== undefined && isTaken(anonymous);
  const why = sentence(answered ? 'proof.answeredWithout' : 'proof.withoutUnclear');
  return { verdict: 'not verified', why };
}

interface Called {
  readonly result: Result;
  readonly body: Json | undefined;
}

async function called(
  { engine }: BuiltParts,
  check: Check,
  graceMs: number,
  signal: AbortSignal,
): Promise<Called | undefined> {
  let body: Json | undefined;
  const reader = {
    wants: () => true,
    observe(_: Check, json: Json) {
      body = json;
    },
  };
  const [result] = await engine.run([check], { signal, graceMs, confirmAfterMs: [], reader });
  if (result === undefined) return undefined;
  return { result, body: body ?? exactJsonOf(result.evidence?.excerpt ?? '') };
}

function callOf({ operation, service }: Check, { result }: Called) {
  return { operation, service, result };
}

function isRefused({ result, body }: Called): boolean {
  const { status, reason, verdict } = result;
  const byStatus = status === 401 || status === 403 || isRefusal(reason.code);
  return byStatus || verdict === 'blocked' || refusesCaller(body ?? null);
}

function isTaken({ result: { status = 0 } }: Called): boolean {
  return status >= 200 && status < 300;
}

function refusalOf({ otherHeader: header }: Check, signed: Called): Sentence {
  const why = refusalIn(signed);
  const setting = `send: { name: ${header} }`;
  return header === undefined ? why : sentence('proof.tokenElsewhere', { why, header, setting });
}

function refusalIn({ result: { reason, status: answered }, body }: Called): Sentence {
  const status = answered ?? '';
  if (refusesCaller(body ?? null)) return sentence('proof.callerNotTaken', { status });
  return reason.message === '' ? `HTTP ${status}` : reason.message;
}
