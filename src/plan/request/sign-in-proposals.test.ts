import { describe, expect, it } from 'vitest';
import { aDocument, anOperation, aService } from '../../../test/support/plan-inputs.ts';
import type { Document, MediaType, SecurityScheme } from '../../model/document.ts';
import type { SignInProposal } from '../../model/sign-in.ts';
import { signInProposals } from './sign-in-proposals.ts';

const text = { type: 'string' } as const;

function login(contentType: string, ...names: readonly string[]) {
  const properties = Object.fromEntries(names.map((name) => [name, text]));
  const media: MediaType = {
    contentType,
    examples: [],
    schema: { type: 'object', required: [...names], properties },
  };
  return anOperation('POST /auth/login', { body: { required: true, media: [media] }, responses: [] });
}

const asking = (name: string) => anOperation('GET /orders', { security: [{ [name]: [] }] });

function proposed(document: Document): readonly SignInProposal[] {
  return signInProposals([document], aService(), undefined);
}

const asks = (one: SignInProposal) => one.asks.map(({ path, kind }) => `${path.join('.')} ${kind}`);

describe('what documents say of signing in', () => {
  it.each([
    ['application/json', 'json'],
    ['application/x-www-form-urlencoded', 'form'],
  ])('is a login that takes %s: name and password alone are asked for', (type, place) => {
    const [first, ...others] = proposed(
      aDocument([login(type, 'userName', 'passwd'), anOperation('GET /orders')]),
    );
    expect(first).toEqual({
      operation: 'POST /auth/login',
      scheme: 'login',
      options: {
        url: 'https://orders.internal/auth/login',
        [place]: { userName: '${env:MAIN_USERNAME}', passwd: '${env:MAIN_PASSWORD}' },
      },
      asks: [
        { path: [place, 'userName'], name: 'userName', kind: 'username' },
        { path: [place, 'passwd'], name: 'passwd', kind: 'password' },
      ],
    });
    expect(others).toEqual([]);
  });

  it('asks for what else the login needs, by the name that it has there', () => {
    const [first] = proposed(aDocument([login('application/json', 'username', 'password', 'tenantId')]));
    expect(first === undefined ? [] : asks(first)).toEqual([
      'json.username username',
      'json.password password',
      'json.tenantId value',
    ]);
  });

  it('has the login of its own before a token that somebody would have to copy', () => {
    const securitySchemes = { Authorization: { kind: 'bearer' } as const };
    const found = proposed(
      aDocument([login('application/json', 'username', 'password'), asking('Authorization')], {
        securitySchemes,
      }),
    );
    expect(found.map(({ scheme, operation, securityScheme }) => [scheme, operation, securityScheme])).toEqual(
      [
        ['login', 'POST /auth/login', undefined],
        ['bearer', undefined, 'Authorization'],
      ],
    );
  });

  it.each<[string, SecurityScheme, unknown, readonly string[]]>([
    ['bearer', { kind: 'bearer' }, 'bearer', ['token token']],
    ['apiKey', { kind: 'apiKey', in: 'header', parameterName: 'X-Key' }, 'api-key', ['value key']],
    ['basic', { kind: 'basic' }, 'basic', ['username username', 'password password']],
    [
      'clientCredentials',
      { kind: 'oauth2', flows: ['clientCredentials'], tokenUrls: { clientCredentials: '/oauth/token' } },
      'oauth2-client-credentials',
      ['clientId client-id', 'clientSecret client-secret'],
    ],
    [
      'password',
      { kind: 'oauth2', flows: ['password'], tokenUrls: { password: '/oauth/token' } },
      'oauth2-password',
      ['username username', 'password password'],
    ],
    // A browser is needed for that: a token can be copied.
    ['authorizationCode', { kind: 'oauth2', flows: ['authorizationCode'] }, 'bearer', ['token token']],
  ])('is %s', (name, scheme, kind, wanted) => {
    const [first, ...others] = proposed(aDocument([asking(name)], { securitySchemes: { [name]: scheme } }));
    expect([first?.scheme, first?.securityScheme, others]).toEqual([kind, name, []]);
    expect(first === undefined ? [] : asks(first)).toEqual(wanted);
  });

  it('says nothing where documents say nothing, or where nothing asks for what they name', () => {
    expect(proposed(aDocument([anOperation('GET /orders')]))).toEqual([]);
    const securitySchemes = { used: { kind: 'basic' } as const, unused: { kind: 'bearer' } as const };
    expect(
      proposed(aDocument([asking('used')], { securitySchemes })).map((one) => one.securityScheme),
    ).toEqual(['used']);
  });
});
