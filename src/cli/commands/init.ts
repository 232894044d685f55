import { existsSync } from 'node:fs';
import path from 'node:path';
import * as prompts from '@clack/prompts';
import { Option } from 'commander';
import { pc } from '../paint.ts';
import { Redactor } from '../../lib/secrets/secret.ts';
import { schemes } from '../../auth/schemes/registry.ts';
import { builtIn } from '../../config/registries.ts';
import { complaintOf } from '../../config/validation/issues.ts';
import type { Sentence } from '../../model/sentence.ts';
import { addressedTitles, webhook } from '../../config/schema/messages.ts';
import {
  configTemplate,
  schemaReference,
  type TemplateAnswers,
  usualAddress,
  variablesIn,
} from '../../config/template.ts';
import { type AddCommand, type CliContext, commandLine, examples } from '../command.ts';
import { configFromFlags } from '../document-config.ts';
import { withParts } from '../oneshot.ts';
import { exitCode, printProblems } from '../output.ts';
import { writeText } from '../written.ts';
import { typedAddress } from '../../config/typed-address.ts';
import { nameFromTitle } from '../../config/docs-place.ts';
import type { Document } from '../../model/document.ts';
import type { Problem } from '../../model/problem.ts';
import type { SignInProposal } from '../../model/sign-in.ts';
import type { Say } from '../words.ts';

interface Flags {
  readonly docs?: string;
  readonly webhook?: string;
  readonly auth?: string;
  readonly output: string;
  readonly force?: boolean;
  readonly yes?: boolean;
}

type Answers = Omit<TemplateAnswers, 'schema'>;

const defaultDocs = './docs/**/*.{yaml,yml,json,md}';

export const initCommand: AddCommand = (program, context) => {
  const { language, say } = context.terminal;
  program
    .command('init')
    .description(say('help.init.does'))
    .option('--docs <place>', say('help.init.docs'))
    .option('--webhook <address>', say('help.init.webhook', { titles: addressedTitles(builtIn, language) }))
    .addOption(
      new Option('--auth <scheme>', say('help.init.auth')).choices([
        'none',
        ...schemes.map(({ kind }) => kind),
      ]),
    )
    .option('-o, --output <file>', say('option.outputFile'), 'apipatrol.yaml')
    .option('--force', say('help.init.force'))
    .option('-y, --yes', say('help.init.yes'))
    .addHelpText(
      'after',
      `\n${examples(
        context,
        'init',
        'init --docs http://localhost:8080/v3/api-docs --webhook "$WECOM_WEBHOOK" --yes',
      )}`,
    )
    .action(async (flags: Flags) => context.finish(await init(context, flags)));
};

async function init(context: CliContext, flags: Flags): Promise<number> {
  const { terminal, cwd } = context;
  const { say } = terminal;
  const file = path.resolve(cwd, flags.output);
  if (existsSync(file) && flags.force !== true) {
    terminal.err(say('init.exists', { file: flags.output }), say('init.editIt'));
    return exitCode.cannotRun;
  }
  if (flags.yes !== true && !terminal.interactive) {
    terminal.err(say('init.noTerminal'), say('init.giveFlags'));
    return exitCode.cannotRun;
  }
  const wrong = webhookProblem(flags.webhook);
  if (wrong !== undefined) {
    terminal.err(
      `--webhook ${terminal.inWords(wrong)}`,
      say('init.copyAddress', { expression: '${env:NAME}' }),
    );
    return exitCode.cannotRun;
  }
  const folder = path.dirname(file);
  const found =
    flags.yes === true
      ? await lookedUp(fromFlags(flags), context, folder)
      : await ask(flags, context, folder);
  if (found === undefined) return exitCode.interrupted;
  const { given, seen } = found;
  const answers = { ...given, name: seen?.name, ...fromEnvironment(given, context) };
  const text = configTemplate({ ...answers, schema: schemaReference(folder) });
  // It may hold the webhook, with which anybody could post into the group.
  await writeText(cwd, flags.output, text, { flag: flags.force === true ? 'w' : 'wx', mode: 0o600 });
  terminal.out(`${pc.green('✓')} ${say('init.wrote', { file: flags.output })}`);
  if (seen !== undefined) sayFound(context, seen, String(given.docs));
  sayNext(context, flags.output, text);
  return exitCode.pass;
}

/** What is wrong with an address that was given as it is; the value itself is a secret and not repeated. */
function webhookProblem(address: string | undefined): Sentence | undefined {
  if (address === undefined || address === '' || address.includes('${')) return undefined;
  const issue = webhook(builtIn).safeParse(address).error?.issues[0];
  return issue === undefined ? undefined : complaintOf(issue);
}

/** Shorter than any address or key: it is in the environment by chance. */
const addressMin = 16;

/** What the shell has filled in from a variable is written as that again: it is a secret. */
function fromEnvironment({ webhook: given = '' }: Answers, { env }: CliContext): Pick<Answers, 'webhook'> {
  if (given.length < addressMin) return {};
  const variable = Object.keys(env).find((name) => env[name] === given && /^\w+$/.test(name));
  return variable === undefined ? {} : { webhook: `\${env:${variable}}` };
}

const patienceMs = 15_000;

