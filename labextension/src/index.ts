/** The lesson view of Between the Lines: notebooks that say which lesson they are, shown as a lesson. */

import { ILabShell, type JupyterFrontEnd, type JupyterFrontEndPlugin } from '@jupyterlab/application';
import { ICommandPalette, Notification, ToolbarButton } from '@jupyterlab/apputils';
import { INotebookCellExecutor, INotebookTracker, runCell, type NotebookPanel } from '@jupyterlab/notebook';
import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { LessonView } from './lesson.js';
import { Quiet } from './quiet.js';
import { lessonIn } from './steps.js';
import { WORDS } from './words.js';

const PLUGIN = 'between-the-lines:plugin';
const SWITCH = 'between-the-lines:show-notebook';

const plugin: JupyterFrontEndPlugin<void> = {
  id: PLUGIN,
  description: 'Shows the lessons of Between the Lines as lessons',
  autoStart: true,
  requires: [INotebookTracker, ISettingRegistry],
  optional: [ILabShell, ICommandPalette, INotebookCellExecutor],
  activate: async (
    app: JupyterFrontEnd,
    tracker: INotebookTracker,
    registry: ISettingRegistry,
    shell: ILabShell | null,
    palette: ICommandPalette | null,
    executor: INotebookCellExecutor | null
  ) => {
    const settings = await registry.load(PLUGIN);
    const views = new Map<NotebookPanel, LessonView>();
    const quiet = shell && new Quiet(shell);
    const inFront = () => [...views.values()].find(view => view.panel === app.shell.currentWidget);
    // What is seen changes at once, also where the server that keeps it is slow or gone.
    let asNotebook = settings.get('showNotebook').composite === true;
    let kept: Promise<void> = Promise.resolve();
    let keeping = 0;
    const update = (): void => {
      for (const view of views.values()) {
        view.show(!asNotebook, view === inFront());
      }
      const panel = app.shell.currentWidget;
      quiet?.set(inFront() !== undefined && !asNotebook, panel);
      app.commands.notifyCommandChanged(SWITCH);
    };
    const turn = (): void => {
      asNotebook = !asNotebook;
      update();
      keeping++;
      kept = kept
        .then(() => settings.set('showNotebook', asNotebook))
        .catch(console.warn)
        .finally(() => keeping--);
    };
    const setElsewhere = (): void => {
      if (keeping === 0) {
        asNotebook = settings.get('showNotebook').composite === true;
        update();
      }
    };

    const add = async (panel: NotebookPanel): Promise<void> => {
      await panel.context.ready;
      const lesson = lessonIn(panel.model?.metadata);
      if (lesson === undefined || panel.isDisposed) {
        return;
      }
      if (lesson === null) {
        Notification.warning(WORDS.damaged, { autoClose: false });
        return;
      }
      const view: LessonView = new LessonView(panel, lesson, {
        run: options => (executor ? executor.runCell(options) : runCell(options)),
        open: path => void app.commands.execute('docmanager:open', { path }),
        turn,
        others: () => [...views.values()].filter(other => other.panel !== panel),
        contents: app.serviceManager.contents
      });
      views.set(panel, view);
      panel.disposed.connect(() => {
        views.delete(panel);
        view.dispose();
        update();
      });
      panel.toolbar.insertItem(0, 'between-the-lines', new ToolbarButton({ label: WORDS.showLesson, onClick: turn }));
      update();
    };

    app.commands.addCommand(SWITCH, {
      label: 'Show Lessons as Notebooks',
      caption: 'Lessons with their code and all of Jupyter, or as steps',
      isToggleable: true,
      isToggled: () => asNotebook,
      execute: turn
    });
    palette?.addItem({ command: SWITCH, category: 'Between the Lines' });
    settings.changed.connect(setElsewhere);
    (app.shell.currentChanged ?? tracker.currentChanged).connect(update);
    tracker.widgetAdded.connect((_, panel) => void add(panel));
    tracker.forEach(panel => void add(panel));
    // Before anybody else hears of a key, wherever the focus is: a widget's field keeps its keys to itself.
    document.addEventListener(
      'keydown',
      event => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey || event.shiftKey) && !event.altKey) {
          inFront()?.enter(event);
        }
      },
      { capture: true }
    );
  }
};

export default plugin;
