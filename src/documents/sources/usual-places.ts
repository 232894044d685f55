/** Where frameworks serve their documents, by how often they are met; relative to the service's base address. */
export const commonPlaces: readonly string[] = [
  'v3/api-docs',
  'v2/api-docs',
  'openapi.json',
  'swagger.json',
  'swagger/v1/swagger.json',
  'swagger/doc.json',
  'api-json',
  'api-docs',
  'openapi.yaml',
  'swagger.yaml',
  'openapi',
  'api.json',
];

/** Those of fewer frameworks: Quarkus, ASP.NET, Fastify, Elysia, Beego, Django, Laravel, utoipa, Grape … */
export const rarePlaces: readonly string[] = [
  'q/openapi',
  'openapi/v1.json',
  'swagger/swagger.json',
  'swagger/docs/v1',
  'swagger/json',
  'openapi/json',
  'documentation/json',
  'docs/json',
  'docs-json',
  'swagger-json',
  'api/openapi.json',
  'api/swagger.json',
  'api/v3/api-docs',
  'api/schema/',
  'schema/openapi.json',
  'api-docs/openapi.json',
  'docs/openapi.json',
  'docs/swagger.json',
  'docs/api-docs.json',
  'docs/api.json',
  'api/docs.json',
  'apispec_1.json',
  'swagger_doc',
];

/** Lists of documents: springdoc's page settings, springfox's and knife4j's groups. */
export const usualLists: readonly string[] = ['v3/api-docs/swagger-config', 'swagger-resources'];
