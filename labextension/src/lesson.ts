/** A notebook as a lesson: it runs step by step, and says what it does and what is wrong. */

import { Dialog } from '@jupyterlab/apputils';
import type { CodeCell } from '@jupyterlab/cells';
import { PathExt } from '@jupyterlab/coreutils';
import type { INotebookCellExecutor, NotebookPanel } from '@jupyterlab/notebook';
import type { Kernel } from '@jupyterlab/services';
import { Bar, type Notice } from './bar.js';
import { Drawer } from './drawer.js';
import { askKit, type Course, type Question } from './kit.js';
import { START, follow, onward, placeFrom, toKeep, type Move, type Place } from './place.js';
import { Scroll } from './scroll.js';
import { Stage } from './stage.js';
import type { Step } from './steps.js';
import { VERSION, isOurs } from './version.js';
import { WORDS, announce, backTo, nextLesson, openToo, otherVersion } from './words.js';

const LONG = 10000; // milliseconds until waiting is worth another sentence
const ON = 'btl-lesson';

/** What a lesson needs from JupyterLab. */
export interface Services {
  run: (options: INotebookCellExecutor.IRunCellOptions) => Promise<boolean>;
  open: (path: string) => void;
  /** Change between the lesson and the notebook. */
  turn: () => void;
  /** The other lessons that are open. */
  others: () => LessonView[];
}

export class LessonView {
  private readonly _bar: Bar;
  private readonly _drawer: Drawer;
  private readonly _scroll: Scroll;
  private readonly _stage: Stage;
  private _steps: Step[] = [];
  private _place: Place = START;
  private _course: Course | null = null;
  private _on = false;
  private _begun = false;
  /** Counts beginnings: what was under way in an earlier one no longer matters. */
  private _turn = 0;
  private _busy = false;
  /** Whether Python has stopped since the student last came a step further. */
  private _stopped = false;
  private _down = false;
  private _timer = 0;

  constructor(
    readonly panel: NotebookPanel,
    readonly lesson: string,
    private readonly _services: Services
  ) {
    const { content, context, sessionContext } = panel;
    this._stage = new Stage(content, cell => void this._runAgain(cell));
    this._bar = new Bar({
      onward: () => this._onward(),
      back: () => this._stand(this._place.current - 1),
      forward: () => this._stand(this._place.current + 1),
      map: () => this._drawer.toggle(),
      showNotebook: _services.turn
    });
    this._scroll = new Scroll(content, this._bar.node, () => this._looked());
    this._drawer = new Drawer({
      lesson,
      ask: question => this._ask(question),
      open: path => _services.open(this._seen(path)),
      address: path => context.urlResolver.getDownloadUrl(this._seen(path)),
      changed: () => this._everyoneAnew(),
      closed: () => this._bar.mapButton.focus(),
      toggled: open => this._bar.mapButton.setAttribute('aria-expanded', String(open))
    });
    panel.node.append(this._drawer.node, this._bar.node);
    content.model?.cells.changed.connect(() => this._cellsChanged());
    sessionContext.statusChanged.connect((_, status) => this._kernelIs(status));
    sessionContext.connectionStatusChanged.connect((_, status) => this._connectionIs(status));
    this._keepQuiet();
  }

  /** The lesson's name, for people. */
  get title(): string {
    return this._course?.lessons.find(one => one.id === this.lesson)?.title ?? this.panel.title.label;
  }

  /** Show it as a lesson or as a notebook. `inFront`: whether it is what is seen. */
  show(on: boolean, inFront: boolean): void {
    if (on !== this._on) {
      this._on = on;
      this.panel.toggleClass(ON, on);
      this.panel.toolbar.setHidden(on);
      this._bar.node.hidden = !on;
      if (on) {
        this.panel.content.mode = 'command';
        this._cellsChanged();
        this._stand(this._place.current);
      } else {
        this._drawer.close();
        this._stage.restore();
        this._scroll.release();
        const at = this.panel.content.widgets[this._steps[this._place.current]?.from ?? 0];
        if (at) {
          void this.panel.content.scrollToCell(at, 'start');
        }
      }
    }
    if (on && inFront && !this._begun) {
      this._begun = true;
      void this.begin();
    } else if (on && inFront && !this._busy) {
      this._sayOthers();
    }
  }

  /** Ctrl+Enter or Shift+Enter, wherever the focus is. */
  enter(event: KeyboardEvent): void {
    const target = event.target as Element;
    if (!this._on || target.closest('.jp-Dialog, .lm-Menu, .lm-CommandPalette')) {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat) {
      this._onward(true);
    }
  }

