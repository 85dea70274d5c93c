/** While a lesson is shown, nothing of it is edited by accident: no raw text, no cell added or deleted, no menu of cells. */

const GLOSSARY = 'a[href*="glossary.ipynb"]';

/** Keep clicks and keys in `node` from JupyterLab while `on()`. `term`: somebody follows a link to a word's meaning. */
export function guard(node: HTMLElement, on: () => boolean, term: (id: string | undefined) => void): void {
  const listen = (name: string, act: (event: Event, target: Element) => void, capture: boolean): void =>
    node.addEventListener(name, event => on() && act(event, event.target as Element), { capture });
  listen('dblclick', (event, target) => target.closest('.jp-MarkdownCell') && event.stopPropagation(), true);
  listen('contextmenu', event => event.stopPropagation(), false); // The browser's own stays.
  listen('keydown', event => isForLesson(event as KeyboardEvent) && event.stopPropagation(), false);
  listen(
    'click',
    (event, target) => {
      const link = target.closest(GLOSSARY)?.getAttribute('href');
      if (link) {
        event.preventDefault();
        event.stopPropagation();
        term(/cell-id=([\w-]+)/.exec(link)?.[1]);
      }
    },
    true
  );
}

/** Whether a key is not JupyterLab's while a lesson is shown: all but to save, to find and to choose a command. */
function isForLesson(event: KeyboardEvent): boolean {
  const command = event.ctrlKey || event.metaKey;
  return !(command && ['s', 'f', 'c'].includes(event.key.toLowerCase()));
}
