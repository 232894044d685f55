import type { Label } from './markdown-labels.ts';
import { isAbout } from './markdown-labels.ts';
import { titleIn } from './markdown-titles.ts';

/** How far below its caption an operation may stand, in blocks. */
const reach = 2;
const maxCaption = 60;
const maxProse = 2;
/** `功能：发送验证码`, which is no label to others: paths have functions as well. */
const aboutIn = /^[\s*]*(?:功能|作用|用途)[\s*]*[:：][\s*]*(\S.*)$/;

/** What could be the next operation's title besides a heading: a line of a list, a description. */
export class Naming {
  #caption: { readonly text: string; readonly index: number } | undefined;
  /** What labels say that it does; the last is empty while only its label has been seen. */
  #about: readonly string[] = [];
  /** What stands right below the heading. */
  #prose: readonly string[] = [];
  #isBelowHeading = true;

  /** `1. **Add a train**` is a caption; a status code in a list, or a sentence with an address, is none. */
  line(text: string, item: boolean, index: number): void {
    const own = aboutIn.exec(text)?.[1];
    if (this.#about.at(-1) === '') this.#about = [...this.#about.slice(0, -1), text];
    else if (own !== undefined) this.#about = [...this.#about, own];
    else if (this.#isBelowHeading && !item && this.#prose.length < maxProse)
      this.#prose = [...this.#prose, text];
    if (item && !/^[`\s]*[1-5]\d\d\b|:\/\//.test(text))
      this.#caption = { text: titleIn(text, undefined), index };
  }

  label(label: Label): void {
    this.#isBelowHeading = false;
    if (isAbout(label)) this.#about = [...this.#about, label.value];
  }

  caption(index: number): string | undefined {
    const caption = this.#caption;
    return caption !== undefined && index - caption.index <= reach && caption.text.length <= maxCaption
      ? caption.text
      : undefined;
  }

  /** What has been said of one operation, and what of it may be its title. */
  takeAbout(): { readonly title: string; readonly about: readonly string[] } {
    const about = [...this.#prose, ...this.#about];
    const title = titleIn(this.#about.at(-1) ?? '', undefined);
    this.#settle(false);
    return { title, about };
  }

  forget(): void {
    this.#caption = undefined;
    this.#settle(true);
  }

  #settle(isBelowHeading: boolean): void {
    this.#about = [];
    this.#prose = [];
    this.#isBelowHeading = isBelowHeading;
  }
}
