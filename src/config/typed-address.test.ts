import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { typedAddress } from './typed-address.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'apipatrol-typed-'));
writeFileSync(path.join(folder, 'orders.api'), '');

it.each([
  ['localhost:19001', 'http://localhost:19001'],
  [' localhost:19001 ', 'http://localhost:19001'],
  ['localhost', 'http://localhost'],
  ['http：//localhost：19001/doc.html', 'http://localhost:19001/doc.html'],
  ['https：／／orders。internal', 'https://orders.internal'],
  ['localhost：8080', 'http://localhost:8080'],
  ['./接口：订单.yaml', './接口：订单.yaml'],
  ['127.0.0.1:8080/v3/api-docs', 'http://127.0.0.1:8080/v3/api-docs'],
  ['[::1]:8080', 'http://[::1]:8080'],
  ['orders:8080', 'http://orders:8080'],
  ['orders.internal:8443/doc.html#/home', 'https://orders.internal:8443/doc.html#/home'],
  ['orders.internal/doc.html', 'http://orders.internal/doc.html'],
  ['//orders/v3/api-docs', 'http://orders/v3/api-docs'],
  ['api.example.com/v3/api-docs?group=a', 'https://api.example.com/v3/api-docs?group=a'],
  ['10.1.2.3/v2/api-docs', 'http://10.1.2.3/v2/api-docs'],
  ['http://orders:8080/', 'http://orders:8080/'],
  ['http:/orders:8080', 'http://orders:8080'],
  ['https:orders/docs', 'https://orders/docs'],
  ['git@example.com:team/api.git', 'git@example.com:team/api.git'],
  ['./docs', './docs'],
  ['docs/**/*.yaml', 'docs/**/*.yaml'],
  ['openapi.yaml', 'openapi.yaml'],
  ['docs.v2/openapi.yaml', 'docs.v2/openapi.yaml'],
  ['orders.openapi.json', 'orders.openapi.json'],
  // Pasted with something around it.
  ['"http://127.0.0.1:31801/v3/api-docs"', 'http://127.0.0.1:31801/v3/api-docs'],
  ["'localhost:8080'", 'http://localhost:8080'],
  ['“http://orders:8080/doc.html”', 'http://orders:8080/doc.html'],
  ['`http://orders:8080`', 'http://orders:8080'],
  ['<http://orders:8080/doc.html>', 'http://orders:8080/doc.html'],
  ['接口文档 http://orders:8080/v3/api-docs', 'http://orders:8080/v3/api-docs'],
  ['接口文档：http：//orders：8080/v3/api-docs。', 'http://orders:8080/v3/api-docs'],
  ['接口文档（http://orders:8080/doc.html）', 'http://orders:8080/doc.html'],
  ['http://orders:8080/doc.html#/首页。', 'http://orders:8080/doc.html#/首页'],
  ['see http://orders:8080/doc.html, please', 'http://orders:8080/doc.html'],
  ['[docs](http://orders:8080/doc.html)', 'http://orders:8080/doc.html'],
  ['http://[::1]:8080', 'http://[::1]:8080'],
  ['http://orders/OrdersApi(v1)', 'http://orders/OrdersApi(v1)'],
  ['http://orders/?to=http://users/', 'http://orders/?to=http://users/'],
  ['"./docs/my api.yaml"', './docs/my api.yaml'],
  ['./my docs/openapi.yaml', './my docs/openapi.yaml'],
  // There is a file of that name.
  ['orders.api', 'orders.api'],
  ['C:\\api\\openapi.yaml', 'C:\\api\\openapi.yaml'],
  ['${env:DOCS}', '${env:DOCS}'],
])('%s is %s', (typed, meant) => {
  expect(typedAddress(typed, folder)).toBe(meant);
});
