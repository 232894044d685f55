import { writeFileSync } from 'node:fs';
import { referenceFiles } from '../../src/config/reference.ts';

for (const [name, text] of Object.entries(referenceFiles())) {
  writeFileSync(new URL(name, import.meta.url), text);
}
