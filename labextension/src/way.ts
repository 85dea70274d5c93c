/** Where a student is on the way through a lesson: what is shown of it, and which step stands at the top. */

import type { CodeCell } from '@jupyterlab/cells';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Bar } from './bar.js';
import { START, follow, onward, placeFrom, toKeep, type KeptPlace, type Move, type Place } from './place.js';
import { Scroll } from './scroll.js';
import { Stage } from './stage.js';
import type { Step } from './steps.js';
import { WORDS, announce, backTo, nextLesson } from './words.js';

export class Way {
  private readonly _stage: Stage;
  private readonly _scroll: Scroll;
  private _steps: Step[] = [];
  private _place: Place = START;
  private _on = false;

  /** `run`: somebody wants a cell to run again. `next`: the title of the lesson after this one. */
  constructor(
    private readonly _panel: NotebookPanel,
    private readonly _bar: Bar,
    run: (cell: CodeCell) => void,
    private readonly _next: () => string | undefined
  ) {
    this._stage = new Stage(_panel.content, run);
    this._scroll = new Scroll(_panel.content, _bar.node, () => this._looked());
    _panel.content.model?.cells.changed.connect(() => this._cellsChanged());
  }

  /** Show the lesson, as far as it has been reached. */
  show(): void {
    this._on = true;
    this._panel.content.mode = 'command';
    this._cellsChanged();
    this._stand(this._place.current);
  }

  /** Show the notebook, where one was. */
  hide(): void {
    this._on = false;
    this._stage.restore();
    this._scroll.release();
    const at = this._panel.content.widgets[this._steps[this._place.current]?.from ?? 0];
    if (at) {
      void this._panel.content.scrollToCell(at, 'start');
    }
  }

  /** Where Continue leads; undefined at the end. */
  get onward(): Move | undefined {
    return onward(this._place, this._steps);
  }

  /** What brings the lesson back to where it was: all that has been reached runs. */
  get back(): Move {
    return { from: 0, to: this._place.reached + 1, place: this._place };
  }

  /** A cell in view whose code somebody has changed and not run. */
  get changed(): CodeCell | undefined {
    const step = this._steps[this._place.current];
    return step && this._stage.changed(step);
  }

  /** The code of the steps that a move runs. */
  code(move: Move): CodeCell[] {
    return this._steps.slice(move.from, move.to).flatMap(step => this._stage.code(step));
  }

  /** Go there. `take`: the focus goes along. */
  go(move: Move, take: boolean): void {
    this._place = move.place;
    if (this._on) {
      this._stage.show(this._steps, move.place.reached);
    }
    this._stand(move.place.current, take);
  }

  /** One step back or forward, among those that have been reached. */
  turn(by: -1 | 1): void {
    this._stand(this._place.current + by);
  }

  /** The place as it is kept with the answers. */
  get kept(): KeptPlace {
    return toKeep(this._place, this._steps);
  }

  /** Take up a place that was kept, but where one has come further since: Python can end in the middle of a step. */
  takeUp(kept: unknown): void {
    const place = placeFrom(kept, this._steps);
    this._place = place.reached > this._place.reached ? place : this._place;
  }

  /** Somebody else begins: what the cells show is not theirs. */
  startAfresh(): void {
    this._place = START;
    this._stage.clear();
  }

  /** Say in the bar where one is. */
  tell(): void {
    const { current, reached } = this._place;
    this._bar.place(current, this._steps.length, reached);
    const move = this.onward;
    this._bar.onward(move ? (move.from === move.to ? backTo(reached) : WORDS.continue) : nextLesson(this._next()));
  }

  dispose(): void {
    this._scroll.dispose();
  }

  private _stand(number: number, take = false): void {
    const step = this._steps[number];
    const first = step && this._stage.first(step);
    if (!this._on || !step || !first || number > this._place.reached) {
      this.tell();
      return;
    }
    this._place = { ...this._place, current: number };
    this._scroll.stand(first);
    if (take || this._panel.node.contains(document.activeElement)) {
      first.focus({ preventScroll: true });
    }
    this._bar.announce(announce(number, this._steps.length, step.title));
    this.tell();
  }

  /** Somebody moved the view by hand: which step do they look at? */
  private _looked(): void {
    if (!this._on) {
      return;
    }
    const seen = this._steps.slice(0, this._place.reached + 1).filter(step => {
      const first = this._stage.first(step);
      return first && this._scroll.isLookedAt(first);
    });
    const current = Math.max(0, seen.length - 1);
    if (current !== this._place.current) {
      this._place = { ...this._place, current };
      this.tell();
    }
  }

  private _cellsChanged(): void {
    const steps = this._stage.steps();
    this._place = follow(this._place, this._steps, steps);
    this._steps = steps;
    if (!this._on) {
      return;
    }
    this._stage.show(steps, this._place.reached);
    this.tell();
    if (this._stage.isEmpty()) {
      this._bar.notice({ text: WORDS.empty });
    }
  }
}
