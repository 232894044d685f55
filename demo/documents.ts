import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import type { DemoSystem } from './system.ts';
import { openApiDocument } from './formats/openapi.ts';
import { postmanCollection } from './formats/postman.ts';
import { swaggerDocument } from './formats/swagger.ts';

export const documentFiles = {
  orders: 'orders.openapi.yaml',
  users: 'users.swagger.json',
  payments: 'payments.postman_collection.json',
} as const;

/** Writes each service's document, with its live address in it, into `folder`. */
export async function writeDocuments(system: DemoSystem, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { operations, services } = system;
  const tokenUrl = `${services.users.url}/oauth/token`;
  const texts = {
    orders: stringify(openApiDocument(operations.orders, services.orders.url, tokenUrl), {
      aliasDuplicateObjects: false,
    }),
    users: JSON.stringify(swaggerDocument(operations.users, services.users.url), null, 2),
    payments: JSON.stringify(postmanCollection(operations.payments, services.payments.url), null, 2),
  };
  for (const name of ['orders', 'users', 'payments'] as const) {
    await writeFile(path.join(folder, documentFiles[name]), `${texts[name]}\n`);
  }
}
