import { X509Certificate } from 'node:crypto';

const block = /-----BEGIN CERTIFICATE-----[\s\S]*?(?:-----END CERTIFICATE-----|(?=-----BEGIN)|$)/g;

/** Whether a text holds certificates in PEM and every one of them can be read: TLS leaves out what it cannot read, and says nothing. */
export function areCertificates(pem: string): boolean {
  const blocks = pem.match(block) ?? [];
  return blocks.length > 0 && blocks.every(isCertificate);
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}
