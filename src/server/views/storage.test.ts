import { expect, it } from 'vitest';
import { inLanguage } from '../../messages/in-language.ts';
import { placelessTrouble } from './storage.ts';

it('tells those who have nothing to do with the machine what is wrong, without its places', () => {
  const trouble = {
    code: 'full',
    since: 5,
    message: 'database /srv/patrol/data/patrol.db: the disk is full (ENOSPC)',
    hint: 'free some space on that disk',
  } as const;
  const told = placelessTrouble(trouble);
  expect(told).toEqual({ code: 'full', since: 5, message: 'nothing can be stored now: the disk is full' });
  expect(inLanguage(told.message, 'zh')).toBe('目前无法保存任何数据：磁盘已满');
});
