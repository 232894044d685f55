import type { Language } from '../../model/settings.ts';
import type { Words } from './words.ts';
import { en } from './words-en.ts';
import { zh } from './words-zh.ts';

export const words: Readonly<Record<Language, Words>> = { zh, en };