/** What stands where the documents are said to be. */
interface Seen {
  readonly documents: readonly Document[];
  readonly problems: readonly Problem[];
  /** What the documents call the service. */
  readonly name: string | undefined;
  readonly signIns: readonly SignInProposal[];
}

/** What was answered, and what stands at the address of it. */
interface Found {
  readonly given: Answers;
  readonly seen: Seen | undefined;
}

async function lookedUp(given: Answers, context: CliContext, folder: string): Promise<Found> {
  const docs = typeof given.docs === 'string' ? typedAddress(given.docs, folder) : given.docs;
  return { given: { ...given, docs }, seen: await lookAt(context, folder, docs) };
}

/** Reads the documents once, so that a slip in the address shows now; nothing is called, and nothing fails. */
async function lookAt(context: CliContext, folder: string, docs: Answers['docs']): Promise<Seen | undefined> {
  if (typeof docs !== 'string' || docs.includes('${')) return undefined;
  const config = await configFromFlags({ document: docs }, folder);
  if (!config.ok) return undefined;
  const { settings } = config;
  const loaded = { file: folder, config, redactor: new Redactor() };
  return withParts({ ...context, cwd: folder }, loaded, async (parts) => {
    const { documents, problems } = await parts.scanner.scan(
      settings.services,
      AbortSignal.timeout(patienceMs),
    );
    const [named] = documents.map(({ title }) => nameFromTitle(title));
    const name = documents.length === 1 ? named : undefined;
    return { documents, problems, name, signIns: parts.signIns(documents, settings) };
  });
}

function sayFound({ terminal }: CliContext, { documents, problems }: Seen, place: string): void {
  const { say } = terminal;
  for (const { title, format, operations } of documents)
    terminal.out(
      `  ${say('init.found', { title: pc.bold(title), operations: say('cli.operations', { n: operations.length }), format })}`,
    );
  printProblems(
    terminal,
    problems.map((problem) => ({ ...problem, level: 'warning' })),
  );
  if (documents.length > 0) return;
  // One that may not be read stands where it was looked for.
  const isThere = problems.some(({ code }) => code === 'document-unauthorized');
  terminal.err(
    `  ${say('init.noDocument', { place })}`,
    say(isThere ? 'init.signInToDocs' : 'init.correctDocs'),
  );
}

function fromFlags({ docs = defaultDocs, webhook, auth = 'none' }: Flags): Answers {
  return {
    docs,
    webhook,
    ...credentialOf(auth),
  };
}

function credentialOf(auth: string): Pick<Answers, 'credential'> {
  return auth === 'none' ? {} : { credential: { scheme: auth } };
}

/** `undefined` when it was broken off; nothing is asked any more then. */
async function ask(flags: Flags, context: CliContext, folder: string): Promise<Found | undefined> {
  const { language, say, inWords } = context.terminal;
  prompts.intro('apipatrol');
  const docs = await prompts.text({
    message: say('init.whereDocs'),
    placeholder: defaultDocs,
    defaultValue: defaultDocs,
    initialValue: flags.docs ?? '',
  });
  if (prompts.isCancel(docs)) return brokenOff(say);
  const webhook = await prompts.text({
    message: say('init.whichAddress', { titles: addressedTitles(builtIn, language) }),
    placeholder: usualAddress,
    defaultValue: usualAddress,
    initialValue: flags.webhook ?? '',
    validate: (address) => {
      const wrong = webhookProblem(address);
      return wrong === undefined ? undefined : inWords(wrong);
    },
  });
  if (prompts.isCancel(webhook)) return brokenOff(say);
  const { given, seen } = await lookedUp({ docs, webhook }, context, folder);
  const signIns = seen?.signIns ?? [];
  const titleOf = (kind: string) => schemes.find((one) => one.kind === kind)?.title[language];
  const auth = await prompts.select({
    // The keys that the library names itself are English.
    message: `${say('init.howSignIn')} ${pc.dim(say('init.keys'))}`,
    showInstructions: false,
    initialValue: flags.auth ?? (signIns.length === 0 ? 'none' : proposed(0)),
    options: [
      ...signIns.map(({ operation, securityScheme, scheme }, index) => ({
        value: proposed(index),
        label: say('init.asDocument', { way: operation ?? securityScheme ?? scheme }),
        hint: titleOf(scheme),
      })),
      { value: 'none', label: say('init.notAtAll') },
      ...schemes.map(({ kind, title }) => ({ value: kind, label: kind, hint: title[language] })),
    ],
  });
  if (prompts.isCancel(auth)) return brokenOff(say);
  const picked = signIns.find((_, index) => proposed(index) === auth);
  if (picked === undefined) return { given: { ...given, ...credentialOf(auth) }, seen };
  const { scheme, options } = picked;
  return { given: { ...given, credential: { scheme, options } }, seen };
}

/** No scheme is called so. */
const proposed = (index: number): string => `document ${index}`;

function brokenOff(say: Say): undefined {
  prompts.cancel(say('init.nothingWritten'));
}

function sayNext({ terminal, env }: CliContext, output: string, text: string): void {
  const missing = variablesIn(text).filter((name) => env[name] === undefined);
  for (const variable of missing)
    terminal.out(`  ${terminal.say('init.setVariable', { name: pc.bold(variable), variable })}`);
  const command = pc.bold(commandLine({ config: output }, 'scan'));
  terminal.out(terminal.say('cli.next', { command }));
}
