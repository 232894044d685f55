import { MemoryOutbox } from './memory-outbox.fixture.ts';
import { outboxContract } from '../outbox.contract.ts';

outboxContract('the memory of a test', () => new MemoryOutbox());
