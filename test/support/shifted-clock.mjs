// Preloaded into a process: its wall clock is set by as many ms as stand in the file that APIPATROL_TEST_CLOCK names.
import { readFileSync } from 'node:fs';

const file = process.env['APIPATROL_TEST_CLOCK'] ?? '';
const RealDate = Date;
const realNow = Date.now;

function offset() {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return 0;
  }
}

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(realNow() + offset());
    else super(...given);
  }

  static now() {
    return realNow() + offset();
  }
};
