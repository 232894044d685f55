import type { Format } from './format.ts';
import { apiBlueprint } from './api-blueprint/api-blueprint.ts';
import { apifox } from './apifox/apifox.ts';
import { bruno } from './bruno/bruno.ts';
import { curl } from './curl/curl.ts';
import { graphql } from './graphql/graphql.ts';
import { har } from './har/har.ts';
import { hoppscotch } from './hoppscotch/hoppscotch.ts';
import { httpFile } from './http-file/http-file.ts';
import { insomnia } from './insomnia/insomnia.ts';
import { markdown } from './markdown/markdown.ts';
import { openCollection } from './bruno/opencollection.ts';
import { openapi } from './openapi/openapi.ts';
import { postman } from './postman/postman.ts';
import { swagger } from './openapi/swagger.ts';
import { thunderClient } from './thunder-client/thunder-client.ts';
import { yapi } from './yapi/yapi.ts';

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
