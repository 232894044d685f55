import { readFileSync, statSync } from 'node:fs';

/** What has locks on these files and is not this process: `sqlite3 (4711)`. `undefined` where nothing shows it (all but Linux). */
export function lockHolder(files: readonly string[]): string | undefined {
  try {
    const inodes = new Set(files.flatMap(inodeOf));
    // `1: POSIX  ADVISORY  WRITE 4711 fd:00:2493 0 EOF` (proc_locks(5)).
    const rows = readFileSync('/proc/locks', 'utf8').matchAll(
      /^\d+: POSIX .* (\d+) \w+:\w+:(\d+) \d+ \w+$/gm,
    );
    const held = [...rows].filter(([, pid, inode = '']) => inodes.has(inode) && Number(pid) !== process.pid);
    const names = held.flatMap(([, pid = '']) => nameOf(pid));
    return names.length === 0 ? undefined : [...new Set(names)].join(', ');
  } catch {
    return undefined;
  }
}

function inodeOf(file: string): readonly string[] {
  const inode = statSync(file, { throwIfNoEntry: false })?.ino;
  return inode === undefined ? [] : [String(inode)];
}

function nameOf(pid: string): readonly string[] {
  try {
    return [`${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()} (${pid})`];
  } catch {
    // It has just ended, or is in another container.
    return [];
  }
}
