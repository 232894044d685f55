/** The socket lies next to the store, in the folder that is this user's alone. */
export function socketOf(storePath: string): string {
  return storePath.replace(/(?:\.db)?$/, '.sock');
}
