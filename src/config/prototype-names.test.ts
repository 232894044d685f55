import { describe, expect, it } from 'vitest';
import { problemsOf, settingsOf } from './load.fixture.ts';

const config = (name: string): string => `
services:
  - { name: ${name}, docs: ./orders.yaml, credential: ${name}, params: { ${name}: 1 }, headers: { X-${name}: a } }
credentials:
  ${name}: { scheme: bearer, token: secret-token-1 }
channels:
  ${name}: { kind: wecom-robot, webhook: "https://robot.example" }
routes:
  - { to: [${name}], services: [${name}] }
`;

describe('names that every object has', () => {
  it.each(['constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
    '%s is a name like any other',
    async (name) => {
      const { channels, credentials, services, routes } = await settingsOf(config(name));
      expect(Object.keys(channels)).toEqual([name]);
      expect(credentials[name]).toMatchObject({ name, scheme: 'bearer' });
      expect(services).toMatchObject([{ name, credential: name }]);
      expect(routes).toMatchObject([{ to: [name], services: [name] }]);
    },
  );

  it.each(['constructor', 'toString', '__proto__'])(
    '%s is there only when it has been written',
    async (name) => {
      const { channels, credentials } = await settingsOf(config('orders'));
      expect([channels[name], credentials[name]]).toEqual([undefined, undefined]);
      expect(await problemsOf(config('orders').replace('to: [orders]', `to: [${name}]`))).toEqual([
        expect.stringContaining(`"${name}"`),
      ]);
    },
  );

  it('__proto__ is no key', async () => {
    const problems = await problemsOf(
      config('orders').replace('channels:\n', 'channels:\n  __proto__: {}\n'),
    );
    expect(problems).toEqual([expect.stringContaining('__proto__')]);
  });
});
