import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { endWhenFirst } from './first-process.ts';

/** A process with this id, and the codes it was ended with. */
function processOf(pid: number) {
  const codes: unknown[] = [];
  const own = Object.assign(new EventEmitter(), { pid, exit: (code: unknown) => void codes.push(code) });
  endWhenFirst(own as unknown as NodeJS.Process);
  return { own, codes };
}

describe('the first process of a container', () => {
  it('is ended by SIGTERM and SIGINT although the kernel does not', () => {
    const { own, codes } = processOf(1);
    own.emit('SIGTERM');
    own.emit('SIGINT');
    expect(codes).toEqual([143, 130]);
  });

  it('is left to a command that listens itself', () => {
    const { own, codes } = processOf(1);
    own.on('SIGTERM', () => undefined);
    own.emit('SIGTERM');
    expect(codes).toEqual([]);
  });

  it('is another matter than any other process, which the kernel ends', () => {
    expect(processOf(2).own.listenerCount('SIGTERM')).toBe(0);
  });
});
