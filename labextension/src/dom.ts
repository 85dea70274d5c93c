/** Small helpers to make elements. Text reaches the page by textContent only. */

/** An element with a class and a text. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  className = '',
  text = ''
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  node.className = className;
  node.textContent = text;
  return node;
}

/** A button that does something. */
export function button(className: string, text: string, act: () => void): HTMLButtonElement {
  const node = make('button', className, text);
  node.type = 'button';
  node.addEventListener('click', act);
  return node;
}

/** Change a line that a screen reader reads aloud: the same sentence again would be read again. */
export function tell(node: HTMLElement, text: string): void {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}
