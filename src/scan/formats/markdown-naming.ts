import type { Label } from './markdown-labels.ts';
import { titleIn } from './markdown-titles.ts';

/** How far below its caption an operation may stand, in blocks. */
const reach = 2;
const maxCaption = 60;

/** What could be the next operation's title besides a heading: a line of a list, a description. */
export class Naming {
  #caption: { readonly text: string; readonly index: number } | undefined;
  /** Empty while only its label has been seen. */
  #about: string | undefined;

  /** `1. **Add a train**` is a caption; a status code in a list, or a sentence with an address, is none. */
  line(text: string, item: boolean, index: number): void {
    if (this.#about === '') this.#about = text;
    if (item && !/^[`\s]*[1-5]\d\d\b|:\/\//.test(text))
      this.#caption = { text: titleIn(text, undefined), index };
  }

  label(label: Label): void {
    if (/描述|简介|功能说明|用途|description|summary/i.test(label.words)) this.#about = label.value;
  }

  caption(index: number): string | undefined {
    const caption = this.#caption;
    return caption !== undefined && index - caption.index <= reach && caption.text.length <= maxCaption
      ? caption.text
      : undefined;
  }

  /** The description, for one operation. */
  takeAbout(): string {
    const about = titleIn(this.#about ?? '', undefined);
    this.#about = undefined;
    return about;
  }

  forget(): void {
    this.#caption = undefined;
    this.#about = undefined;
  }
}
