import { z } from 'zod';
import { isSensitiveName } from '../../lib/secrets/secret.ts';
import { secretText } from '../../lib/zod.ts';
import { defineScheme } from '../scheme.ts';
import { signaturePresets } from '../signature/presets.ts';
import { compileSignatureSpec, signatureSpec, type SignStep } from '../signature/signature-spec.ts';
import { signRequest } from '../signature/sign.ts';
import { sealedRecord, shared, unsealRecord } from './options.ts';

const shape = z.strictObject({
  preset: z
    .enum(signaturePresets.map((preset) => preset.name))
    .optional()
    .describe(signaturePresets.map((preset) => `\`${preset.name}\`: ${preset.summary}`).join(' ')),
  key: z.string().min(1).describe('The public half: AppKey, AccessKey, merchant id. `{{ key }}` in steps.'),
  secret: secretText.describe('The secret half. `{{ secret }}` in steps.'),
  values: sealedRecord.default({}).describe('Further values for the steps: `service`, `serial` …'),
  steps: signatureSpec.optional().describe('How a request is signed, where no preset fits.'),
  ...shared,
});

const options = shape.transform((written, context): SignatureOptions => {
  const fail = (message: string) => context.addIssue({ code: 'custom', message });
  const preset = signaturePresets.find((one) => one.name === written.preset);
  if ((preset === undefined) === (written.steps === undefined)) {
    fail('needs either `preset` or `steps`, and not both');
    return z.NEVER;
  }
  for (const [name, meaning] of Object.entries(preset?.needs ?? {})) {
    if (written.values[name] === undefined)
      fail(`needs \`values.${name}\` for ${preset?.name ?? ''}: ${meaning}`);
  }
  const known = ['key', 'secret', ...Object.keys({ ...preset?.needs, ...written.values })];
  const { steps, problems } = compileSignatureSpec(
    written.steps ?? signatureSpec.parse(preset?.steps),
    known,
  );
  for (const problem of problems) fail(problem);
  return { ...written, steps };
});

type SignatureOptions = Omit<z.output<typeof shape>, 'steps'> & { readonly steps: readonly SignStep[] };

export const signature = defineScheme({
  kind: 'signature',
  title: { en: 'Signed requests', zh: '请求签名' },
  summary:
    'Signs every request with a shared secret or a private key, as gateways of Chinese vendors demand.',
  example: { preset: 'sorted-md5', key: 'patrol', secret: '${env:APP_SECRET}' },
  satisfies: ['apiKey', 'other'],
  usesClock: true,
  options,
  apply: (request, written, _token, clock) =>
    signRequest(request, written.steps, givenBy(written), clock.now()).request,
  explain: (request, written, clock) => {
    const { values } = signRequest(request, written.steps, givenBy(written), clock.now());
    return [...values].map(
      ([name, value]) => `${name}: ${isSensitiveName(name) ? '***' : value.replaceAll('\n', '⏎')}`,
    );
  },
});

function givenBy({ key, secret, values }: SignatureOptions): Readonly<Record<string, string>> {
  return { ...unsealRecord(values), key, secret: secret.reveal() };
}