  /** Begin, or begin anew: run the lesson down to where the student was. */
  async begin(notice: string = WORDS.starting): Promise<void> {
    const turn = ++this._turn;
    this._waiting(notice, WORDS.startingLong);
    const { sessionContext } = this.panel;
    await sessionContext.ready;
    const kernel = sessionContext.session?.kernel;
    if (!kernel) {
      this._problem({ text: WORDS.noKernel, label: WORDS.start, act: () => this._restart() });
      return;
    }
    await kernel.info;
    let trouble = '';
    try {
      this._course = await this._ask<Course>({ do: 'look', lesson: this.lesson });
      const { version, place } = this._course;
      trouble = isOurs(version) ? '' : otherVersion(VERSION, version);
      const kept = placeFrom(place, this._steps);
      // Where Python ended in the middle of a step, that step is not kept yet.
      this._place = kept.reached > this._place.reached ? kept : this._place;
      this._drawer.show(this._course);
    } catch (error) {
      trouble = error instanceof Error ? error.message : String(error);
    }
    if (turn !== this._turn || this.panel.isDisposed) {
      return;
    }
    if (this._place.reached > 0) {
      this._waiting(WORDS.bringing, WORDS.workingLong);
    }
    this._stage.show(this._steps, this._place.reached);
    this._stand(this._place.current);
    const done = await this._run({ from: 0, to: this._place.reached + 1, place: this._place });
    if (done && trouble) {
      this._bar.notice({ text: trouble });
    } else if (done) {
      this._sayOthers();
    }
  }

  dispose(): void {
    this._turn++;
    clearTimeout(this._timer);
    this._scroll.dispose();
  }

  /** Go on: run what somebody has changed, else the next step. `byKey`: nobody leaves a lesson by a key too many. */
  private _onward(byKey = false): void {
    if (this._busy) {
      this._bar.announce(WORDS.working);
      return;
    }
    const step = this._steps[this._place.current];
    const changed = step && this._stage.changed(step);
    const move = onward(this._place, this._steps);
    if (changed) {
      void this._runAgain(changed);
    } else if (move) {
      void this._go(move);
    } else if (byKey) {
      this._bar.announce(WORDS.end);
    } else {
      const next = this._next();
      if (next) {
        this._services.open(this._seen(next.notebook));
      }
    }
  }

  private async _go(move: Move): Promise<void> {
    this._place = move.place;
    this._stage.show(this._steps, move.place.reached);
    this._stand(move.place.current, true);
    if (await this._run(move)) {
      this._stopped = false;
      this._save();
      await this._keepPlace();
    }
  }

  /** Run some steps; whether all of it worked. */
  private async _run(move: Move): Promise<boolean> {
    const turn = this._turn;
    const cells = this._steps.slice(move.from, move.to).flatMap(step => this._stage.code(step));
    const done = cells.length === 0 || (await this._runCells(cells));
    if (turn !== this._turn) {
      return false;
    }
    if (done) {
      this._settled();
    } else {
      this._problem({ text: WORDS.failed, label: WORDS.retry, act: () => void this._run(move) });
    }
    return done;
  }

  private async _runAgain(cell: CodeCell): Promise<void> {
    if (this._busy) {
      return;
    }
    const turn = this._turn;
    await this._runCells([cell]);
    if (turn === this._turn) {
      this._settled();
    }
  }

  private async _runCells(cells: CodeCell[]): Promise<boolean> {
    const { content, sessionContext } = this.panel;
    if (!content.model) {
      return false;
    }
    const turn = this._turn;
    if (!this._busy) {
      this._waiting('', WORDS.workingLong);
    }
    for (const cell of cells) {
      try {
        const done = await this._services.run({
          cell,
          notebook: content.model,
          notebookConfig: content.notebookConfig,
          sessionContext,
          onCellExecuted: () => undefined,
          onCellExecutionScheduled: () => undefined
        });
        if (!done || turn !== this._turn) {
          return false;
        }
      } catch {
        return false; // The cell shows what was wrong.
      }
    }
    return true;
  }

