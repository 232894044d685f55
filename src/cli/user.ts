import { userInfo } from 'node:os';
import { text as readAll } from 'node:stream/consumers';
import * as prompts from '@clack/prompts';
import { Option } from 'commander';
import pc from 'picocolors';
import { systemClock } from '../kit/clock.ts';
import type { Store } from '../store/store.ts';
import { hashPassword } from '../server/access/password.ts';
import { type AddCommand, type CliContext, configOption, jsonOption, loadOrExplain } from './command.ts';
import { exitCode, printJson, table } from './output.ts';
import { openOrExplain } from './stored.ts';

interface Flags {
  readonly config: string;
  readonly role: 'viewer' | 'operator' | 'admin';
  readonly source?: readonly string[];
  readonly json?: boolean;
}

const shortestPassword = 10;

export const userCommand: AddCommand = (program, context) => {
  const user = program.command('user').description('who may sign in to the page of apipatrol serve');
  user
    .command('add')
    .description('add a user, or give one another password; asks for it, or reads it from stdin')
    .argument('<name>', 'what is typed to sign in')
    .addOption(configOption())
    .addOption(
      new Option('--role <role>', 'what the user may do')
        .choices(['viewer', 'operator', 'admin'])
        .default('viewer'),
    )
    .option('--source <name...>', 'the role is for these sources alone')
    .addHelpText('after', '\nExample:\n  $ apipatrol user add zhangsan --role operator')
    .action(async (name: string, flags: Flags) => context.finish(await add(context, name, flags)));
  user
    .command('remove')
    .description('remove a user; sessions of the user end')
    .argument('<name>', 'the user')
    .addOption(configOption())
    .action(async (name: string, flags: Flags) => context.finish(await remove(context, name, flags)));
  user
    .command('list')
    .description('users of the store and of the configuration')
    .addOption(configOption())
    .addOption(jsonOption())
    .action(async (flags: Flags) => context.finish(await list(context, flags)));
  user
    .command('hash')
    .description('the hash of a password, for server.signIn.users of the configuration')
    .action(async () => {
      const password = await askPassword(context);
      if (password === undefined) return context.finish(exitCode.cannotRun);
      context.terminal.out(await hashPassword(password));
      context.finish(exitCode.pass);
    });
};

async function add(context: CliContext, name: string, flags: Flags): Promise<number> {
  return withPeople(context, flags, async (store) => {
    const password = await askPassword(context);
    if (password === undefined) return exitCode.cannotRun;
    const at = systemClock.now();
    const before = await store.people.account(name);
    await store.people.putAccount({
      name,
      role: flags.role,
      password: await hashPassword(password),
      createdAt: before?.createdAt ?? at,
      ...(flags.source === undefined ? {} : { sources: flags.source }),
    });
    await store.people.endSessions(name);
    const action = before === undefined ? 'add-user' : 'change-user';
    await store.desk.note({ at, by: actor(), action, subject: `user ${name}`, note: flags.role });
    context.terminal.out(`${pc.green('✓')} ${name} may sign in as ${flags.role}`);
    return exitCode.pass;
  });
}

async function remove(context: CliContext, name: string, flags: Flags): Promise<number> {
  return withPeople(context, flags, async (store) => {
    if (!(await store.people.removeAccount(name))) {
      context.terminal.err(
        `there is no user ${name} in the store\n  → apipatrol user list shows who there is.`,
      );
      return exitCode.cannotRun;
    }
    const at = systemClock.now();
    await store.desk.note({ at, by: actor(), action: 'remove-user', subject: `user ${name}` });
    context.terminal.out(`${pc.green('✓')} ${name} may not sign in any more`);
    return exitCode.pass;
  });
}

async function list(context: CliContext, flags: Flags): Promise<number> {
  return withPeople(context, flags, async (store, written) => {
    const users = [
      ...written.map(({ name, role }) => ({ name, role, from: 'config' })),
      ...(await store.people.accounts()).map(({ name, role }) => ({ name, role, from: 'store' })),
    ];
    if (flags.json === true) printJson(context.terminal, { users });
    else if (users.length === 0) context.terminal.out('nobody; apipatrol user add NAME adds somebody');
    else {
      const rows = users.map(({ name, role, from }) => [name, role, from]);
      context.terminal.out(table(['name', 'role', 'from'], rows));
    }
    return exitCode.pass;
  });
}

function actor(): string {
  return `cli:${userInfo().username}`;
}

/** Also while a daemon runs on the same store. */
async function withPeople(
  context: CliContext,
  flags: Flags,
  work: (
    store: Store,
    written: readonly { readonly name: string; readonly role: string }[],
  ) => Promise<number>,
): Promise<number> {
  const loaded = await loadOrExplain(context, flags);
  if (loaded === undefined) return exitCode.cannotRun;
  const { settings } = loaded.config;
  return openOrExplain(context, loaded, { path: settings.store.path }, (store) =>
    work(store, settings.server.signIn?.users ?? []),
  );
}

/** From the terminal without showing it, else the first line of stdin; `undefined` after saying what is wrong. */
async function askPassword({ terminal }: CliContext): Promise<string | undefined> {
  if (!terminal.interactive) {
    const [line = ''] = (await readAll(process.stdin)).split(/\r?\n/);
    if (line.length >= shortestPassword) return line;
    terminal.err(
      `the password is shorter than ${shortestPassword} characters\n  → Give it on the first line of stdin.`,
    );
    return undefined;
  }
  const password = await prompts.password({
    message: 'Password',
    validate: (text) =>
      (text ?? '').length < shortestPassword ? `at least ${shortestPassword} characters` : undefined,
  });
  return prompts.isCancel(password) ? undefined : password;
}
