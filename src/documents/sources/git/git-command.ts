/**
 * A repository is input from a stranger: no hooks, no helpers that run a program, no links that lead out, and no way to
 * send us elsewhere, which git would follow to any address.
 */
export const hardened: readonly string[] = [
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'core.symlinks=false',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'http.followRedirects=false',
  '-c',
  'protocol.ext.allow=never',
];

/** Nobody is there to type a password. */
export const quiet = {
  GIT_TERMINAL_PROMPT: '0',
  GIT_ASKPASS: 'true',
  GIT_LFS_SKIP_SMUDGE: '1',
  LC_ALL: 'C',
} as const;
