import { text as readAll } from 'node:stream/consumers';
import * as prompts from '@clack/prompts';
import { Option } from 'commander';
import { pc } from '../paint.ts';
import { hashPassword } from '../../server/access/password.ts';
import {
  type ChangedUser,
  changeUser,
  createUser,
  listUsers,
  removeUser,
  type Token,
} from '../../server/api/access.ts';
import { withApi } from '../api/with-api.ts';
import { type AddCommand, type CliContext, configOption, jsonOption } from '../command.ts';
import { exitCode, printJson, table } from '../output.ts';

interface Flags {
  readonly config: string;
  readonly role: 'viewer' | 'operator' | 'admin';
  readonly service?: readonly string[];
  readonly json?: boolean;
  readonly keepTokens?: boolean;
}

const shortestPassword = 10;

export const userCommand: AddCommand = (program, context) => {
  const user = program.command('user').description('Manage users of the web UI');
  user
    .command('add')
    .description('Add a user or change a password (prompted for, or read from stdin)')
    .argument('<name>', 'User name')
    .addOption(configOption())
    .addOption(
      new Option('--role <role>', 'Role of the user')
        .choices(['viewer', 'operator', 'admin'])
        .default('viewer'),
    )
    .option('--service <name...>', 'Limit the role to these services')
    .addHelpText('after', '\nExample:\n  $ apipatrol user add zhangsan --role operator')
    .action(async (name: string, flags: Flags) => context.finish(await add(context, name, flags)));
  user
    .command('remove')
    .description('Remove a user and end their sessions and API tokens')
    .argument('<name>', 'User name')
    .option('--keep-tokens', 'Keep the API tokens that the user created')
    .addOption(configOption())
    .addHelpText('after', '\nExample:\n  $ apipatrol user remove zhangsan')
    .action(async (name: string, flags: Flags) => context.finish(await remove(context, name, flags)));
  user
    .command('list')
    .description('List users')
    .addOption(configOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample:\n  $ apipatrol user list')
    .action(async (flags: Flags) => context.finish(await list(context, flags)));
  user
    .command('hash')
    .description('Print a password hash for server.signIn.users')
    .addHelpText('after', '\nExample:\n  $ apipatrol user hash < password.txt')
    .action(async () => {
      const password = await askPassword(context);
      if (password === undefined) return context.finish(exitCode.cannotRun);
      context.terminal.out(await hashPassword(password));
      context.finish(exitCode.pass);
    });
};

async function add(context: CliContext, name: string, flags: Flags): Promise<number> {
  return withApi(
    context,
    flags,
    async (api) => {
      const password = await askPassword(context);
      if (password === undefined) return exitCode.cannotRun;
      const { role, service } = flags;
      const services = service === undefined ? undefined : [...service];
      const isThere = (await api.call(listUsers)).items.some((user) => user.name === name);
      if (isThere) {
        const body = { password, role, services: services ?? null };
        sayTokens(context, name, await api.call(changeUser, { params: { name }, body }));
      } else
        await api.call(createUser, {
          body: { name, password, role, ...(services === undefined ? {} : { services }) },
        });
      context.terminal.out(`${pc.green('✓')} ${name} may sign in as ${role}`);
      return exitCode.pass;
    },
    { create: true },
  );
}

async function remove(context: CliContext, name: string, flags: Flags): Promise<number> {
  return withApi(context, flags, async (api) => {
    const keepTokens = flags.keepTokens === true ? 'true' : 'false';
    const tokens = await api.call(removeUser, { params: { name }, query: { keepTokens } });
    context.terminal.out(`${pc.green('✓')} ${name} may not sign in any more`);
    sayTokens(context, name, tokens);
    return exitCode.pass;
  });
}

/** What has become of tokens that somebody made who has lost a right. */
function sayTokens(
  { terminal }: CliContext,
  user: string,
  { revokedTokens, keptTokens }: Pick<ChangedUser, 'revokedTokens' | 'keptTokens'>,
): void {
  const line = ({ name, role, scopes = [] }: Token): string => `${name} (${[role, ...scopes].join(' ')})`;
  for (const token of revokedTokens)
    terminal.out(`  token ${line(token)}, made by ${user}, is good for nothing any more`);
  for (const token of keptTokens)
    terminal.out(
      `  token ${line(token)}, made by ${user}, goes on: DELETE /api/v1/tokens/${token.id}, or Remove on the page, ends it`,
    );
}

async function list(context: CliContext, flags: Flags): Promise<number> {
  return withApi(
    context,
    flags,
    async (api) => {
      const { items } = await api.call(listUsers);
      const users = items.map(({ name, role, from }) => ({ name, role, from }));
      if (flags.json === true) printJson(context.terminal, { users });
      else if (users.length === 0) context.terminal.out('nobody; apipatrol user add NAME adds somebody');
      else {
        const rows = users.map(({ name, role, from }) => [name, role, from]);
        context.terminal.out(table(['name', 'role', 'from'], rows));
      }
      return exitCode.pass;
    },
    { create: true },
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
