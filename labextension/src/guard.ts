/** While a lesson is shown, nothing of it is edited by accident: no raw text, no cell added or deleted, no menu of cells. */

const GLOSSARY = 'a[href*="glossary.ipynb"]';

/** What somebody does in a lesson. */
export interface Actions {
  /** They follow a link to what a word means. */
  term: (id: string | undefined) => void;
  save: () => void;
}

/** Keep clicks and keys in `node` from JupyterLab while `on()`. */
export function guard(node: HTMLElement, on: () => boolean, act: Actions): void {
  const listen = (name: string, hear: (event: Event, target: Element) => void, capture: boolean): void =>
    node.addEventListener(name, event => on() && hear(event, event.target as Element), { capture });
  listen('dblclick', (event, target) => target.closest('.jp-MarkdownCell') && event.stopPropagation(), true);
  listen('contextmenu', event => event.stopPropagation(), false); // The browser's own stays.
  listen('keydown', event => hearKey(event as KeyboardEvent, act), false);
  listen(
    'click',
    (event, target) => {
      const link = target.closest(GLOSSARY)?.getAttribute('href');
      if (link) {
        event.preventDefault();
        event.stopPropagation();
        act.term(/cell-id=([\w-]+)/.exec(link)?.[1]);
      }
    },
    true
  );
}

/** While a lesson is shown no key is JupyterLab's, but to find something and to choose a command. */
function hearKey(event: KeyboardEvent, act: Actions): void {
  const key = event.ctrlKey || event.metaKey ? event.key.toLowerCase() : '';
  if (key === 's') {
    event.preventDefault();
    act.save();
  }
  if (key !== 'f' && key !== 'c') {
    event.stopPropagation();
  }
}
