import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Redactor } from './secret.ts';

function redactorOf(...secrets: readonly string[]): Redactor {
  const redactor = new Redactor();
  for (const secret of secrets) redactor.add(secret);
  return redactor;
}

describe('a part of a shorter secret', () => {
  const password = 'Pw-Canary!Xk29&mQz71';
  const tenant = 'TenantCanary7788ZZxxYY';
  const redactor = redactorOf(password, tenant);

  it.each([
    ['its beginning', 'it starts Pw-Canary!Xk...', 'it starts ***...'],
    ['its end', 'it ends ...ry!Xk29&mQz71', 'it ends ...***'],
    ['its middle', 'm ary!Xk29&m', 'm ***'],
    ['both halves', 'a=Pw-Canary! b=Xk29&mQz71', 'a=*** b=***'],
    ['half of it in an address', 'x?a=Xk29%26mQz71', 'x?a=***'],
    ['half of it in JSON', String.raw`{"a":"Xk29\u0026mQz71"}`, '{"a":"***"}'],
    ['nearly all', "Incorrect string value near 'TenantCanary7788ZZxx'", "Incorrect string value near '***'"],
    ['a third that no word is', 'got nary7788ZZxx', 'got ***'],
  ])('is not shown: %s', (_, said, shown) => {
    expect(redactor.scrub(said)).toBe(shown);
  });

  it('is not shown where it has nothing but letters', () => {
    const token = 'OsoO-OuHw-XIMhHpZk3vT9qL2xW7mB4q';
    expect(redactorOf(token).scrub('12:OsoO-OuHw-XIMhHp 13:x')).toBe('12:*** 13:x');
  });

  it('is not shown, whichever half it is', () => {
    const letter = fc.constantFrom(
      ...Array.from('abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!#$%^*'),
    );
    const secret = fc.string({ unit: letter, minLength: 14, maxLength: 40 });
    // What reads as a word or two on either side stays: of sixty letters and signs hardly any do.
    const seen = fc.sample(secret, { numRuns: 200, seed: 14 }).filter((one) => {
      const of = redactorOf(one);
      const half = Math.ceil(one.length / 2);
      return [one.slice(0, half), one.slice(-half)].some(
        (part) => !of.scrub(`got ${part} there`).includes('***'),
      );
    });
    expect(seen.length).toBeLessThan(20);
  });

  it('is known no more with its secret', () => {
    const other = redactorOf(password);
    other.remove(password);
    expect(other.scrub('Xk29&mQz71')).toBe('Xk29&mQz71');
  });
});

describe('what only begins like a secret stays as it is written', () => {
  const redactor = redactorOf(
    'admin',
    'Admin@123',
    'admin123',
    'P@ssw0rd2024',
    'order-service-2024',
    'production-cluster-1',
    'MyCompanyProductionPassword2024',
    'UserService2024',
    'patrol@corp.example',
    'demo-token-1',
    '20241128-120000',
    'http://user.corp.example:8080/a1b2',
  );

  it.each([
    'GET /api/admin/users answered 500: admins only, ask Admin@corp.example',
    'the order-service-2023 of the production-cluster-2',
    'java.lang.IllegalStateException at com.MyCompanyProduction.ProductionPassword.UserService.run',
    'mail wang@corp.example, see http://user.corp.example:8080/orders',
    'a demo-token was used on 20241128-115959',
  ])('%s', (text) => {
    expect(redactor.scrub(text)).toBe(text);
  });
});
