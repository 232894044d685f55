import type { HourRollup } from '../../../model/histogram.ts';
import type { Language } from '../../../model/settings.ts';
import { words } from '../languages.ts';
import { timeFormat } from '../time.ts';
import { trendOf, trendSvg } from './svg.ts';
import { access } from 'node:fs/promises';

export interface PictureOptions {
  readonly language: Language;
  /** IANA name. */
  readonly timeZone: string;
  /** Epoch ms. */
  readonly now: number;
  /** A font file of the user's own. */
  readonly font?: string;
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

/** A font for pictures, and whether it can write Chinese. */
interface PictureFont {
  /** Absent: whatever the system has. */
  readonly file?: string;
  readonly family: string;
  readonly hasChinese: boolean;
}

/** Where the usual systems and their packages keep a font with Chinese, the most readable first. */
const usual: readonly (readonly [file: string, family: string])[] = [
  ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc', 'Noto Sans CJK SC'],
  ['/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc', 'Noto Sans CJK SC'],
  ['/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc', 'Noto Sans CJK SC'],
  ['/usr/share/fonts/google-noto-sans-cjk-fonts/NotoSansCJK-Regular.ttc', 'Noto Sans CJK SC'],
  ['/usr/share/fonts/truetype/wqy/wqy-microhei.ttc', 'WenQuanYi Micro Hei'],
  ['/usr/share/fonts/wqy-microhei/wqy-microhei.ttc', 'WenQuanYi Micro Hei'],
  ['/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc', 'WenQuanYi Zen Hei'],
  ['/usr/share/fonts/wqy-zenhei/wqy-zenhei.ttc', 'WenQuanYi Zen Hei'],
  ['/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf', 'Droid Sans Fallback'],
  ['/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc', 'Noto Serif CJK SC'],
  ['/System/Library/Fonts/PingFang.ttc', 'PingFang SC'],
  ['/System/Library/Fonts/STHeiti Medium.ttc', 'Heiti SC'],
  ['C:\\Windows\\Fonts\\msyh.ttc', 'Microsoft YaHei'],
  ['C:\\Windows\\Fonts\\simhei.ttf', 'SimHei'],
];

/** The first font with Chinese that is there; without one, pictures speak English. */
export async function findFont(places = usual): Promise<PictureFont> {
  for (const [file, family] of places) {
    const isThere = await access(file).then(
      () => true,
      () => false,
    );
    if (isThere) return { file, family, hasChinese: true };
  }
  return { family: 'sans-serif', hasChinese: false };
}
