import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { demoEnvironment, writeDemo } from '../../demo/config.ts';
import { type PatrolProcess, startPatrol } from '../../demo/patrol-process.ts';
import { type DemoSystem, startDemoSystem } from '../../demo/system.ts';
import { isFirstReport, startWecom, type Wecom } from '../../demo/wecom.ts';
import { cli, type Ended } from './cli.ts';

/** The demo system, a WeCom group and a folder with a configuration between them. */
export interface Stage {
  readonly system: DemoSystem;
  readonly wecom: Wecom;
  readonly folder: string;
  readonly config: string;
  /** Runs a command that ends by itself. */
  cli(...args: readonly string[]): Promise<Ended>;
  /** As `cli`, with this in the environment. */
  cliWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ended>;
  /** Starts the daemon. */
  patrol(): PatrolProcess;
  /** Writes the configuration again with more in it. */
  configure(more: Readonly<Record<string, unknown>>): Promise<void>;
  close(): Promise<void>;
}

export async function setStage(): Promise<Stage> {
  const system = await startDemoSystem();
  const wecom = await startWecom({ keepApart: isFirstReport });
  const folder = await mkdtemp(path.join(tmpdir(), 'apipatrol-e2e-'));
  const webhook = wecom.webhook('group');
  const config = await writeDemo(system, folder, { webhook });
  const running: PatrolProcess[] = [];
  return {
    system,
    wecom,
    folder,
    config,
    cli: (...args) => cli(args, { cwd: folder, env: demoEnvironment }),
    cliWith: (env, ...args) => cli(args, { cwd: folder, env: { ...demoEnvironment, ...env } }),
    patrol() {
      const patrol = startPatrol(config, { env: demoEnvironment });
      running.push(patrol);
      return patrol;
    },
    async configure(more) {
      await writeDemo(system, folder, { webhook, more });
    },
    async close() {
      for (const patrol of running) patrol.signal('SIGKILL');
      await Promise.all(running.map(({ exited }) => exited));
      await Promise.all([system.close(), wecom.close()]);
      await rm(folder, { recursive: true });
    },
  };
}
