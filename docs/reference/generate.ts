import { readFileSync, writeFileSync } from 'node:fs';
import { referenceFiles, withChannels } from '../../src/config/reference.ts';

for (const [name, text] of Object.entries(referenceFiles())) {
  writeFileSync(new URL(name, import.meta.url), text);
}
const guide = new URL('../guide/messages.md', import.meta.url);
writeFileSync(guide, withChannels(readFileSync(guide, 'utf8')));
