import type { WrittenSignatureSpec } from './signature-spec.ts';

export interface SignaturePreset {
  readonly name: string;
  readonly summary: string;
  /** Further values that it needs besides `key` and `secret`, and what they are. */
  readonly needs: Readonly<Record<string, string>>;
  readonly steps: WrittenSignatureSpec;
}

/** Alibaba Cloud API Gateway, "digital signature authentication"; Hikvision's Artemis and others took it over. */
const aliyunApiGateway: SignaturePreset = {
  name: 'aliyun-api-gateway',
  summary: 'Alibaba Cloud API Gateway: `key` is the AppKey, `secret` the AppSecret.',
  needs: {},
  steps: [
    // Clients add `Accept: */*` on their way; it is signed, so that it must be said.
    { put: { in: 'header', name: 'accept', value: 'application/json', unlessPresent: true } },
    { put: { in: 'header', name: 'x-ca-key', value: '{{key}}' } },
    { put: { in: 'header', name: 'x-ca-nonce', value: '{{uuid}}' } },
    { put: { in: 'header', name: 'x-ca-timestamp', value: '{{now}}' } },
    { put: { in: 'header', name: 'x-ca-signature-method', value: 'HmacSHA256' } },
    {
      join: {
        as: 'signedNames',
        from: ['headers'],
        only: ['x-ca-*'],
        drop: ['x-ca-signature', 'x-ca-signature-headers'],
        pair: '{{name}}',
        by: ',',
      },
    },
    {
      join: {
        as: 'signedHeaders',
        from: ['headers'],
        only: ['x-ca-*'],
        drop: ['x-ca-signature', 'x-ca-signature-headers'],
        pair: '{{name}}:{{value}}\n',
        by: '',
      },
    },
    { join: { as: 'parameters', from: ['query', 'form'], empty: 'name' } },
    {
      set: {
        resource: '{{path | with_query: parameters}}',
        text:
          '{{method}}\n{{header.accept}}\n{{header.content-md5}}\n{{header.content-type}}\n{{header.date}}\n' +
          '{{signedHeaders}}{{resource}}',
        signature: '{{text | hmac_sha256: secret | hex_to_base64}}',
      },
    },
    { put: { in: 'header', name: 'x-ca-signature-headers', value: '{{signedNames}}' } },
    { put: { in: 'header', name: 'x-ca-signature', value: '{{signature}}' } },
  ],
};

/** Tencent Cloud API 3.0, TC3-HMAC-SHA256. */
const tencentTc3: SignaturePreset = {
  name: 'tencent-cloud-tc3',
  summary: 'Tencent Cloud API 3.0 (TC3-HMAC-SHA256): `key` is the SecretId, `secret` the SecretKey.',
  needs: { service: 'name of the service, as in cvm.tencentcloudapi.com' },
  steps: [
    {
      put: {
        in: 'header',
        name: 'content-type',
        value: 'application/x-www-form-urlencoded',
        unlessPresent: true,
      },
    },
    { set: { timestamp: '{{now | seconds}}', date: "{{now | time: 'yyyy-MM-dd'}}" } },
    { put: { in: 'header', name: 'x-tc-timestamp', value: '{{timestamp}}' } },
    {
      join: {
        as: 'parameters',
        from: ['query'],
        pair: '{{name | percent_encode}}={{value | percent_encode}}',
      },
    },
    {
      set: {
        scope: '{{date}}/{{service}}/tc3_request',
        canonical:
          '{{method}}\n{{path}}\n{{parameters}}\ncontent-type:{{header.content-type | downcase}}\nhost:{{host}}\n\n' +
          'content-type;host\n{{body | sha256}}',
        text: 'TC3-HMAC-SHA256\n{{timestamp}}\n{{scope}}\n{{canonical | sha256}}',
        firstSecret: 'TC3{{secret}}',
        dateSecret: '{{date | hmac_sha256: firstSecret}}',
        serviceSecret: '{{service | hmac_sha256_hexkey: dateSecret}}',
        signingSecret: "{{'tc3_request' | hmac_sha256_hexkey: serviceSecret}}",
        signature: '{{text | hmac_sha256_hexkey: signingSecret}}',
      },
    },
    {
      put: {
        in: 'header',
        name: 'authorization',
        value:
          'TC3-HMAC-SHA256 Credential={{key}}/{{scope}}, SignedHeaders=content-type;host, Signature={{signature}}',
      },
    },
  ],
};

