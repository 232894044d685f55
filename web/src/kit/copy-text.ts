/** Puts a text on the clipboard; false where the browser lets nobody do that. */
export async function copyText(text: string): Promise<boolean> {
  // Only pages that came over HTTPS, or from this machine, have one: https://developer.mozilla.org/docs/Web/API/Clipboard
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard === undefined) return copyBySelection(text);
  try {
    await clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

/** The way from before there were clipboards for pages; it works over plain HTTP as well. */
function copyBySelection(text: string): boolean {
  const { activeElement } = document;
  // In a dialog the focus may not leave it.
  const place = activeElement?.closest('[role="dialog"]') ?? document.body;
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.setAttribute('aria-hidden', 'true');
  field.style.position = 'fixed';
  field.style.opacity = '0';
  place.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  if (activeElement instanceof HTMLElement) activeElement.focus();
  return done;
}
