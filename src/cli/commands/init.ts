import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as prompts from '@clack/prompts';
import { Option } from 'commander';
import { pc } from '../paint.ts';
import { Redactor } from '../../lib/secrets/secret.ts';
import { schemes } from '../../auth/schemes/registry.ts';
import { builtIn } from '../../config/registries.ts';
import { addressedTitles, webhook } from '../../config/schema/schema-messages.ts';
import {
  configTemplate,
  schemaReference,
  type TemplateAnswers,
  usualAddress,
  variablesIn,
} from '../../config/template.ts';
import { type AddCommand, type CliContext, commandLine } from '../command.ts';
import { configFromFlags } from '../document-config.ts';
import { withParts } from '../oneshot.ts';
import { counted, exitCode, printProblems } from '../output.ts';

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
  program
    .command('init')
    .description('Create a commented apipatrol.yaml from three answers')
    .option('--docs <place>', 'File, folder, glob or URL of the API docs')
    .option('--webhook <address>', `Address of the channel: ${addressedTitles(builtIn).join(', ')}`)
    .addOption(
      new Option('--auth <scheme>', 'How the API authenticates').choices([
        'none',
        ...schemes.map(({ kind }) => kind),
      ]),
    )
    .option('-o, --output <file>', 'File to write', 'apipatrol.yaml')
    .option('--force', 'Overwrite an existing file')
    .option('-y, --yes', 'Ask nothing, accept the defaults')
    .addHelpText(
      'after',
      `
Examples:
  $ apipatrol init
  $ apipatrol init --docs http://localhost:8080/v3/api-docs --webhook "$WECOM_WEBHOOK" --yes`,
    )
    .action(async (flags: Flags) => context.finish(await init(context, flags)));
};

async function init(context: CliContext, flags: Flags): Promise<number> {
  const { terminal, cwd } = context;
  const file = path.resolve(cwd, flags.output);
  if (existsSync(file) && flags.force !== true) {
    terminal.err(
      `${flags.output} is there already\n  → Edit it, name another with --output, or overwrite it with --force.`,
    );
    return exitCode.cannotRun;
  }
  if (flags.yes !== true && !terminal.interactive) {
    terminal.err(
      'init asks questions, and this is not a terminal\n  → Give --docs and --webhook, and --yes.',
    );
    return exitCode.cannotRun;
  }
  const wrong = webhookProblem(flags.webhook);
  if (wrong !== undefined) {
    terminal.err(
      `--webhook ${wrong}\n  → Copy the address from the robot's page in the group, or give '\${env:NAME}'.`,
    );
    return exitCode.cannotRun;
  }
  const given = flags.yes === true ? fromFlags(flags) : await ask(flags);
  if (given === undefined) return exitCode.interrupted;
  const answers = { ...given, ...fromEnvironment(given, context) };
  const text = configTemplate({ ...answers, schema: schemaReference(path.dirname(file)) });
  // It may hold the webhook, with which anybody could post into the group.
  await writeFile(file, text, { flag: flags.force === true ? 'w' : 'wx', mode: 0o600 });
  terminal.out(`${pc.green('✓')} wrote ${flags.output}`);
  await sayFound(context, path.dirname(file), answers.docs);
  sayNext(context, flags.output, text);
  return exitCode.pass;
}

/** What is wrong with an address that was given as it is; the value itself is a secret and not repeated. */
function webhookProblem(address: string | undefined): string | undefined {
  if (address === undefined || address === '' || address.includes('${')) return undefined;
  return webhook(builtIn).safeParse(address).error?.issues[0]?.message;
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

/** Reads the documents once, so that a slip in the address shows now; nothing is called, and nothing fails. */
async function sayFound(context: CliContext, folder: string, docs: Answers['docs']): Promise<void> {
  const { terminal } = context;
  if (typeof docs !== 'string' || docs.includes('${')) return;
  const config = await configFromFlags({ document: docs }, folder);
  if (!config.ok) return;
  const loaded = { file: folder, config, redactor: new Redactor() };
  const { documents, problems } = await withParts({ ...context, cwd: folder }, loaded, (parts) =>
    parts.scanner.scan(config.settings.services, AbortSignal.timeout(patienceMs)),
  );
  for (const { title, format, operations } of documents)
    terminal.out(`  found ${pc.bold(title)}: ${counted(operations.length, 'operation')} (${format})`);
  printProblems(
    terminal,
    problems.map((problem) => ({ ...problem, level: 'warning' })),
  );
  if (documents.length === 0)
    terminal.err(`  no document was found at ${docs}\n  → Correct docs in the file that was written.`);
}

function fromFlags({ docs = defaultDocs, webhook, auth = 'none' }: Flags): Answers {
  return {
    docs,
    ...(webhook === undefined ? {} : { webhook }),
    ...(auth === 'none' ? {} : { credential: { scheme: auth } }),
  };
}

/** `undefined` when it was broken off; nothing is asked any more then. */
async function ask(flags: Flags): Promise<Answers | undefined> {
  prompts.intro('apipatrol');
  const docs = await prompts.text({
    message: 'Where are the interface documents? (file, glob, folder or URL)',
    placeholder: defaultDocs,
    defaultValue: defaultDocs,
    initialValue: flags.docs ?? '',
  });
  if (prompts.isCancel(docs)) return brokenOff();
  const webhook = await prompts.text({
    message: `The address of the group that is told? (${addressedTitles(builtIn).join(', ')}; empty: from $WECOM_WEBHOOK)`,
    placeholder: usualAddress,
    defaultValue: usualAddress,
    initialValue: flags.webhook ?? '',
    validate: webhookProblem,
  });
  if (prompts.isCancel(webhook)) return brokenOff();
  const auth = await prompts.select({
    message: 'How do calls sign in?',
    initialValue: flags.auth ?? 'none',
    options: [
      { value: 'none', label: 'not at all' },
      ...schemes.map(({ kind, summary }) => ({ value: kind, label: kind, hint: summary })),
    ],
  });
  if (prompts.isCancel(auth)) return brokenOff();
  return fromFlags({ ...flags, docs, webhook, auth });
}

function brokenOff(): undefined {
  prompts.cancel('nothing was written');
}

function sayNext({ terminal, env }: CliContext, output: string, text: string): void {
  const missing = variablesIn(text).filter((name) => env[name] === undefined);
  for (const name of missing) terminal.out(`  set ${pc.bold(name)} before the next step: export ${name}=…`);
  terminal.out(`next: ${pc.bold(commandLine({ config: output }, 'scan'))}`);
}
