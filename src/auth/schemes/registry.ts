import type { Scheme } from '../scheme.ts';
import { apiKey } from './api-key.ts';
import { awsSigV4 } from './aws-sigv4.ts';
import { basic } from './basic.ts';
import { bearer } from './bearer.ts';
import { digest } from './digest/digest.ts';
import { exec } from './exec.ts';
import { login } from './login/login.ts';
import { mtls } from './mtls.ts';
import { oauth2ClientCredentials } from './oauth2/client-credentials.ts';
import { oauth2Password } from './oauth2/password.ts';
import { oauth2RefreshToken } from './oauth2/refresh-token.ts';
import { signature } from './signature.ts';

/** Every way to sign in; the config's `scheme:` names one. */
export const schemes: readonly Scheme[] = [
  bearer,
  apiKey,
  basic,
  digest,
  login,
  oauth2ClientCredentials,
  oauth2Password,
  oauth2RefreshToken,
  signature,
  awsSigV4,
  mtls,
  exec,
];
