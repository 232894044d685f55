import os from 'node:os';

/** Who does it, for the audit. */
export function osUser(env: NodeJS.ProcessEnv): string {
  try {
    return env['SUDO_USER'] ?? os.userInfo().username;
  } catch {
    // A container may run under a number that has no name.
    return String(process.getuid?.() ?? 'unknown');
  }
}
