/** The map: a panel at the side with the way through the course, the glossary, handing in, and whose answers these are. */

import { button, make, tell } from './dom.js';
import type { Course, Folder, HandedIn, LessonOnMap, LoadedBack, Question } from './kit.js';
import { MAP, lastWorked, person } from './words.js';

const LARGEST = 5e6; // bytes of a file that is handed in

export interface DrawerActions {
  lesson: string;
  ask: <Answer>(question: Question) => Promise<Answer>;
  /** Open a notebook, and where a file can be had: paths as seen from the notebook. */
  open: (path: string) => void;
  address: (path: string) => Promise<string>;
  /** Other answers are in use now. */
  changed: () => void;
  closed: () => void;
  toggled: (open: boolean) => void;
}

export class Drawer {
  readonly node = make('aside', 'btl-lesson-map');
  private readonly _lesson: string;
  private readonly _path = make('ol', 'btl-lesson-path');
  private readonly _terms = make('div', 'btl-lesson-terms');
  private readonly _people = make('div');
  private readonly _said = make('p', 'btl-lesson-said');

  constructor(private readonly _actions: DrawerActions) {
    this._lesson = _actions.lesson.split('/')[0] ?? '';
    this.node.setAttribute('aria-label', MAP.title);
    this.node.hidden = true;
    this._said.setAttribute('role', 'status');
    const head = make('div', 'btl-lesson-head');
    const title = heading(MAP.title);
    title.tabIndex = -1;
    head.append(
      title,
      button('', MAP.close, () => this.close())
    );
    this.node.append(
      head,
      this._said,
      this._path,
      heading(MAP.glossary),
      this._find(),
      this._terms,
      heading(MAP.handIn),
      this._handIn(),
      this._loadBack(),
      heading(MAP.people),
      this._people
    );
    this.node.addEventListener('keydown', event => {
      if (event.key === 'Escape') {
        this.close();
      }
    });
  }

  get isOpen(): boolean {
    return !this.node.hidden;
  }

  toggle(): void {
    if (this.isOpen) {
      this.close();
    } else {
      this.open();
    }
  }

  /** Open it, at a term of the glossary if one is named. */
  open(term?: string): void {
    this.node.hidden = false;
    this._actions.toggled(true);
    const at = [...this._terms.children].find(one => term !== undefined && (one as HTMLElement).dataset['term'] === term);
    if (at instanceof HTMLDetailsElement) {
      at.open = true;
      at.hidden = false;
      at.scrollIntoView({ block: 'center' });
      at.querySelector('summary')?.focus();
    } else {
      this.node.scrollTop = 0;
      this.node.querySelector<HTMLElement>('[role=heading]')?.focus();
    }
    void this._renew();
  }

  close(): void {
    if (this.isOpen) {
      const hadFocus = this.node.contains(document.activeElement);
      this.node.hidden = true;
      this._actions.toggled(false);
      if (hadFocus) {
        this._actions.closed();
      }
    }
  }

  /** Show what the kit has told. */
  show(course: Course): void {
    tell(this._said, course.notes.join(' '));
    this._path.replaceChildren(...course.lessons.map(lesson => this._stop(lesson)));
    if (!this._terms.hasChildNodes()) {
      this._terms.append(...course.glossary.map(explain));
    }
    const others = course.folders.filter(folder => !folder.in_use);
    const now = course.folders.findIndex(folder => folder.in_use);
    this._people.replaceChildren(
      make('p', '', MAP.now(person(now))),
      button('', MAP.somebodyElse, () => void this._change({ do: 'somebody else', lesson: this._actions.lesson })),
      ...others.map(folder => this._person(folder, course.folders.indexOf(folder)))
    );
  }

  private async _renew(): Promise<void> {
    await this._try(async () => this.show(await this._actions.ask<Course>({ do: 'look', lesson: this._actions.lesson })));
  }

  /** A lesson on the way: how far one is, and what is still open in it. */
  private _stop(lesson: LessonOnMap): HTMLElement {
    const stop = make('li');
    const here = lesson.id === this._lesson;
    const state = lesson.count > 0 && lesson.done === lesson.count ? 'done' : lesson.done > 0 ? 'begun' : 'untouched';
    stop.dataset['state'] = state;
    const name = button('btl-lesson-link', lesson.title, () => this._actions.open(lesson.notebook));
    if (here) {
      stop.setAttribute('aria-current', 'page');
    }
    stop.append(name);
    if (lesson.count > 0) {
      stop.append(make('p', 'btl-lesson-count', MAP.count(lesson.done, lesson.count)));
    }
    if (here) {
      stop.append(make('p', 'btl-lesson-here', MAP.here));
    }
    if (lesson.exercises) {
      stop.append(button('btl-lesson-link', MAP.exercises, () => this._actions.open(lesson.exercises)));
    }
    if (state === 'begun') {
      const open = make('details');
      const list = make('ul');
      list.append(...lesson.open.map(one => make('li', '', one.state === 'begun' ? MAP.begun(one.title) : one.title)));
      open.append(make('summary', '', MAP.open(lesson.open.length)), list);
      stop.append(open);
    }
    return stop;
  }

