import { translator } from './phrase.ts';
import { documentPhrases } from './phrases-documents.ts';
import { planPhrases } from './phrases-plan.ts';

/**
 * A reason, finding, hint or change as it is stored, in Chinese. They are stored in English, whatever the language of
 * those who read them is; what a watched system said itself stays as it was.
 */
export const inChinese = translator([...documentPhrases, ...planPhrases]);
