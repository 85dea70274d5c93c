/** What of JupyterLab is put away while a lesson is in front: menus, side bars, tabs, the status bar. */

import type { ILabShell } from '@jupyterlab/application';
import { DockPanel, type Widget } from '@lumino/widgets';

const PUT_AWAY = ['jp-top-panel', 'jp-bottom-panel'];
const SIDES = ['left', 'right'] as const;

export class Quiet {
  private _on = false;

  constructor(private readonly _shell: ILabShell) {
    // JupyterLite opens its list of files once a document is there.
    _shell.layoutModified.connect(() => this._on && this._close());
  }

  /** Put JupyterLab away, or bring all of it back. `panel`: the document in front. */
  set(on: boolean, panel: Widget | null): void {
    if (panel?.parent instanceof DockPanel) {
      for (const bar of panel.parent.tabBars()) {
        bar.setHidden(on);
      }
    }
    if (on === this._on) {
      return;
    }
    this._on = on;
    for (const part of (this._shell as unknown as Widget).children()) {
      if (PUT_AWAY.includes(part.id)) {
        part.setHidden(on);
      }
    }
    for (const side of SIDES) {
      if (this._shell.isSideTabBarVisible(side) === on) {
        this._shell.toggleSideTabBarVisibility(side);
      }
    }
    if (on) {
      this._close();
    } else {
      this._shell.expandLeft();
    }
  }

  private _close(): void {
    if (!this._shell.leftCollapsed) {
      this._shell.collapseLeft();
    }
    if (!this._shell.rightCollapsed) {
      this._shell.collapseRight();
    }
  }
}
