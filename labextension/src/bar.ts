/** The bar below a lesson: where one is, what there is to know, and the way on. */

import { button, make, tell } from './dom.js';
import { WORDS, stepOf } from './words.js';

export interface BarActions {
  onward: () => void;
  back: () => void;
  forward: () => void;
  map: () => void;
  showNotebook: () => void;
}

/** A sentence above the bar, perhaps with something to do about it. */
export interface Notice {
  text: string;
  label?: string;
  act?: () => void;
}

const LONG = 10000; // milliseconds until waiting is worth another sentence

export class Bar {
  readonly node = make('section', 'btl-lesson-bar');
  readonly mapButton: HTMLButtonElement;
  private readonly _back: HTMLButtonElement;
  private readonly _forward: HTMLButtonElement;
  private readonly _onward: HTMLButtonElement;
  private readonly _where = make('span', 'btl-lesson-where');
  private readonly _progress = make('progress', 'btl-lesson-progress');
  private readonly _notice = make('div', 'btl-lesson-notice');
  private readonly _sentence = make('p');
  private readonly _announcement = make('p', 'btl-lesson-unseen');
  private _label: string = WORDS.continue;
  private _timer = 0;

  constructor(actions: BarActions) {
    this.node.setAttribute('aria-label', 'Your way through the lesson');
    this._sentence.setAttribute('role', 'status');
    this._announcement.setAttribute('role', 'status');
    this._progress.setAttribute('aria-label', 'How far you are');
    this.mapButton = button('btl-lesson-map-button', WORDS.map, actions.map);
    this.mapButton.setAttribute('aria-expanded', 'false');
    this._back = button('btl-lesson-arrow', '‹', actions.back);
    this._back.setAttribute('aria-label', 'One step back');
    this._forward = button('btl-lesson-arrow', '›', actions.forward);
    this._forward.setAttribute('aria-label', 'One step forward');
    this._onward = button('btl-lesson-onward', WORDS.continue, actions.onward);
    this._onward.title = 'Ctrl+Enter or Shift+Enter';
    const notebook = button('btl-lesson-switch', WORDS.showNotebook, actions.showNotebook);
    const where = make('div', 'btl-lesson-steps');
    where.append(this._back, this._where, this._forward);
    const row = make('div', 'btl-lesson-row');
    row.append(this.mapButton, where, notebook, this._onward);
    this._notice.append(this._sentence);
    this._notice.hidden = true;
    this.node.append(this._progress, this._notice, row, this._announcement);
    this._show(true);
  }

  /** Where one is: the step in view, how many there are, how far one has been. */
  place(current: number, count: number, reached: number): void {
    tell(this._where, count > 0 ? stepOf(current, count) : '');
    this._progress.max = Math.max(count, 1);
    this._progress.value = Math.min(reached + 1, count);
    disable(this._back, current <= 0);
    disable(this._forward, current >= reached);
  }

  /** Whether something runs just now. */
  get busy(): boolean {
    return this.node.getAttribute('aria-busy') === 'true';
  }

  /** What the large button says when nothing runs; "" if it leads nowhere. */
  onward(label: string): void {
    this._label = label;
    this._show(this.busy);
  }

  /** Something runs now: say a sentence, and `later` another if it takes long. */
  wait(now: string, later: string): void {
    this._show(true);
    this.notice(now ? { text: now } : undefined);
    this._timer = window.setTimeout(() => this.notice({ text: later }), LONG);
  }

  /** Nothing runs any more. `notice`: what there is to know about it. */
  rest(notice?: Notice): void {
    this._show(false);
    this.notice(notice);
  }

  /** Say a sentence above the bar, or nothing any more. */
  notice(notice?: Notice): void {
    clearTimeout(this._timer);
    for (const old of [...this._notice.children].slice(1)) {
      old.remove();
    }
    tell(this._sentence, notice?.text ?? '');
    if (notice?.label && notice.act) {
      this._notice.append(button('', notice.label, notice.act));
    }
    this._notice.hidden = notice === undefined;
  }

  /** Have a screen reader say something. */
  announce(text: string): void {
    tell(this._announcement, text);
  }

  dispose(): void {
    clearTimeout(this._timer);
  }

  private _show(busy: boolean): void {
    tell(this._onward, busy ? WORDS.working : this._label);
    this._onward.hidden = this._label === '';
    disable(this._onward, busy);
    this.node.setAttribute('aria-busy', String(busy));
  }
}

/** Not the attribute: a button that can't be used just now keeps the focus. */
function disable(node: HTMLButtonElement, off: boolean): void {
  node.setAttribute('aria-disabled', String(off));
}
