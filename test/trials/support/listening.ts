import { once } from 'node:events';
import type { Server } from 'node:net';

/** Below those that the system gives out by itself: nobody takes the port of a server that is down for a while. */
const [lowest, highest] = [20_000, 32_000];

/** Lets the server listen on the loopback: on this port, or on one that is free. */
export async function listen(server: Server, port?: number): Promise<number> {
  for (let attempt = 0; ; attempt++) {
    const chosen = port ?? lowest + Math.floor(Math.random() * (highest - lowest));
    try {
      server.listen(chosen, '127.0.0.1');
      await once(server, 'listening');
      return chosen;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || attempt > 20) throw error;
    }
  }
}