  private _find(): HTMLElement {
    const label = make('label', '', MAP.find);
    const field = make('input');
    field.type = 'search';
    field.addEventListener('input', () => {
      const wanted = field.value.trim().toLowerCase();
      for (const term of this._terms.children) {
        (term as HTMLElement).hidden = !term.textContent.toLowerCase().includes(wanted);
      }
    });
    label.append(field);
    return label;
  }

  private _handIn(): HTMLElement {
    const form = make('form');
    const label = make('label', '', MAP.name);
    const name = make('input');
    name.type = 'text';
    name.autocomplete = 'off';
    const done = make('div');
    done.setAttribute('role', 'status');
    const handIn = async (what: 'hand in' | 'hand in all'): Promise<void> =>
      this._try(async () => {
        const question = { do: what, lesson: this._lesson, name: name.value } as const;
        const { file, page, code, told } = await this._actions.ask<HandedIn>(question);
        const links = await Promise.all([this._link(MAP.file, file), ...(page ? [this._link(MAP.page, page)] : [])]);
        done.replaceChildren(...told.split('\n').map(line => make('p', '', line)), ...links, ...(code ? [byCode(code)] : []));
      });
    label.append(name);
    form.append(
      make('p', '', MAP.handInTold),
      label,
      button('', MAP.handInThis, () => form.requestSubmit()),
      button('', MAP.handInAll, () => void handIn('hand in all')),
      done
    );
    form.addEventListener('submit', event => {
      event.preventDefault();
      void handIn('hand in');
    });
    return form;
  }

  /** A file that was handed in elsewhere becomes one's answers here. */
  private _loadBack(): HTMLElement {
    const label = make('label', '', MAP.loadBack);
    const field = make('input');
    field.type = 'file';
    field.accept = '.json';
    const done = make('p');
    done.setAttribute('role', 'status');
    field.addEventListener('change', () => {
      const file = field.files?.[0];
      if (!file) {
        return;
      }
      void this._try(async () => {
        if (file.size > LARGEST) {
          throw new Error(MAP.tooLarge);
        }
        const question = { do: 'load back', lesson: this._actions.lesson, content: await file.text() } as const;
        const course = await this._actions.ask<LoadedBack>(question);
        this.show(course);
        tell(done, course.told);
        this._actions.changed();
      }).then(() => (field.value = ''));
    });
    label.append(field);
    const part = make('div');
    part.append(label, done);
    return part;
  }

  private async _link(text: string, path: string): Promise<HTMLElement> {
    const link = make('a', '', text);
    link.href = await this._actions.address(path);
    link.target = '_blank';
    const line = make('p');
    line.append(link);
    return line;
  }

  private _person(folder: Folder, number: number): HTMLElement {
    const choose = { do: 'choose', lesson: this._actions.lesson, folder: folder.name } as const;
    return button('', MAP.goOnAs(person(number), lastWorked(folder.changed)), () => void this._change(choose));
  }

  private async _change(question: Question): Promise<void> {
    await this._try(async () => {
      this.show(await this._actions.ask<Course>(question));
      this._actions.changed();
      this.close();
    });
  }

  /** Do something that can fail, and say so if it does. */
  private async _try(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      tell(this._said, error instanceof Error ? error.message : String(error));
    }
  }
}

function heading(text: string): HTMLElement {
  const node = make('div', 'btl-lesson-heading', text);
  node.setAttribute('role', 'heading');
  node.setAttribute('aria-level', '2');
  return node;
}

/** The code of a lesson, to be copied. */
function byCode(code: string): HTMLElement {
  const shown = make('details');
  const field = make('textarea');
  field.readOnly = true;
  field.rows = 6;
  field.value = code;
  field.setAttribute('aria-label', MAP.code);
  field.addEventListener('focus', () => field.select());
  shown.append(make('summary', '', MAP.byCode), field);
  return shown;
}

function explain(term: Course['glossary'][number]): HTMLElement {
  const asked = make('details');
  asked.dataset['term'] = term.id;
  asked.append(make('summary', '', term.term), ...term.told.map(line => make('p', '', line)));
  return asked;
}
