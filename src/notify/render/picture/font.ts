import { access } from 'node:fs/promises';

/** A font for pictures, and whether it can write Chinese. */
export interface PictureFont {
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
