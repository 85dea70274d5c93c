/** Where the view of a lesson stands: the beginning of a step at the top, whatever grows above or below it. */

import type { Notebook } from '@jupyterlab/notebook';

const ABOVE = 8; // pixels that stay free above a step
const LOOKED_AT = 0.5; // of the view: a step that begins above this line is the one that is looked at
// What a person does to move the view: from then on it stays where they put it.
const BY_HAND = ['wheel', 'touchmove', 'pointerdown', 'keydown'];

export class Scroll {
  private readonly _outer: HTMLElement;
  private readonly _inner: HTMLElement;
  private readonly _observer: ResizeObserver;
  private _at: HTMLElement | null = null;
  private _held = false;

  /** `bar`: what the view ends above. `moved`: somebody moved the view by hand. */
  constructor(notebook: Notebook, bar: HTMLElement, moved: () => void) {
    this._outer = notebook.outerNode;
    this._inner = notebook.viewportNode;
    this._observer = new ResizeObserver(() => {
      this._outer.style.setProperty('--btl-lesson-bar', `${bar.offsetHeight}px`);
      this._settle();
    });
    this._observer.observe(bar);
    this._observer.observe(this._outer);
    this._observer.observe(this._inner);
    this._outer.addEventListener('scroll', () => this._held || moved(), { passive: true });
    for (const name of BY_HAND) {
      this._outer.addEventListener(name, () => (this._held = false), { capture: true, passive: true });
    }
  }

  /** Put the beginning of this cell at the top and keep it there, until somebody moves the view. */
  stand(cell: HTMLElement): void {
    this._at = cell;
    this._held = true;
    this._settle();
  }

  /** Let go: the room below the last step is no longer needed. */
  release(): void {
    this._at = null;
    this._held = false;
    this._inner.style.paddingBlockEnd = '';
  }

  /** Whether a cell begins in the upper part of the view, or above it. */
  isLookedAt(cell: HTMLElement): boolean {
    const view = this._outer.getBoundingClientRect();
    return cell.getBoundingClientRect().top <= view.top + view.height * LOOKED_AT;
  }

  dispose(): void {
    this._observer.disconnect();
  }

  private _settle(): void {
    if (!this._at?.isConnected) {
      return;
    }
    // Room below, so that a short last step can stand at the top, too.
    const start = this._at.getBoundingClientRect().top;
    const own = this._inner.getBoundingClientRect();
    const padding = parseFloat(getComputedStyle(this._inner).paddingBlockEnd) || 0;
    const room = Math.max(0, this._outer.clientHeight - ABOVE - (own.bottom - padding - start));
    if (Math.abs(room - padding) > 1) {
      this._inner.style.paddingBlockEnd = `${room}px`;
    }
    if (this._held) {
      const by = start - this._outer.getBoundingClientRect().top - ABOVE;
      if (Math.abs(by) > 1) {
        this._outer.scrollTop += by;
      }
    }
  }
}
