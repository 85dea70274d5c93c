/** Questions to the kit, over the lesson's own kernel: kit/course/lesson_map.py answers them. */

import type { Kernel, KernelMessage } from '@jupyterlab/services';

export interface LessonOnMap {
  id: string;
  title: string;
  /** Paths as seen from the notebook's folder; no exercises: "". */
  notebook: string;
  exercises: string;
  count: number;
  done: number;
  open: { title: string; state: string }[];
}

export interface Folder {
  name: string;
  changed: string;
  in_use: boolean;
}

/** What `look`, `somebody else` and `choose` tell. */
export interface Course {
  version: string;
  place: unknown;
  lessons: LessonOnMap[];
  glossary: { id: string; term: string; told: string[] }[];
  folders: Folder[];
  notes: string[];
}

/** What `load back` tells. */
export type LoadedBack = Course & { told: string };

/** What `hand in` (this lesson: no page) and `hand in all` (no code) tell. */
export interface HandedIn {
  file: string;
  page: string;
  code: string;
  told: string;
}

/** What a question can be; the rest of it goes to the Python function of that name as keyword arguments. */
export type Question =
  | { do: 'look' | 'somebody else'; lesson: string }
  | { do: 'choose'; lesson: string; folder: string }
  | { do: 'load back'; lesson: string; content: string }
  | { do: 'keep place'; lesson: string; place: unknown }
  | { do: 'hand in' | 'hand in all'; lesson: string; name: string };

/**
 * Ask the kit. The answer comes as display data, not by `user_expressions`, which JupyterLite's kernel leaves out.
 * Rejects with a sentence where the kit says that something is wrong, where it is missing, or where Python is gone.
 */
export async function askKit<Answer>(kernel: Kernel.IKernelConnection, question: Question): Promise<Answer> {
  const literal = JSON.stringify(JSON.stringify(question));
  const code = `import kit.course.lesson_map as _lesson_map\n_lesson_map.answer(${literal})\ndel _lesson_map`;
  const future = kernel.requestExecute({ code, silent: true, store_history: false, allow_stdin: false, stop_on_error: false });
  let answer: unknown;
  future.onIOPub = (message: KernelMessage.IIOPubMessage) => {
    if (message.header.msg_type === 'display_data') {
      answer = (message as KernelMessage.IDisplayDataMsg).content.data['application/json'];
    }
  };
  const reply = await future.done;
  if (reply.content.status !== 'ok' || typeof answer !== 'object' || answer === null) {
    throw new Error('The kit did not answer.');
  }
  if ('problem' in answer) {
    throw new Error(String(answer.problem));
  }
  return answer as Answer;
}
