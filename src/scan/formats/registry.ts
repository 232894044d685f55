import type { Format } from '../format.ts';
import { apiBlueprint } from './api-blueprint.ts';
import { apifox } from './apifox.ts';
import { bruno } from './bruno.ts';
import { curl } from './curl.ts';
import { graphql } from './graphql.ts';
import { har } from './har.ts';
import { hoppscotch } from './hoppscotch.ts';
import { httpFile } from './http-file.ts';
import { insomnia } from './insomnia.ts';
import { markdown } from './markdown.ts';
import { openCollection } from './opencollection.ts';
import { openapi } from './openapi.ts';
import { postman } from './postman.ts';
import { swagger } from './swagger.ts';
import { thunderClient } from './thunder-client.ts';
import { yapi } from './yapi.ts';

/** Every readable kind of document. The one that is surest of its own (`detect`) reads. */
export const formats: readonly Format[] = [
  openapi,
  swagger,
  postman,
  apifox,
  yapi,
  insomnia,
  bruno,
  hoppscotch,
  thunderClient,
  openCollection,
  httpFile,
  har,
  curl,
  graphql,
  apiBlueprint,
  markdown,
];
