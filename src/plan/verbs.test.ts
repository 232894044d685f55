import { describe, expect, it } from 'vitest';
import { anOperation, aParameter, planOf } from '../../test/support/plan-inputs.ts';
import type { Operation, Parameter } from '../model/document.ts';
import type { SourceSettings } from '../model/settings.ts';

function fate(key: string, given: Partial<Operation> = {}, source: Partial<SourceSettings> = {}): string {
  const [left] = planOf(anOperation(key, given), source).skipped;
  return left?.reason ?? 'called';
}

describe('an operation that its parameters make into a write', () => {
  it.each<[key: string, Parameter, string]>([
    [
      'GET /',
      aParameter('Action', 'query', { schema: { type: 'string', enum: ['DeleteTags'] } }),
      'by its Action it changes something ("DeleteTags")',
    ],
    [
      'GET /',
      aParameter('Action', 'query', { schema: { type: 'string', enum: ['AttachVolume'] } }),
      'by its Action it changes something ("AttachVolume")',
    ],
    ['GET /', aParameter('Action', 'query', { schema: { enum: ['DescribeTags'] } }), 'called'],
    ['GET /', aParameter('Action', 'query', { schema: { enum: ['BatchGetTags'] } }), 'called'],
    [
      'GET /user.php',
      aParameter('act', 'query', { examples: ['add'] }),
      'by its act it changes something ("add")',
    ],
    ['GET /user.php', aParameter('act', 'query', { examples: ['list'] }), 'called'],
    ['GET /user.php', aParameter('state', 'query', { examples: ['delete'] }), 'called'],
    [
      'GET /pods/{id}/{action}',
      aParameter('action', 'path', { schema: { enum: ['start', 'stop'] } }),
      'by its action it changes something ("start")',
    ],
    [
      'GET /pods/{what}',
      aParameter('what', 'path', { schema: { enum: ['reboot', 'show'] } }),
      'by its what it changes something ("reboot")',
    ],
    ['GET /pods/{what}', aParameter('what', 'path', { examples: ['start'] }), 'called'],
  ])('%s with %j', (key, parameter, expected) => {
    expect(fate(key, { parameters: [aParameter('id', 'path'), parameter] })).toBe(expected);
  });

  it('is called when the config gives the value or allows it', () => {
    const parameters = [aParameter('act', 'query', { examples: ['add'] })];
    expect(fate('GET /user.php', { parameters }, { params: { act: 'add' } })).toBe('called');
    const overrides = [{ match: 'GET /*', allow: true }];
    expect(fate('GET /user.php', { parameters }, { overrides })).toBe('called');
  });
});

describe('the words of an operation', () => {
  it.each<[key: string, given: Partial<Operation>, string]>([
    ['GET /', { operationId: 'GET_DeleteTags' }, 'by its name it changes something (delete)'],
    ['GET /', { operationId: 'GET_DescribeTags' }, 'called'],
    ['GET /refresh-schedules', { summary: 'Lists all refresh schedules' }, 'called'],
    ['GET /upload-tokens', { summary: 'List all active upload tokens' }, 'called'],
    ['GET /sync-jobs', { summary: '获取同步任务' }, 'called'],
    ['GET /reset-password', { summary: 'Gets rid of it' }, 'by its name it changes something (reset)'],
    [
      'GET /clear-cache',
      { summary: 'Get it clean', operationId: 'clearCache' },
      'by its name it changes something (clear)',
    ],
  ])('%s %j', (key, given, expected) => {
    expect(fate(key, given)).toBe(expected);
  });
});
