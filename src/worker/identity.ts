import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { JWK } from 'jose';
import { z } from 'zod';

/** By what a worker is known to the servers of its patrol. */
export interface WorkerIdentity {
  readonly id: string;
  readonly secret: string;
  readonly location: string;
  readonly privateKey: JWK;
}

/** In the place of the id, until a server has given one. */
export const notJoined = '-';

const shape = z.object({
  id: z.string().min(1),
  secret: z.string().min(1),
  location: z.string().min(1),
  privateKey: z.record(z.string(), z.string()),
});

/** `undefined`: it has not joined yet. Rejects when there is a file and it is no identity. */
export async function readIdentity(file: string): Promise<WorkerIdentity | undefined> {
  try {
    const identity = shape.parse(JSON.parse(await readFile(file, 'utf8')));
    return identity.id === notJoined ? undefined : identity;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** For this user alone. */
export async function keepIdentity(file: string, identity: WorkerIdentity): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.new`;
  await writeFile(draft, `${JSON.stringify(identity)}\n`, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, file);
}
