/** A notebook as a lesson: it runs step by step, and says what it does and what is wrong. */

import { Dialog } from '@jupyterlab/apputils';
import type { CodeCell } from '@jupyterlab/cells';
import { PathExt } from '@jupyterlab/coreutils';
import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';
import { Bar } from './bar.js';
import { Drawer } from './drawer.js';
import { NotebookFile } from './file.js';
import { guard } from './guard.js';
import { askKit, type Course, type Question } from './kit.js';
import type { Move } from './place.js';
import { Python } from './python.js';
import { runCells, type RunOne } from './run.js';
import { isOlder, keepForLater, letGo, storageTrouble } from './site.js';
import { VERSION, isOurs } from './version.js';
import { Way } from './way.js';
import { WORDS, openToo, otherVersion } from './words.js';

const ON = 'btl-lesson';
const SLOW = 4000; // milliseconds for which Python is at work until it is asked why

/** What a lesson needs from JupyterLab. */
export interface Services {
  run: RunOne;
  open: (path: string) => void;
  /** Change between the lesson and the notebook. */
  turn: () => void;
  /** The other lessons that are open. */
  others: () => LessonView[];
  contents: Contents.IManager;
}

export class LessonView {
  private readonly _bar: Bar;
  private readonly _drawer: Drawer;
  private readonly _file: NotebookFile;
  private readonly _python: Python;
  private readonly _way: Way;
  private _course: Course | null = null;
  /** Where Python runs: what it says of files is as seen from here, wherever the notebook has been moved since. */
  private _folder = '';
  private _on = false;
  private _begun = false;
  /** Counts beginnings: what was under way in an earlier one no longer matters. */
  private _turn = 0;
  /** Whether Python has stopped since the student last came a step further. */
  private _stopped = false;
  /** Whether Python started again while the notebook was shown: the lesson is brought back when it is shown. */
  private _forgotten = false;
  private _slow = 0;

