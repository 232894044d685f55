/** What can be made to go wrong in the demo system, and what a person sees of it. */
export const faults = {
  'orders-500': 'GET /orders/{orderId}/items answers 500',
  'orders-slow': 'GET /orders takes 2.5 s',
  'orders-wrong-type': 'GET /orders/{orderId} has "total" as an amount in words instead of a number',
  'orders-down': 'the order service refuses connections',
  'users-down': 'the user service refuses connections, sign-in included',
  'payments-down': 'the payment service refuses connections',
  'payments-envelope': 'GET /payments/{paymentId} answers HTTP 200 with code 50001 in the body',
  'tokens-revoked': 'all tokens issued before it was switched on are refused, new ones are not',
  'tokens-expired': 'every token is refused, however new',
  'login-broken': 'the token endpoints answer 503, and no token is valid any more',
} as const;

export type FaultName = keyof typeof faults;

export function isFaultName(name: string): name is FaultName {
  return Object.hasOwn(faults, name);
}

/** Which faults are on. Switching takes effect with the next request. */
export class Faults {
  readonly #on = new Set<FaultName>();
  readonly #changed: (name: FaultName, on: boolean) => Promise<void>;

  constructor(changed: (name: FaultName, on: boolean) => Promise<void>) {
    this.#changed = changed;
  }

  /** Resolves when the fault is in force, or gone. */
  async set(name: FaultName, on: boolean): Promise<void> {
    if (on === this.#on.has(name)) return;
    if (on) this.#on.add(name);
    else this.#on.delete(name);
    await this.#changed(name, on);
  }

  isOn(name: FaultName): boolean {
    return this.#on.has(name);
  }

  list(): readonly FaultName[] {
    return [...this.#on];
  }
}
