const field = /yyyy|MMM|MM|dd|HH|mm|ss|SSS|EEE/g;

/**
 * Epoch ms in a form like `yyyy-MM-dd HH:mm:ss`, in UTC or at the offset after a comma (`yyyyMMdd,+08:00`). `http`
 * and `iso` are the forms of RFC 9110 and RFC 3339. Other characters stand for themselves.
 */
export function formatTime(epochMs: number, argument: string): string {
  const [, form = argument, offset] = /^(.*?)(?:,([+-]\d\d:?\d\d))?$/.exec(argument) ?? [];
  const local = new Date(epochMs + offsetMs(offset));
  if (form === 'http') return local.toUTCString();
  if (form === 'iso') return new Date(epochMs).toISOString().replace(/\.\d+Z$/, 'Z');
  const [date = '', time = ''] = local.toISOString().split(/[TZ]/);
  const [yyyy = '', MM = '', dd = ''] = date.split('-');
  const [HH = '', mm = '', ss = '', SSS = ''] = time.split(/[:.]/);
  const [EEE = '', , MMM = ''] = local.toUTCString().split(/[, ]+/);
  const values: Readonly<Record<string, string>> = { yyyy, MM, dd, HH, mm, ss, SSS, EEE, MMM };
  return form.replace(field, (name) => values[name] ?? name);
}

function offsetMs(offset: string | undefined): number {
  const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)$/.exec(offset ?? '') ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}
