/** Runs the cells of a lesson, as JupyterLab does. */

import type { CodeCell } from '@jupyterlab/cells';
import type { INotebookCellExecutor, NotebookPanel } from '@jupyterlab/notebook';

/** JupyterLab's own way to run one cell. */
export type RunOne = (options: INotebookCellExecutor.IRunCellOptions) => Promise<boolean>;

/** Run cells one after another, while `wanted()`; whether all of it worked. A cell that fails shows what was wrong. */
export async function runCells(
  panel: NotebookPanel,
  cells: readonly CodeCell[],
  run: RunOne,
  wanted: () => boolean
): Promise<boolean> {
  const { content, sessionContext } = panel;
  const nothing = () => undefined;
  for (const cell of cells) {
    // Without Python, JupyterLab would start another one, which knows nothing of the lesson.
    if (!content.model || !sessionContext.session?.kernel) {
      return false;
    }
    const done = await run({
      cell,
      notebook: content.model,
      notebookConfig: content.notebookConfig,
      sessionContext,
      onCellExecuted: nothing,
      onCellExecutionScheduled: nothing
    }).catch(() => false);
    if (!done || !wanted()) {
      return false;
    }
  }
  return true;
}
