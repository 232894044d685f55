import { expect, it } from 'vitest';
import { problemsOf, settingsOf } from '../load.fixture.ts';

const store = 'store: postgres://patrol@db.example/patrol\n';
const services = 'services:\n  - { name: orders, docs: a.json, locations: [shanghai, beijing], quorum: 2 }\n';
const locations = 'locations:\n  shanghai: { credentials: [sso] }\n  beijing:\n';
const credentials = 'credentials:\n  sso: { scheme: bearer, token: abcdefgh }\n';

it('are read with the services that are called from there', async () => {
  const settings = await settingsOf(store + services + locations + credentials);
  expect(settings.locations).toEqual({ shanghai: { credentials: ['sso'] }, beijing: { credentials: [] } });
  expect(settings.services[0]).toMatchObject({ locations: ['shanghai', 'beijing'], quorum: 2 });
});

it.each([
  [
    'a file as the store',
    services + locations + credentials,
    'conf/apipatrol.yaml:3:1 locations: locations need a PostgreSQL database as the store: what workers are to do goes through it\n  → Write `store: postgres://user@host/database`, or take `locations` out.',
  ],
  [
    'a location that there is not',
    `${store}services:\n  - { docs: a.json, locations: [shangai] }\n${locations}${credentials}`,
    'conf/apipatrol.yaml:3:33 services[0].locations[0]: there is no location "shangai"; there is: shanghai, beijing\n  → Did you mean "shanghai"?',
  ],
  [
    'a credential that there is not',
    `${store}docs: a.json\nlocations: { shanghai: { credentials: [sos] } }\n${credentials}`,
    'conf/apipatrol.yaml:3:40 locations.shanghai.credentials[0]: there is no credential "sos"; defined: sso\n  → Did you mean "sso"?',
  ],
  [
    'a quorum that cannot be reached',
    `${store}services:\n  - { docs: a.json, locations: [beijing], quorum: 2 }\n${locations}${credentials}`,
    'conf/apipatrol.yaml:3:43 services[0].quorum: a quorum of 2 cannot be reached: the service has 1 location\n  → Lower it, or name more `locations`; without it a majority decides.',
  ],
  [
    'a credential that may not be used there',
    `${store}services:\n  - { docs: a.json, name: orders, locations: [beijing], credential: sso }\n${locations}${credentials}`,
    'conf/apipatrol.yaml:3:47 services[0].locations[0]: service orders is to be called from beijing with the credential "sso", which may not be used there\n  → Add "sso" to `locations.beijing.credentials`.',
  ],
])('are refused with %s', async (_, text, expected) => {
  expect(await problemsOf(text)).toEqual([expected]);
});
