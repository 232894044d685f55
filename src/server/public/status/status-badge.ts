import stringWidth from 'string-width';
import { escapeMarkup } from '../../../lib/text/text.ts';
import type { PublicState } from './status-view.ts';

/** Of a letter of the usual width; a Chinese character takes two. */
const letterPx = 7;
const paddingPx = 10;
export const badgeColors: Readonly<Record<PublicState, string>> = {
  ok: '#1f7a3d',
  degraded: '#8a5a00',
  failing: '#b3261e',
  maintenance: '#1a5fc8',
  unknown: '#5f6368',
};

/** Two words side by side, for a README or a wiki page. */
export function badge(label: string, text: string, color: string): string {
  const [left, right] = [label, text].map((word) => stringWidth(word) * letterPx + 2 * paddingPx) as [
    number,
    number,
  ];
  const [name, value] = [label, text].map(escapeMarkup);
  const width = left + right;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${name}: ${value}">
<title>${name}: ${value}</title>
<clipPath id="r"><rect width="${width}" height="20" rx="3"/></clipPath>
<g clip-path="url(#r)"><rect width="${left}" height="20" fill="#444"/><rect x="${left}" width="${right}" height="20" fill="${color}"/></g>
<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,PingFang SC,Microsoft YaHei,sans-serif" font-size="11">
<text x="${left / 2}" y="14">${name}</text><text x="${left + right / 2}" y="14">${value}</text></g>
</svg>
`;
}
