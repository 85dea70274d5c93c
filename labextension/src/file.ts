/** The notebook's file. It is saved after each step, so that a browser that is closed has nothing to warn of. */

import type { NotebookPanel } from '@jupyterlab/notebook';
import type { Contents } from '@jupyterlab/services';

/** Save the notebook; false if its file has been changed elsewhere: then it stays as it is, and JupyterLab asks nothing. */
export async function save({ context }: NotebookPanel, contents: Contents.IManager): Promise<boolean> {
  const known = context.contentsModel;
  if (!context.model.dirty || !known?.writable || context.model.readOnly) {
    return true;
  }
  try {
    const now = await contents.get(context.path, { content: false, hash: true });
    const unchanged = now.hash && known.hash ? now.hash === known.hash : now.last_modified === known.last_modified;
    if (!unchanged) {
      context.model.dirty = false;
      return false;
    }
    await context.save();
  } catch (error) {
    console.warn(error); // Answers are saved without it.
  }
  return true;
}
