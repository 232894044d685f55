import { createHash, generateKeyPairSync, privateDecrypt, constants, createDecipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { compileTemplate } from './template.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();

const question = "'what do ya want for nothing?'";

const values: Record<string, string> = {
  user: 'patrol',
  password: '密码 1',
  salt: 's4lt',
  jefe: 'Jefe',
  pem,
  der: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  key: '0123456789abcdef',
  iv: 'fedcba9876543210',
  'header.x-id': 'h1',
};

function render(text: string, place?: 'url'): string {
  const compiled = compileTemplate(text, place);
  if (!compiled.ok) throw new Error(compiled.message);
  return compiled.template.render((name) => values[name]);
}

describe('a template', () => {
  it.each<[string, string]>([
    ['no placeholder {x} ${y}', 'no placeholder {x} ${y}'],
    ['a pa{{ss{%word', 'a pa{{ss{%word'],
    ['a {{user}} b {{ user | upcase }}', 'a patrol b PATROL'],
    ["{{'text' | base64_encode}}", 'dGV4dA=='],
    ['{{password | md5}}', createHash('md5').update('密码 1').digest('hex')],
    ['{{password | sha256 | upcase}}', createHash('sha256').update('密码 1').digest('hex').toUpperCase()],
    ["{{user | append: salt | prepend: 'x-'}}", 'x-patrols4lt'],
    // RFC 2202 and RFC 4231, test case 2
    [`{{${question} | hmac_md5: jefe}}`, '750c783e6ab0b503eaa86e310a5db738'],
    [`{{${question} | hmac_sha1: jefe}}`, 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79'],
    [
      `{{${question} | hmac_sha256: jefe}}`,
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    ],
    ["{{'abc' | sm3}}", '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'],
    ["{{'abc' | sha1 | hex_to_base64}}", 'qZk+NkcGgWq6PiVxeFDCbJzQ2J0='],
    ["{{'a b' | percent_encode}}", 'a%20b'],
    ['{% if user == "patrol" %}yes{% else %}no{% endif %}', 'yes'],
    ['{{header.x-id}} {{ header["x-id"] | upcase }}', 'h1 H1'],
  ])('%s', (text, expected) => {
    expect(render(text)).toBe(expected);
  });

  it('encodes values and leaves the rest as it is', () => {
    expect(render('http://h/?p={{password}}', 'url')).toBe('http://h/?p=%E5%AF%86%E7%A0%81%201');
  });

  it.each(['pem', 'der'])('encrypts with an RSA key given as %s', (form) => {
    const encrypted = Buffer.from(render(`{{password | rsa: ${form}}}`), 'base64');
    // Node refuses to decrypt PKCS#1 v1.5 itself: the raw block shows the padding and the text.
    const block = privateDecrypt({ key: privateKey, padding: constants.RSA_NO_PADDING }, encrypted);
    expect(block.subarray(0, 2)).toEqual(Buffer.from([0, 2]));
    expect(block.subarray(block.indexOf(0, 2) + 1).toString()).toBe('密码 1');
  });

  it.each(['sha1', 'sha256'])('encrypts with RSA-OAEP and %s', (oaepHash) => {
    const filter = oaepHash === 'sha1' ? 'rsa_oaep' : 'rsa_oaep_sha256';
    const encrypted = Buffer.from(render(`{{password | ${filter}: pem}}`), 'base64');
    const padding = constants.RSA_PKCS1_OAEP_PADDING;
    expect(privateDecrypt({ key: privateKey, padding, oaepHash }, encrypted).toString()).toBe('密码 1');
  });

  it.each([
    ['{{password | aes_cbc: key,iv}}', 'aes-128-cbc', values['iv'] ?? ''],
    ['{{password | aes_cbc: key}}', 'aes-128-cbc', values['key'] ?? ''],
    ['{{password | aes_ecb: key}}', 'aes-128-ecb', null],
  ])('encrypts with AES: %s', (text, algorithm, iv) => {
    const decipher = createDecipheriv(algorithm, values['key'] ?? '', iv);
    const plain = Buffer.concat([decipher.update(Buffer.from(render(text), 'base64')), decipher.final()]);
    expect(plain.toString()).toBe('密码 1');
  });

  it.each([
    ['{{}}', '{{}}: invalid value expression: "", line:1, col:3'],
    ['pass {{a b}}', '{{a b}}: expected a | behind the name, as in {{ password | md5 }}'],
    ["{{'a b' 'c'}}", "{{'a b' 'c'}}: expected a | behind the name, as in {{ password | md5 }}"],
    ['{{a[b]}}', '{{a[b]}}: what stands in brackets must be a text'],
    ['p4ss {% iff a %}', 'has a tag {% … %} that is not one of Liquid, or is not closed'],
    ['{{a | md6}}', '{{a | md6}}: there is no filter "md6"; did you mean md5?'],
    ['{{a | rsa}}', '{{a | rsa}}: rsa needs a value, as in rsa: key'],
  ])('refuses %s', (text, message) => {
    expect(compileTemplate(text)).toEqual({ ok: false, message });
  });

  it('lists a filter by name when none is near', () => {
    const compiled = compileTemplate('{{a | somethingelse}}');
    expect(compiled).toMatchObject({
      ok: false,
      message: expect.stringContaining('there are those of Liquid and md5, sha1, sha256'),
    });
  });

  it('names what it asks for', () => {
    const compiled = compileTemplate("{{a}} {{b | append: c | append: 'd'}} {{a}}");
    expect(compiled.ok && compiled.template.names).toEqual(['a', 'b', 'c']);
  });

  it('says which value is missing, and never shows one', () => {
    expect(() => render('{{nobody}}')).toThrow('there is no value for "nobody"');
    expect(() => render('{{password | rsa: salt}}')).toThrow(
      /^the filter rsa cannot work with the value that it was given$/,
    );
  });
});
