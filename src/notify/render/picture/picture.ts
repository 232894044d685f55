import type { HourRollup } from '../../../model/rollup.ts';
import type { Language } from '../../../model/settings.ts';
import { words } from '../languages.ts';
import { timeFormat } from '../time.ts';
import { findFont, type PictureFont } from './font.ts';
import { trendSvg } from './svg.ts';
import { trendOf } from './trend.ts';

export interface PictureOptions {
  readonly language: Language;
  /** IANA name. */
  readonly timeZone: string;
  /** Epoch ms. */
  readonly now: number;
  /** A font file of the user's own. */
  readonly font?: string | undefined;
}

/** Of the last day as a picture: PNG. Rejects when this machine cannot draw. */
export async function trendPicture(
  rollups: readonly HourRollup[],
  { language, timeZone, now, font }: PictureOptions,
): Promise<Uint8Array> {
  const used = font === undefined ? await findFont() : { file: font, family: 'sans-serif', hasChinese: true };
  // Without the characters, a picture in Chinese is a row of boxes.
  const spoken = used.hasChinese ? language : 'en';
  const texts = words[spoken].trend;
  const time = timeFormat(timeZone);
  return toPng(trendSvg(trendOf(rollups, now), { texts, time, now, fontFamily: used.family }), used);
}

/** Drawn on another thread. */
async function toPng(svg: string, { file, family }: PictureFont): Promise<Uint8Array> {
  // Loaded when the first picture is drawn: it would cost every start.
  const { renderAsync } = await import('@resvg/resvg-js');
  const drawn = await renderAsync(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    font:
      file === undefined
        ? { loadSystemFonts: true, defaultFontFamily: family }
        : {
            loadSystemFonts: false,
            fontFiles: [file],
            ...(family === 'sans-serif' ? {} : { defaultFontFamily: family }),
          },
  });
  return drawn.asPng();
}