  constructor(
    readonly panel: NotebookPanel,
    readonly lesson: string,
    private readonly _services: Services
  ) {
    const { context, sessionContext } = panel;
    this._bar = new Bar({
      onward: () => this._onward(),
      back: () => this._way.turn(-1),
      forward: () => this._way.turn(1),
      map: () => this._drawer.toggle(),
      showNotebook: _services.turn
    });
    this._way = new Way(
      panel,
      this._bar,
      cell => void this._runAgain(cell),
      () => this._next()?.title
    );
    this._drawer = new Drawer({
      lesson,
      ask: question => this._ask(question),
      open: path => _services.open(this._seen(path)),
      address: path => context.urlResolver.getDownloadUrl(this._seen(path)),
      changed: () => this._everyoneAnew(),
      closed: () => this._bar.mapButton.focus(),
      toggled: open => this._bar.mapButton.setAttribute('aria-expanded', String(open))
    });
    this._bar.node.hidden = true;
    panel.node.append(this._drawer.node, this._bar.node);
    this._file = new NotebookFile(panel, _services.contents);
    this._python = new Python(sessionContext, {
      restarting: () => this._interrupted(),
      back: () => this._comeBack(),
      gone: () => this._gone(),
      unreachable: () => this._unreachable(),
      reachable: () => (this._bar.busy ? this._bar.wait('', WORDS.workingLong) : this._bar.rest())
    });
    sessionContext.statusChanged.connect((_, status) => {
      clearTimeout(this._slow);
      // Where a browser can't store, Python waits for it, and can't say so.
      this._slow = status === 'busy' ? window.setTimeout(() => void this._sayStorage(), SLOW) : 0;
    });
    guard(panel.node, () => this._on, {
      term: id => this._drawer.open(id),
      save: () => void this._save()
    });
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
        this._way.show();
      } else {
        this._drawer.close();
        this._way.hide();
      }
    }
    if (on && inFront && !this._begun) {
      this._begun = true;
      void this.begin();
    } else if (on && this._forgotten) {
      this._comeBack();
    } else if (on && inFront && !this._bar.busy) {
      this._sayNews();
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
    this._forgotten = false;
    this._bar.wait(notice, WORDS.startingLong);
    const there = await this._python.ready();
    const trouble = there ? (await this._look()) || (await storageTrouble()) : '';
    if (turn !== this._turn || this.panel.isDisposed) {
      return;
    }
    if (!there) {
      this._bar.rest({ text: WORDS.noKernel, label: WORDS.start, act: () => this._start() });
      return;
    }
    const move = this._way.back;
    if (move.place.reached > 0) {
      this._bar.wait(WORDS.bringing, WORDS.workingLong);
    }
    this._way.go(move, false);
    await this._run(move, () => {
      if (trouble) {
        this._bar.notice({ text: trouble });
      } else {
        this._sayNews();
      }
      void this._save();
      keepForLater().catch(console.warn);
    });
  }

  /** Ask the kit where the student was, and what the map shows. What is wrong with that, if anything. */
  private async _look(): Promise<string> {
    try {
      this._course = await this._ask<Course>({ do: 'look', lesson: this.lesson });
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    const { version, place } = this._course;
    this._way.takeUp(place);
    this._folder = PathExt.dirname(this.panel.context.path);
    this._drawer.show(this._course);
    return isOurs(version) ? '' : otherVersion(VERSION, version);
  }

  dispose(): void {
    this._turn++;
    clearTimeout(this._slow);
    this._python.dispose();
    this._bar.dispose();
    this._way.dispose();
  }

  /** Go on: run what somebody has changed, else the next step. `byKey`: nobody leaves a lesson by a key too many. */
  private _onward(byKey = false): void {
    if (this._bar.busy) {
      this._bar.announce(WORDS.working);
      return;
    }
    const { changed, onward } = this._way;
    if (changed) {
      void this._runAgain(changed);
    } else if (onward) {
      void this._go(onward);
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
    this._way.go(move, true);
    await this._run(move, () => {
      this._stopped = false;
      void this._keepPlace();
      void this._save();
      void this._sayStorage();
    });
  }

  /** Run some steps; `then`: what is to be done when all of it has worked, perhaps not at the first try. */
  private async _run(move: Move, then: () => void): Promise<void> {
    const turn = this._turn;
    const done = await this._runCells(this._way.code(move));
    if (turn !== this._turn) {
      return;
    }
    if (done) {
      this._bar.rest();
      then();
    } else {
      this._bar.rest({ text: WORDS.failed, label: WORDS.retry, act: () => void this._run(move, then) });
    }
  }

  private async _runAgain(cell: CodeCell): Promise<void> {
    if (this._bar.busy) {
      return;
    }
    const turn = this._turn;
    await this._runCells([cell]);
    if (turn === this._turn) {
      this._bar.rest();
    }
  }

  /** Run cells; whether all of it worked. */
  private _runCells(cells: CodeCell[]): Promise<boolean> {
    const turn = this._turn;
    if (cells.length > 0 && !this._bar.busy) {
      this._bar.wait('', WORDS.workingLong);
      if (this._python.lost) {
        this._unreachable();
      }
    }
    return runCells(this.panel, cells, this._services.run, () => turn === this._turn);
  }

  /** The lesson after this one, if there is one. */
  private _next(): { title: string; notebook: string } | undefined {
    const lessons = this._course?.lessons ?? [];
    const own = lessons.findIndex(one => one.id === this.lesson);
    return own < 0 ? undefined : lessons[own + 1];
  }

  /** A browser's storage can become full on the way. */
  private async _sayStorage(): Promise<void> {
    const text = await storageTrouble();
    if (text) {
      this._bar.notice({ text });
    }
  }

  /** Say that there is a newer edition of the lesson, or that another lesson is open, if so. */
  private _sayNews(): void {
    const { context } = this.panel;
    const other = this._services.others()[0];
    if (isOlder(context.model.metadata, context.path)) {
      this._bar.notice({ text: WORDS.older, label: WORDS.renew, act: () => void this._renew() });
    } else if (other) {
      const act = () => this._services.open(other.panel.context.path);
      this._bar.notice({ text: openToo(other.title), label: WORDS.go, act });
    }
  }

  /** Give up this browser's copy of the lesson: behind it stands the site's. */
  private async _renew(): Promise<void> {
    const { context } = this.panel;
    try {
      await letGo(context.path);
      await this._services.contents.delete(context.path);
      await context.revert();
    } catch (error) {
      console.warn(error);
      this._bar.notice({ text: WORDS.failed, label: WORDS.retry, act: () => void this._renew() });
      return;
    }
    await this.begin(WORDS.bringing);
  }

  private _interrupted(): void {
    this._turn++;
    this._bar.wait(WORDS.restarted, WORDS.startingLong);
    if (this._on) {
      // JupyterLab says in a dialog, in its own words, that Python died. The lesson has said so.
      Dialog.tracker.forEach(dialog => dialog.reject());
    }
  }

  /** Python has started again: bring the lesson back; but not for ever, where a step makes it stop each time. */
  private _comeBack(): void {
    if (!this._on) {
      this._forgotten = true;
    } else if (this._stopped) {
      this._bar.rest({ text: WORDS.stoppedAgain, label: WORDS.retry, act: () => void this.begin(WORDS.bringing) });
    } else {
      this._stopped = true;
      void this.begin(WORDS.restarted);
    }
  }

  private _gone(): void {
    this._turn++;
    this._bar.rest({ text: WORDS.dead, label: WORDS.start, act: () => this._start() });
  }

  private _unreachable(): void {
    this._bar.notice({ text: WORDS.offline, label: WORDS.retry, act: () => this._python.reach() });
  }

  private _start(): void {
    this._stopped = false;
    this._bar.wait(WORDS.starting, WORDS.startingLong);
    void this._python.start();
  }

  private async _keepPlace(): Promise<void> {
    try {
      await this._ask({ do: 'keep place', lesson: this.lesson, place: this._way.kept });
      if (this._drawer.isOpen) {
        this._drawer.show(await this._ask<Course>({ do: 'look', lesson: this.lesson }));
      }
    } catch (error) {
      console.warn(error); // The lesson goes on; only where one was is not kept.
    }
  }

  private async _save(): Promise<void> {
    if (!(await this._file.save())) {
      const loadAgain = () => this.panel.context.revert().then(() => this.begin(WORDS.bringing), console.warn);
      this._bar.notice({ text: WORDS.elsewhere, label: WORDS.load, act: () => void loadAgain() });
    }
  }

  private _ask<Answer>(question: Question): Promise<Answer> {
    const { kernel } = this._python;
    return kernel ? askKit<Answer>(kernel, question) : Promise.reject(new Error(WORDS.noKernel));
  }

  /** Somebody else works here now: every lesson that is open begins anew. */
  private _everyoneAnew(): void {
    for (const view of [this, ...this._services.others()]) {
      view._way.startAfresh();
      void view.begin(WORDS.bringing);
    }
  }

  /** A path as seen from the folder in which Python runs, as JupyterLab has it. */
  private _seen(path: string): string {
    return PathExt.join(this._folder, path);
  }
}
