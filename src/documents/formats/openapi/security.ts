import type { SecurityRequirement, SecurityScheme } from '../../../model/document.ts';
import { isObject, type Json, type JsonObject } from '../../../model/json.ts';
import type { Located, References } from '../reference/references.ts';
import { listOf, objectOf, textOf } from '../shared/text.ts';

/** `components.securitySchemes` or Swagger's `securityDefinitions`, which differ only in how they name a kind. */
export function securitySchemesOf(
  schemes: Located<JsonObject> | undefined,
  references: References,
): Readonly<Record<string, SecurityScheme>> {
  if (schemes === undefined) return {};
  return Object.fromEntries(
    Object.keys(schemes.value).flatMap((name) => {
      const scheme = references.member(schemes, name)?.value;
      return scheme === undefined ? [] : [[name, toScheme(scheme)]];
    }),
  );
}

function toScheme(scheme: JsonObject): SecurityScheme {
  const description = textOf(scheme['description']);
  return { ...kindOf(scheme), description };
}

function kindOf(scheme: JsonObject): SecurityScheme {
  if (/^awssigv4$/i.test(textOf(scheme['x-amazon-apigateway-authtype']) ?? '')) return { kind: 'awsSigV4' };
  switch (textOf(scheme['type'])?.toLowerCase()) {
    case 'apikey':
      return apiKey(scheme);
    case 'basic':
      return { kind: 'basic' };
    case 'http':
      return { kind: httpKind(textOf(scheme['scheme'])) };
    case 'oauth2':
      return oauth2(scheme);
    case 'openidconnect':
      return { kind: 'openIdConnect', discoveryUrl: textOf(scheme['openIdConnectUrl']) };
    case 'mutualtls':
      return { kind: 'mutualTls' };
    default:
      return { kind: 'other' };
  }
}

function apiKey(scheme: JsonObject): SecurityScheme {
  const place = textOf(scheme['in'])?.toLowerCase();
  const at = place === 'query' || place === 'cookie' ? place : 'header';
  return { kind: 'apiKey', in: at, parameterName: textOf(scheme['name']) };
}

/** Scheme names are case-insensitive (RFC 9110 §11.1). */
function httpKind(scheme: string | undefined): SecurityScheme['kind'] {
  switch (scheme?.toLowerCase()) {
    case 'basic':
      return 'basic';
    case 'bearer':
      return 'bearer';
    case 'digest':
      return 'digest';
    default:
      return 'other';
  }
}

function oauth2(scheme: JsonObject): SecurityScheme {
  const flat = textOf(scheme['flow']);
  const flows = flat === undefined ? objectOf(scheme['flows']) : { [flat]: scheme };
  const tokenUrls: [string, string][] = [];
  const scopes = new Set<string>();
  for (const [name, flow] of Object.entries(flows)) {
    const settings = objectOf(flow);
    const tokenUrl = textOf(settings['tokenUrl']);
    if (tokenUrl !== undefined) tokenUrls.push([flowName(name), tokenUrl]);
    for (const scope of Object.keys(objectOf(settings['scopes']))) scopes.add(scope);
  }
  return {
    kind: 'oauth2',
    flows: Object.keys(flows)
      .filter((name) => !name.startsWith('x-'))
      .map(flowName),
    tokenUrls: Object.fromEntries(tokenUrls),
    scopes: [...scopes],
  };
}

/** Swagger 2's names of the flows in OpenAPI 3's words. */
function flowName(flow: string): string {
  if (flow === 'application') return 'clientCredentials';
  return flow === 'accessCode' ? 'authorizationCode' : flow;
}

/** Absent stays absent: "not said" is something else than "public". */
export function securityOf(value: Json | undefined): readonly SecurityRequirement[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return (value as readonly Json[])
    .filter(isObject)
    .map((requirement) =>
      Object.fromEntries(
        Object.entries(requirement).map(([name, scopes]) => [
          name,
          listOf(scopes).filter((scope) => typeof scope === 'string'),
        ]),
      ),
    );
}
