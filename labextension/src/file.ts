/** The notebook's file. It is saved after each step, so that a browser that is closed has nothing to warn of. */

import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';

export class NotebookFile {
  /** JupyterLab takes two savings at a time for a conflict with somebody else. */
  private _saving: Promise<boolean> = Promise.resolve(true);

  constructor(
    private readonly _panel: NotebookPanel,
    private readonly _contents: Contents.IManager
  ) {}

  /** Save it; false if it has been changed elsewhere: then it stays as it is there, and JupyterLab asks nothing. */
  save(): Promise<boolean> {
    this._saving = this._saving.then(() => this._save());
    return this._saving;
  }

  private async _save(): Promise<boolean> {
    const { context } = this._panel;
    const known = context.contentsModel;
    if (!context.model.dirty || !known?.writable || context.model.readOnly) {
      return true;
    }
    try {
      const now = await this._contents.get(context.path, { content: false, hash: true }).catch(() => known);
      const same = now.hash && known.hash ? now.hash === known.hash : now.last_modified === known.last_modified;
      if (!same) {
        context.model.dirty = false;
        return false;
      }
      await context.save();
    } catch (error) {
      console.warn(error); // Answers are saved without it.
    }
    return true;
  }
}
