import os from 'node:os';

/** Who does it, for the audit: `cli:zhangsan`. */
export function author(env: NodeJS.ProcessEnv): string {
  try {
    return `cli:${env['SUDO_USER'] ?? os.userInfo().username}`;
  } catch {
    // A container may run under a number that has no name.
    return `cli:${process.getuid?.() ?? 'unknown'}`;
  }
}
