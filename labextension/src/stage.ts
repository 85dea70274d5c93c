/** The cells of a lesson as they are shown: what comes later is hidden, code is folded away but where it is to be used. */

import type { Cell as CellWidget, CodeCell } from '@jupyterlab/cells';
import type { Notebook } from '@jupyterlab/notebook';
import { button } from './dom.js';
import { ours, stepsOf, type Cell, type CellNotes, type Step } from './steps.js';
import { WORDS } from './words.js';

const HIDDEN = 'btl-lesson-hidden';
const CODE = 'btl-lesson-code';
const RUN = 'btl-lesson-run';

export class Stage {
  private _before: Notebook['notebookConfig'] | null = null;

  /** `run`: somebody wants a cell to run again. */
  constructor(
    private readonly _notebook: Notebook,
    private readonly _run: (cell: CodeCell) => void
  ) {}

  /** The steps of the notebook as it is now. */
  steps(): Step[] {
    return stepsOf(this._notebook.widgets.map(cellOf));
  }

  /** Whether nothing stands in any cell: JupyterLab leaves an empty one where all were deleted. */
  isEmpty(): boolean {
    return this._notebook.widgets.every(cell => cell.model.sharedModel.getSource().trim() === '');
  }

  /** The cells of a step that are code. */
  code(step: Step): CodeCell[] {
    return this._notebook.widgets.slice(step.from, step.to).filter(isCode);
  }

  /** The first cell of a step that is shown. */
  first(step: Step): HTMLElement | undefined {
    return this._notebook.widgets.slice(step.from, step.to).find(cell => !cell.hasClass(HIDDEN))?.node;
  }

  /** A cell of a step whose code somebody has changed and not run. */
  changed(step: Step): CodeCell | undefined {
    return this.code(step).find(cell => cell.hasClass(CODE) && cell.model.isDirty);
  }

  /** Show the steps up to this one, and nothing of what comes later. */
  show(steps: readonly Step[], reached: number): void {
    // Cells that are made only when they come into view would move what is in view. JupyterLab's own default makes
    // all of them.
    if (this._before === null && this._notebook.notebookConfig.windowingMode !== 'contentVisibility') {
      this._before = this._notebook.notebookConfig;
      this._notebook.notebookConfig = { ...this._before, windowingMode: 'none' };
    }
    const end = steps[reached]?.to ?? 0;
    steps.forEach((step, number) => {
      for (const cell of this._notebook.widgets.slice(step.from, step.to)) {
        cell.node.dataset['step'] = String(number);
      }
    });
    this._notebook.widgets.forEach((cell, number) => {
      const { code, again, only } = notesOf(cell);
      cell.toggleClass(HIDDEN, number >= end || only === 'notebook');
      cell.toggleClass(CODE, code === 'shown');
      cell.node.setAttribute('role', 'article'); // What belongs into a feed, as which JupyterLab announces them.
      if (isCode(cell) && (code === 'shown' || again === true) && !cell.node.querySelector(`:scope > .${RUN}`)) {
        const outputs = cell.node.querySelector(':scope > .jp-Cell-outputWrapper');
        cell.node.insertBefore(
          button(RUN, WORDS.again, () => this._run(cell)),
          outputs
        );
      }
    });
  }

  /** Take away what the cells show: it is somebody else's. */
  clear(): void {
    for (const cell of this._notebook.widgets.filter(isCode)) {
      cell.model.clearExecution();
    }
  }

  /** Show all of it, as a notebook. */
  restore(): void {
    if (this._before !== null) {
      this._notebook.notebookConfig = this._before;
      this._before = null;
    }
    for (const cell of this._notebook.widgets) {
      cell.removeClass(HIDDEN);
      cell.removeClass(CODE);
      cell.node.removeAttribute('role');
      cell.node.querySelector(`:scope > .${RUN}`)?.remove();
    }
  }
}

function isCode(cell: CellWidget): cell is CodeCell {
  return cell.model.type === 'code';
}

function notesOf(cell: CellWidget): CellNotes {
  return ours(cell.model.metadata);
}

function cellOf(widget: CellWidget): Cell {
  const { id, type, sharedModel } = widget.model;
  return { id, type, source: sharedModel.getSource(), notes: notesOf(widget) };
}
