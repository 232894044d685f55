import { inEnglish } from '../../messages/in-language.ts';
import { expect, test } from 'vitest';
import { openRawDocument } from '../text/raw-document.ts';
import { recognize, recognizeBytes } from './unsupported.ts';

function recognized(text: string): readonly [string, string] | undefined {
  const raw = openRawDocument({ uri: 'docs/x', bytes: Buffer.from(text) });
  if ('level' in raw) throw new Error(inEnglish(raw.message));
  const problem = recognize(raw);
  return problem === undefined ? undefined : [problem.code, inEnglish(problem.message)];
}

const notYet = 'this kind of document is not readable yet';
const notHttp = 'nothing in it is called over HTTP by itself';

test.each([
  [
    '_format_version: "3.0"\nservices:\n- name: a\n',
    'not-callable',
    `is the configuration of a gateway: ${notHttp}`,
  ],
  [
    'routes:\n- uri: /a\n  upstream: { type: roundrobin }\n',
    'not-callable',
    `is the configuration of a gateway: ${notHttp}`,
  ],
  [
    'http:\n  routers:\n    a: { rule: x }\n',
    'not-callable',
    `is the configuration of a gateway: ${notHttp}`,
  ],
  [
    'apiVersion: v1\nkind: Service\n---\napiVersion: v1\n',
    'not-callable',
    `is a Kubernetes manifest: ${notHttp}`,
  ],
  ['asyncapi: 2.6.0\ninfo: {}\n', 'not-callable', `is an AsyncAPI document: ${notHttp}`],
  ['{"openrpc": "1.2.6"}', 'not-readable-yet', `is an OpenRPC document: ${notYet}`],
  ['arazzo: 1.0.0\n', 'not-callable', `is an Arazzo workflow: ${notHttp}`],
  ['overlay: 1.0.0\nactions: []\n', 'not-callable', `is an OpenAPI overlay: ${notHttp}`],
  ['{"swaggerVersion": "1.2"}', 'not-readable-yet', `is a Swagger 1 document: ${notYet}`],
  ['{"_postman_variable_scope": "environment"}', 'not-callable', `is a Postman environment: ${notHttp}`],
  ['type: environment.insomnia.rest/5.0\n', 'not-callable', `is an Insomnia environment: ${notHttp}`],
  ['[{"v": 2, "name": "x", "variables": []}]', 'not-callable', `is a Hoppscotch environment: ${notHttp}`],
  [
    '{"version": 1, "collections": [], "environments": []}',
    'not-readable-yet',
    `is a dump of all of Postman's data: ${notYet}`,
  ],
  ['$version: "2"\nnamespace a\n', 'not-readable-yet', `is a Smithy model: ${notYet}`],
  ["import http from 'k6/http';\n", 'not-readable-yet', `is a k6 script: ${notYet}`],
  ['@smoke\nFeature: orders\n', 'not-readable-yet', `is a Gherkin feature: ${notYet}`],
  [
    '{"clientName": "Thunder Client", "environmentName": "x", "data": []}',
    'not-callable',
    `is a Thunder Client environment: ${notHttp}`,
  ],
  ['info: { type: http }\nhttp: { url: /x }\n', 'not-readable-yet', `is a Bruno request: ${notYet}`],
  [
    '[{"type": "get", "url": "/x", "title": "t", "group": "g"}]',
    'not-readable-yet',
    `is the data of apiDoc: ${notYet}`,
  ],
  [
    '{"discoveryVersion": "v1", "resources": {}}',
    'not-readable-yet',
    `is a Google API discovery document: ${notYet}`,
  ],
  ['{"smithy": "2.0", "shapes": {}}', 'not-readable-yet', `is a Smithy model: ${notYet}`],
  ['[{"baseInfo": {"apiURI": "/a"}}]', 'not-readable-yet', `is an Eolink export: ${notYet}`],
  ['{"projectInfo": {}, "apiGroupList": []}', 'not-readable-yet', `is an Eolink export: ${notYet}`],
  ['{"apis": [{"target_type": "api"}]}', 'not-readable-yet', `is an Apipost export: ${notYet}`],
  ['{"modules": [{"interfaces": []}]}', 'not-readable-yet', `is a RAP2 repository: ${notYet}`],
  ['{"item_name": "a", "pages": {}}', 'not-readable-yet', `is a ShowDoc export: ${notYet}`],
  ['{"query": "query a { a }"}', 'not-readable-yet', `is a GraphQL operation with its variables: ${notYet}`],
  ['{"urls": [{"url": "/v3", "name": "a"}]}', 'not-callable', `is a list of interface documents: ${notHttp}`],
  [
    '<?xml version="1.0"?>\n<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/">',
    'not-readable-yet',
    `is a WSDL document: ${notYet}`,
  ],
  [
    '<application xmlns="http://wadl.dev.java.net/2009/02">',
    'not-readable-yet',
    `is a WADL document: ${notYet}`,
  ],
  ['#%RAML 1.0\ntitle: x\n', 'not-readable-yet', `is a RAML document: ${notYet}`],
  ['<jmeterTestPlan version="1.2">', 'not-readable-yet', `is a JMeter test plan: ${notYet}`],
  ['<con:soapui-project name="x">', 'not-readable-yet', `is a SoapUI project: ${notYet}`],
  ['syntax = "proto3";\npackage a;\n', 'not-callable', `is a protobuf file: ${notHttp}`],
  ['namespace java a.b\nservice X { }\n', 'not-callable', `is a Thrift file: ${notHttp}`],
  ['import "@typespec/http";\nusing Http;\n', 'not-readable-yet', `is a TypeSpec file: ${notYet}`],
  ['meta {\n  name: a\n}\n\nget {\n  url: x\n}\n', 'not-readable-yet', `is a Bruno request: ${notYet}`],
])('%s', (text, code, message) => {
  expect(recognized(text)).toEqual([code, message]);
});

test.each(['', 'hello', '{"a": 1}', '[1]', '<html></html>'])(
  '%s is nothing that describes interfaces',
  (text) => {
    expect(recognized(text)).toBeUndefined();
  },
);

test.each([
  ['%PDF-1.7', 'is a PDF'],
  ['\xd0\xcf\x11\xe0', 'is an Office file of before 2007'],
  ['PK\x03\x04 word/document.xml', 'is a Word document'],
  ['PK\x03\x04 xl/workbook.xml', 'is an Excel workbook'],
  ['PK\x03\x04 ppt/presentation.xml', 'is a PowerPoint presentation'],
  ['PK\x03\x04 a.txt', 'is a ZIP archive'],
  ['\x89PNG\r\n', 'is a picture'],
  ['\xff\xd8\xff\xe0', 'is a picture'],
  ['GIF89a', 'is a picture'],
  ['\x1f\x8b\x08', 'is a gzip archive'],
  ['Rar!\x1a', 'is a RAR archive'],
  ['7z\xbc\xaf\x27\x1c', 'is a 7-Zip archive'],
  ['SQLite format 3\0', 'is a database'],
])('files that are no text: %j', (content, start) => {
  const problem = recognizeBytes('docs/x.docx', Buffer.from(content, 'latin1'));
  expect(problem).toMatchObject({
    code: 'not-readable-yet',
    message: `${start}: ${notYet}`,
    file: 'docs/x.docx',
  });
  expect(problem?.hint).toBeDefined();
});

test('other bytes are none of these', () => {
  expect(recognizeBytes('x', Buffer.from('GIFT'))).toBeUndefined();
});
