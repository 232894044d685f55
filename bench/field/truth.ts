import type { Exchange } from './recorder.ts';
import type { DocumentedOperation, Validator } from './validator.ts';

/** What an answer is, said without the program that is measured. */
export interface Truth {
  readonly kind: /** 2xx as documented. */
    | 'right'
    /** 2xx, but not as documented. */
    | 'violation'
    /** 2xx, and whether it is as documented depends on who reads the document. */
    | 'disputed'
    /** 401, 403. */
    | 'permission'
    /** Another 4xx, or what means the same in the body. */
    | 'refused'
    /** 5xx, or no answer. */
    | 'broken'
    /** A redirect, which nobody here followed. */
    | 'elsewhere';
  readonly why: string;
  /** A value was sent that the server never told: the answer may be due to it. */
  readonly ourValue: boolean;
  /** Any value was sent. */
  readonly anyValue: boolean;
  /** The service itself is to blame, whatever was sent. */
  readonly isFinding: boolean;
}

/**
 * A 2xx that is not as documented is a finding. A 5xx, and a 4xx that is not as documented, are one when no value of ours, no
 * parameter that was left out, and no credential can explain them.
 */
export function truthOf(
  exchange: Exchange,
  { operation, validator, before, refuses, keyName }: TruthContext,
): Truth {
  const values = valuesIn(exchange.target, operation.path, keyName);
  const anyValue = values.length > 0;
  const ourValue = values.some((value) => !wasTold(value, exchange, before));
  const answer = kindOf(exchange, { operation, validator, refuses });
  return {
    ...answer,
    ourValue,
    anyValue,
    isFinding: isFinding(answer.kind, exchange, { operation, ourValue, validator }),
  };
}

export interface TruthContext extends Habits {
  readonly operation: DocumentedOperation;
  readonly validator: Validator;
  /** Everything that went through before it. */
  readonly before: readonly Exchange[];
}

/** What is known of a server beyond its document. */
export interface Habits {
  /** Bodies with which it refuses a call, though the status is 2xx. */
  readonly refuses?: RegExp;
  /** Query parameter that says who asks. */
  readonly keyName?: string;
}

function kindOf(
  exchange: Exchange,
  { operation, validator, refuses }: Omit<TruthContext, 'before'>,
): Pick<Truth, 'kind' | 'why'> {
  const { status } = exchange;
  const why = `HTTP ${status}`;
  if (status === 401 || status === 403) return { kind: 'permission', why };
  if (status >= 500) return { kind: 'broken', why };
  if (status >= 400) return { kind: 'refused', why };
  if (status >= 300) return { kind: 'elsewhere', why };
  if (refuses?.test(exchange.body) === true) return { kind: 'refused', why: exchange.body };
  const violation = validator.violation(operation, exchange);
  if (violation === undefined && validator.inherits(operation)) return { kind: 'disputed', why };
  if (violation === undefined) return { kind: 'right', why };
  return { kind: violation.isDisputed ? 'disputed' : 'violation', why: violation.why };
}

function isFinding(
  kind: Truth['kind'],
  exchange: Exchange,
  { operation, ourValue, validator }: Omit<TruthContext, 'before'> & { readonly ourValue: boolean },
): boolean {
  if (kind === 'violation') return true;
  if (kind === 'broken') return !ourValue;
  if (kind !== 'refused' || operation.hasParameters) return false;
  return validator.violation(operation, exchange)?.isDisputed === false;
}

/** The values of the path's parameters and of the query, as they were meant. */
function valuesIn(target: string, path: string, keyName: string | undefined): readonly string[] {
  const { pathname, searchParams } = new URL(target, 'http://server');
  const inQuery = [...searchParams].filter(([name]) => name !== keyName).map(([, value]) => value);
  const inPath = templateOf(path).exec(pathname)?.slice(1) ?? [];
  return [...inPath.map(decode), ...inQuery];
}

/** Fits a called path, whatever base it stands below; a group for each parameter. */
export function templateOf(path: string): RegExp {
  const [plain = ''] = path.split('?');
  const parts = plain.split(/\{[^}]*\}/).map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`${parts.join('([^/]*)')}$`);
}

/** The server itself had shown it, as a value or as a key. */
function wasTold(value: string, { target }: Exchange, before: readonly Exchange[]): boolean {
  const asText = JSON.stringify(value);
  const asNumber = /^-?\d+$/.test(value) ? new RegExp(`(?<![\\w.-])${value}(?![\\w.-])`) : undefined;
  return before.some(
    (one) =>
      one.target !== target &&
      one.status < 300 &&
      (one.body.includes(asText) || asNumber?.test(one.body) === true),
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
