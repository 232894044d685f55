import { describe, expect, it } from 'vitest';
import { addressByPath, addressByQuery, baseOf } from './address.ts';

const byQuery = (text: string): string | undefined => {
  const address = addressByQuery(text, '/cgi-bin/webhook/send', 'key');
  return address && `${baseOf(undefined, address, 'https://vendor.example')} ${address.secret}`;
};
const byPath = (text: string): string | undefined => {
  const address = addressByPath(text, '/open-apis/bot/v2/hook');
  return address && `${baseOf(undefined, address, 'https://vendor.example')} ${address.secret}`;
};

describe('the address of a robot', () => {
  it.each([
    ['k-1', 'https://vendor.example k-1'],
    ['https://a.example/cgi-bin/webhook/send?key=k-1', 'https://a.example k-1'],
    ['https://a.example/cgi-bin/webhook/send/?x=1&key=k-1', 'https://a.example k-1'],
    ['https://a.example/relay/wecom/cgi-bin/webhook/send?key=k-1', 'https://a.example/relay/wecom k-1'],
    ['https://a.example/S?key=k-1', undefined],
    ['https://a.example/?key=k-1', undefined],
    ['https://a.example/cgi-bin/webhook/send', undefined],
    ['ftp://a.example/cgi-bin/webhook/send?key=k-1', undefined],
  ])('with its secret in the query, %s', (text, expected) => {
    expect(byQuery(text)).toBe(expected);
  });

  it.each([
    ['https://a.example/open-apis/bot/v2/hook/k-1', 'https://a.example k-1'],
    ['https://a.example/relay/open-apis/bot/v2/hook/k-1/', 'https://a.example/relay k-1'],
    ['https://a.example/x/hook/k-1', undefined],
    ['https://a.example/open-apis/bot/v2/hook/', undefined],
  ])('with its secret at the end of the path, %s', (text, expected) => {
    expect(byPath(text)).toBe(expected);
  });
});
