import { curlCommands } from '../curl/curl-command.ts';
import { parseHttpRequest } from '../shared/http-message.ts';
import type { DocumentedResponse } from '../../../model/document.ts';
import type { Block } from './blocks/block.ts';
import { promisesOf } from './fields/promises.ts';
import { type SampleAnswer, sampleIn } from './fields/samples.ts';
import { labelOf, type Role } from './sections/labels.ts';
import { headingLabel } from './sections/titles.ts';

const nobody: ReadonlySet<string> = new Set();

/**
 * What the block of code below a request shows as its answer, before the next request or section. Where the status is not written, it is
 * that of a GET alone that goes without saying.
 *
 * @param at Index of the request's block; it holds no other.
 */
export function shownAnswer(blocks: readonly Block[], at: number, method: string): DocumentedResponse[] {
  const answer = sampleBelow(blocks, at, method);
  return answer === undefined ? [] : promisesOf({ groups: [], responses: [answer], answered: true });
}

function sampleBelow(blocks: readonly Block[], at: number, method: string): SampleAnswer | undefined {
  let role: Role | undefined;
  let status = '200';
  for (const block of blocks.slice(at + 1)) {
    if (block.kind === 'table') continue;
    if (block.kind === 'code') {
      if (isRequest(block.text)) return undefined;
      const { answer, loose } = sampleIn(block.text, { role, status, parameters: nobody }) ?? {};
      const isWritten = /^\s*HTTP\//i.test(block.text) || status !== '200';
      if (answer !== undefined && role !== 'error' && (method === 'GET' || isWritten)) return answer;
      return role === undefined && method === 'GET' ? loose : undefined;
    }
    const label = block.kind === 'heading' ? headingLabel(block.text) : labelOf(block.text);
    if (label === undefined && block.kind === 'heading') return undefined;
    if (label === undefined || label.role === 'other') continue;
    role = label.status?.startsWith('2') === false ? 'error' : label.role;
    status = label.status ?? '200';
  }
  return undefined;
}

function isRequest(text: string): boolean {
  return parseHttpRequest(text.trim()) !== undefined || curlCommands(text).length > 0;
}
