/** Watches over the Python behind a lesson: whether it is there, whether it forgot everything, whether it can be reached. */

import type { ISessionContext } from '@jupyterlab/apputils';
import type { Kernel } from '@jupyterlab/services';

const PATIENCE = 4000; // milliseconds for which a connection may be lost before anybody is told

/** What a lesson is told of, from the first time on that Python was ready. */
export interface Events {
  /** It stopped, and starts again by itself: wait for `back`. */
  restarting: () => void;
  /** It has started again, and knows nothing of the lesson. */
  back: () => void;
  /** It is gone until somebody starts it. */
  gone: () => void;
  /** What is asked now is answered when it can be reached again. */
  unreachable: () => void;
  reachable: () => void;
}

export class Python {
  /** The one that the lesson runs in. */
  private _known = '';
  private _restarting = false;
  /** Whether somebody asked to start it, and it is not known yet what comes of that. */
  private _starting = false;
  private _lost = false;
  private _timer = 0;

  constructor(
    private readonly _context: ISessionContext,
    private readonly _events: Events
  ) {
    _context.statusChanged.connect((_, status) => this._isNow(status));
    _context.kernelChanged.connect(() => this._lookAgain());
    _context.sessionChanged.connect(() => this._lookAgain());
    _context.connectionStatusChanged.connect((_, status) => this._connectionIs(status));
  }

  get kernel(): Kernel.IKernelConnection | null {
    const kernel = this._context.session?.kernel ?? null;
    return kernel?.status === 'dead' ? null : kernel;
  }

  get lost(): boolean {
    return this._lost;
  }

  /** Wait until it can be asked; null where it has not come. */
  async ready(): Promise<Kernel.IKernelConnection | null> {
    await this._context.ready;
    const { kernel } = this;
    await kernel?.info;
    this._known = kernel?.id ?? '';
    return kernel;
  }

  /** Start it again, whatever has become of it: `back` or `gone` is what comes of it. */
  async start(): Promise<void> {
    this._known ||= 'none'; // From now on the lesson wants to be told.
    this._starting = true;
    try {
      await this._context.sessionManager.refreshRunning(); // JupyterLab fails to start one in place of one it misses.
      await (this.kernel ? this._context.restartKernel() : this._context.startKernel());
    } catch (error) {
      console.warn(error);
    }
    this._starting = false;
    if (!this.kernel) {
      this._events.gone();
    }
  }

  /** Try to reach it at once. */
  reach(): void {
    this.kernel?.reconnect().catch(console.warn);
  }

  dispose(): void {
    clearTimeout(this._timer);
    this._known = '';
  }

  private _isNow(status: Kernel.Status): void {
    if (!this._known) {
      return;
    }
    if (status === 'dead') {
      this._restarting = false;
      this._isGone();
    } else if (status === 'restarting' || status === 'autorestarting') {
      this._restarting = true;
      this._events.restarting();
    } else if (status === 'idle' && this._restarting) {
      this._restarting = false;
      this._events.back();
    }
  }

  /** Another Python is behind the lesson, or none. */
  private _lookAgain(): void {
    const { kernel } = this;
    if (!this._known || kernel?.id === this._known) {
      return;
    }
    if (!kernel) {
      this._known = 'none';
      this._isGone();
      return;
    }
    this._known = kernel.id;
    this._isNow('restarting');
    this._isNow(kernel.status);
  }

  /** JupyterLab lets go of the old one while it starts another. */
  private _isGone(): void {
    if (!this._starting) {
      this._events.gone();
    }
  }

  private _connectionIs(status: Kernel.ConnectionStatus): void {
    clearTimeout(this._timer);
    if (status === 'connected') {
      if (this._lost) {
        this._lost = false;
        this._events.reachable();
      }
    } else if (this._known) {
      const tell = () => {
        // One that is gone, or that is being waited for already, is no lost connection.
        if (this.kernel && !(this._restarting && status === 'connecting')) {
          this._lost = true;
          this._events.unreachable();
        }
      };
      this._timer = window.setTimeout(tell, status === 'disconnected' ? 0 : PATIENCE);
    }
  }
}