/** WeChat Pay API v3, WECHATPAY2-SHA256-RSA2048. */
const wechatPayV3: SignaturePreset = {
  name: 'wechat-pay-v3',
  summary: 'WeChat Pay v3: `key` is the merchant id, `secret` its private key in PEM.',
  needs: { serial: 'serial number of the merchant certificate' },
  steps: [
    { put: { in: 'header', name: 'accept', value: 'application/json', unlessPresent: true } },
    {
      set: {
        timestamp: '{{now | seconds}}',
        nonce: "{{uuid | remove: '-' | upcase}}",
        text: '{{method}}\n{{url}}\n{{timestamp}}\n{{nonce}}\n{{body}}\n',
        signature: '{{text | rsa_sha256: secret}}',
      },
    },
    {
      put: {
        in: 'header',
        name: 'authorization',
        value:
          'WECHATPAY2-SHA256-RSA2048 mchid="{{key}}",nonce_str="{{nonce}}",signature="{{signature}}",' +
          'timestamp="{{timestamp}}",serial_no="{{serial}}"',
      },
    },
  ],
};

/** Huawei Cloud API Gateway and services, SDK-HMAC-SHA256. */
const huaweiApig: SignaturePreset = {
  name: 'huawei-apig',
  summary: 'Huawei Cloud (SDK-HMAC-SHA256): `key` is the AK or AppKey, `secret` the SK or AppSecret.',
  needs: {},
  steps: [
    { put: { in: 'header', name: 'x-sdk-date', value: "{{now | time: 'yyyyMMddTHHmmssZ'}}" } },
    {
      join: {
        as: 'signedNames',
        from: ['headers'],
        only: ['content-type', 'host', 'x-sdk-date'],
        pair: '{{name}}',
        by: ';',
      },
    },
    {
      join: {
        as: 'signedHeaders',
        from: ['headers'],
        only: ['content-type', 'host', 'x-sdk-date'],
        pair: '{{name}}:{{value}}\n',
        by: '',
      },
    },
    {
      join: {
        as: 'parameters',
        from: ['query'],
        pair: '{{name | percent_encode}}={{value | percent_encode}}',
      },
    },
    {
      set: {
        canonical:
          "{{method}}\n{{path | end_with: '/'}}\n{{parameters}}\n{{signedHeaders}}\n{{signedNames}}\n{{body | sha256}}",
        text: 'SDK-HMAC-SHA256\n{{header.x-sdk-date}}\n{{canonical | sha256}}',
        signature: '{{text | hmac_sha256: secret}}',
      },
    },
    {
      put: {
        in: 'header',
        name: 'authorization',
        value: 'SDK-HMAC-SHA256 Access={{key}}, SignedHeaders={{signedNames}}, Signature={{signature}}',
      },
    },
  ],
};

/** Taobao Open Platform; JD, Pinduoduo and many shops' own gateways do likewise. */
const taobaoTop: SignaturePreset = {
  name: 'taobao-top',
  summary:
    'Taobao and its like: MD5 over secret, sorted names and values, secret; `app_key`, `timestamp` and `sign` in the query.',
  needs: {},
  steps: [
    { put: { in: 'query', name: 'app_key', value: '{{key}}' } },
    { put: { in: 'query', name: 'timestamp', value: "{{now | time: 'yyyy-MM-dd HH:mm:ss','+08:00'}}" } },
    { put: { in: 'query', name: 'sign_method', value: 'md5' } },
    {
      join: {
        as: 'parameters',
        from: ['query', 'form'],
        drop: ['sign'],
        empty: 'drop',
        pair: '{{name}}{{value}}',
        by: '',
      },
    },
    { set: { text: '{{secret}}{{parameters}}{{secret}}', signature: '{{text | md5 | upcase}}' } },
    { put: { in: 'query', name: 'sign', value: '{{signature}}' } },
  ],
};

/** What most home-made gateways do; the names differ, so that it is often the start of a description of one's own. */
const sortedMd5: SignaturePreset = {
  name: 'sorted-md5',
  summary:
    'Upper-case MD5 over `a=1&b=2&key=SECRET`; `appKey`, `timestamp` (ms), `nonce` and `sign` in the query.',
  needs: {},
  steps: [
    { put: { in: 'query', name: 'appKey', value: '{{key}}' } },
    { put: { in: 'query', name: 'timestamp', value: '{{now}}' } },
    { put: { in: 'query', name: 'nonce', value: "{{uuid | remove: '-'}}" } },
    { join: { as: 'parameters', from: ['query', 'form', 'json'], drop: ['sign'], empty: 'drop' } },
    { set: { text: '{{parameters}}&key={{secret}}', signature: '{{text | md5 | upcase}}' } },
    { put: { in: 'query', name: 'sign', value: '{{signature}}' } },
  ],
};

/** Every preset; the config's `preset:` names one. */
export const signaturePresets: readonly SignaturePreset[] = [
  aliyunApiGateway,
  tencentTc3,
  wechatPayV3,
  huaweiApig,
  taobaoTop,
  sortedMd5,
];
