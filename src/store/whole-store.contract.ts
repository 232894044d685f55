import { outboxContract } from '../notify/outbox.contract.ts';
import { accountsContract } from './access/accounts.contract.ts';
import { deskContract } from './access/interventions.contract.ts';
import { tokensContract } from './access/tokens.contract.ts';
import { galleryContract } from './outbox/gallery.contract.ts';
import { storeContract, type StoreWorld } from './store.contract.ts';

/** All that a store has to do, whichever database it is in. */
export function wholeStoreContract(name: string, world: StoreWorld): void {
  storeContract(name, world);
  deskContract(name, world);
  accountsContract(name, world);
  tokensContract(name, world);
  galleryContract(name, world);
  outboxContract(name, async () => (await world.open()).outbox);
}