  /** Stand on a step that has been reached. `take`: the focus goes along. */
  private _stand(number: number, take = false): void {
    const step = this._steps[number];
    const first = step && this._stage.first(step);
    if (!step || !first || number > this._place.reached) {
      this._bar.place(0, this._steps.length, 0);
      return;
    }
    this._place = { ...this._place, current: number };
    this._scroll.stand(first);
    if (take || this.panel.node.contains(document.activeElement)) {
      first.focus({ preventScroll: true });
    }
    this._bar.announce(announce(number, this._steps.length, step.title));
    this._showPlace();
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
      this._showPlace();
    }
  }

  private _showPlace(): void {
    const { current, reached } = this._place;
    this._bar.place(current, this._steps.length, reached);
    const move = onward(this._place, this._steps);
    const label = move ? (move.from === move.to ? backTo(reached) : WORDS.continue) : nextLesson(this._next()?.title);
    this._bar.onward(label, this._busy);
  }

  /** The lesson after this one, if there is one. */
  private _next(): { title: string; notebook: string } | undefined {
    const lessons = this._course?.lessons ?? [];
    const own = lessons.findIndex(one => one.id === this.lesson);
    return own < 0 ? undefined : lessons[own + 1];
  }

  private _cellsChanged(): void {
    const steps = this._stage.steps();
    this._place = follow(this._place, this._steps, steps);
    this._steps = steps;
    if (!this._on) {
      return;
    }
    this._stage.show(steps, this._place.reached);
    this._showPlace();
    if (this._stage.isEmpty()) {
      this._bar.notice({ text: WORDS.empty });
    }
  }

  private _waiting(now: string, later: string): void {
    this._busy = true;
    this._bar.notice(now ? { text: now } : undefined);
    clearTimeout(this._timer);
    this._timer = window.setTimeout(() => this._bar.notice({ text: later }), LONG);
    this._showPlace();
  }

  private _settled(): void {
    this._busy = false;
    clearTimeout(this._timer);
    this._bar.notice();
    this._showPlace();
  }

  private _problem(notice: Notice): void {
    this._settled();
    this._bar.notice(notice);
  }

  /** Say that another lesson is open, if so. */
  private _sayOthers(): void {
    const other = this._services.others()[0];
    if (other) {
      const act = () => this._services.open(other.panel.context.path);
      this._bar.notice({ text: openToo(other.title), label: WORDS.go, act });
    }
  }

  private _kernelIs(status: Kernel.Status): void {
    if (!this._on || !this._begun) {
      return;
    }
    if (status === 'dead') {
      this._turn++;
      this._problem({ text: WORDS.dead, label: WORDS.start, act: () => this._restart() });
    } else if (status === 'restarting' || status === 'autorestarting') {
      this._turn++;
      this._down = true;
      this._waiting(WORDS.restarted, WORDS.startingLong);
      closeDialogs();
    } else if (status === 'idle' && this._down) {
      this._down = false;
      this._comeBack();
    }
  }

  /** Python has started again: bring the lesson back; but not for ever, where a step makes it stop each time. */
  private _comeBack(): void {
    if (this._stopped) {
      this._problem({ text: WORDS.stoppedAgain, label: WORDS.retry, act: () => void this.begin(WORDS.bringing) });
      return;
    }
    this._stopped = true;
    void this.begin(WORDS.restarted);
  }

  private _connectionIs(status: Kernel.ConnectionStatus): void {
    if (this._on && status === 'disconnected') {
      this._problem({ text: WORDS.offline });
    }
  }

  private _restart(): void {
    const { sessionContext } = this.panel;
    this._waiting(WORDS.starting, WORDS.startingLong);
    void sessionContext.restartKernel().then(
      () => this.begin(),
      () => this._problem({ text: WORDS.dead, label: WORDS.start, act: () => this._restart() })
    );
  }

  private async _keepPlace(): Promise<void> {
    try {
      await this._ask({ do: 'keep place', lesson: this.lesson, place: toKeep(this._place, this._steps) });
      if (this._drawer.isOpen) {
        this._drawer.show(await this._ask<Course>({ do: 'look', lesson: this.lesson }));
      }
    } catch (error) {
      console.warn(error); // The lesson goes on; only where one was is not kept.
    }
  }

  /** Save the notebook, so that a browser that is closed has nothing to warn of. Answers are saved without it. */
  private _save(): void {
    const { context } = this.panel;
    if (context.model.dirty && context.contentsModel?.writable && !context.model.readOnly) {
      context.save().catch(console.warn);
    }
  }

  private _ask<Answer>(question: Question): Promise<Answer> {
    const kernel = this.panel.sessionContext.session?.kernel;
    return kernel ? askKit<Answer>(kernel, question) : Promise.reject(new Error(WORDS.noKernel));
  }

  /** Somebody else works here now: every lesson that is open begins anew. */
  private _everyoneAnew(): void {
    for (const view of [this, ...this._services.others()]) {
      view._place = START;
      view._stage.clear();
      void view.begin(WORDS.bringing);
    }
  }

  /** A path as seen from the notebook's folder, as JupyterLab has it. */
  private _seen(path: string): string {
    return PathExt.join(PathExt.dirname(this.panel.context.path), path);
  }

  /** Nothing of a lesson is edited by accident: no raw text, no cell added or deleted, no menu of cells. */
  private _keepQuiet(): void {
    const { node } = this.panel;
    const within = (event: Event, selector: string) => (event.target as Element).closest(selector);
    const guard = (name: string, act: (event: Event) => void, capture: boolean) =>
      node.addEventListener(name, event => this._on && act(event), { capture });
    guard('dblclick', event => within(event, '.jp-MarkdownCell') && event.stopPropagation(), true);
    guard('contextmenu', event => event.stopPropagation(), false); // The browser's own stays.
    guard('keydown', event => isForLesson(event as KeyboardEvent) && event.stopPropagation(), false);
    guard(
      'click',
      event => {
        const link = within(event, 'a[href*="glossary.ipynb"]')?.getAttribute('href');
        if (link) {
          event.preventDefault();
          event.stopPropagation();
          this._drawer.open(/cell-id=([\w-]+)/.exec(link)?.[1]);
        }
      },
      true
    );
  }
}

/** JupyterLab says in a dialog, in its own words, that Python died. The lesson has said so. */
function closeDialogs(): void {
  Dialog.tracker.forEach(dialog => dialog.reject());
}

/** Whether a key is not JupyterLab's while a lesson is shown: all but to save, to find and to choose a command. */
function isForLesson(event: KeyboardEvent): boolean {
  const command = event.ctrlKey || event.metaKey;
  return !(command && ['s', 'f', 'c'].includes(event.key.toLowerCase()));
}
