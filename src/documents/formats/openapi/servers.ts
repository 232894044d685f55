import type { Server } from '../../../model/document.ts';
import { isObject, type Json } from '../../../model/json.ts';
import { listOf, objectOf, textOf } from '../shared/text.ts';

/** OpenAPI 3 servers with their variables at their defaults; a variable without one stays in braces. */
export function serversOf(value: Json | undefined): readonly Server[] {
  return listOf(value)
    .filter(isObject)
    .flatMap((server) => {
      const template = textOf(server['url']);
      if (template === undefined) return [];
      const variables = objectOf(server['variables']);
      const url = template.replaceAll(/\{([^{}]*)\}/g, (whole, name: string) => {
        const variable = objectOf(variables[name]);
        return textOf(variable['default']) ?? textOf(listOf(variable['enum'])[0]) ?? whole;
      });
      return [{ url, name: textOf(server['name']) ?? textOf(server['description']) }];
    });
}

/**
 * Swagger 2's `schemes`, `host` and `basePath`; https first. Without `schemes` the document's own is meant, which
 * a file does not have: then https, and http for this machine.
 */
export function swaggerServers(
  root: Readonly<Record<string, Json>>,
  schemes: readonly Json[],
  uri: string,
): readonly Server[] {
  const written = textOf(root['host']);
  const host = written?.replace(/^https?:\/\//i, '').replace(/\/+$/, '');
  const basePath = textOf(root['basePath']) ?? '';
  const path = basePath === '' || basePath.startsWith('/') ? basePath : `/${basePath}`;
  if (host === undefined) return path === '' ? [] : [{ url: path }];
  const named = schemes
    .filter((scheme) => scheme === 'https' || scheme === 'http')
    .toSorted()
    .toReversed();
  const own = (/^(https?):/i.exec(written ?? '') ?? /^(https?):/i.exec(uri))?.[1]?.toLowerCase();
  // Certificates are for names.
  const usual = /^(?:localhost|\d+\.\d+\.\d+\.\d+|\[)/.test(host) ? 'http' : 'https';
  const used = named.length > 0 ? named : [own ?? usual];
  return used.map((scheme) => ({ url: `${scheme}://${host}${path}` }));
}
