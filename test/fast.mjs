import { spawn } from 'node:child_process';

/**
 * The inner loop: both programs' types are checked while the units run, which leave a core idle as they begin. What the types
 * complain about is printed in one piece; any of them that fails is a failure.
 */
const types = (project, kept) =>
  ended(['tsc', '-p', project, '--incremental', '--tsBuildInfoFile', kept], 'pipe');

const ends = await Promise.all([
  types('tsconfig.json', '.cache/program.tsbuildinfo'),
  types('web/tsconfig.json', '.cache/page.tsbuildinfo'),
  ended(['vitest', 'run', '--project', 'unit', ...process.argv.slice(2)], 'inherit'),
]);
for (const { said } of ends) process.stdout.write(said);
process.exitCode = ends.every(({ code }) => code === 0) ? 0 : 1;

/** npm puts `node_modules/.bin` on the path of its scripts. */
function ended([command, ...args], output) {
  const child = spawn(command, args, {
    stdio: ['ignore', output, output],
    shell: process.platform === 'win32',
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk));
  return new Promise((resolve) => {
    child.on('error', ({ message }) => resolve({ code: 1, said: `${command}: ${message}\n` }));
    child.on('close', (code) => resolve({ code, said }));
  });
}
