/** Every sentence that the lesson view says. Plain, short, warm; each says what to do where something is to be done. */

export const WORDS = {
  continue: 'Continue',
  working: 'One moment …',
  map: 'Map',
  showNotebook: 'Show the notebook',
  showLesson: 'Show the lesson',
  again: 'Run this cell again',
  start: 'Start Python again',
  retry: 'Try again',
  go: 'Go there',
  starting: 'Python is starting. Your first question comes by itself, in a few seconds.',
  startingLong: 'Python is still starting. A slow computer may need a minute. You can begin to read.',
  bringing: 'Your lesson is being brought back, with your answers.',
  workingLong: 'Still working. Your answers are safe; a slow computer may need a moment.',
  noKernel: 'Python has not started. Your answers are safe.',
  restarted: 'Python had to start again. Your answers are safe, and your lesson is being brought back.',
  dead: 'Python has stopped. Your answers are safe.',
  stoppedAgain: 'Python stopped once more in this step. Your answers are safe.',
  offline:
    'Jupyter does not answer. Is it still running, are you still connected? Your answers up to here are safe.',
  elsewhere: 'This lesson was changed in another window. Your answers are safe in both; one window is enough.',
  load: 'Load it here',
  older: 'There is a newer edition of this lesson. Your answers stay as they are.',
  renew: 'Take it',
  forgets:
    'This browser keeps nothing for this page. You can work, but hand in, or copy the code, before you close it.',
  full:
    'This browser has no room left, so the last answer can’t be kept. Make room on this computer, then load this page again.',
  failed: 'Something in this step did not work. Your answers are safe.',
  empty: 'There is nothing in this lesson: its cells are gone.',
  damaged:
    'This notebook is marked as a lesson of Between the Lines, but the mark is damaged: it is shown as a notebook.',
  end: 'You are at the end of this lesson.'
} as const;

export const stepOf = (number: number, count: number): string => `Step ${number + 1} of ${count}`;

export const nextLesson = (title: string | undefined): string => (title ? `Next: ${title}` : '');

export const backTo = (number: number): string => `Back to step ${number + 1}`;

export const announce = (number: number, count: number, title: string): string =>
  title ? `${stepOf(number, count)}: ${title}` : stepOf(number, count);

export const openToo = (title: string): string => `“${title}” is open, too. Both keep your answers; one is enough.`;

export const otherVersion = (view: string, kit: string): string =>
  `The lesson view is of version ${view}, the kit of ${kit}. If something looks odd, ask for an update.`;

/** What stands in the map. */
export const MAP = {
  title: 'The map',
  close: 'Close',
  here: 'You are here.',
  exercises: 'Exercises',
  glossary: 'Words',
  find: 'Find a word ',
  handIn: 'Hand in',
  handInTold: 'Your answers go into one file for your teacher. With all lessons you also get a page to read and print.',
  name: 'Your name, if your teacher wants it ',
  handInThis: 'Hand in this lesson',
  handInAll: 'Hand in all lessons',
  byCode: 'No place for files? Copy this code',
  code: 'The code',
  file: 'The file to hand in',
  page: 'The page to read and print',
  loadBack: 'Go on from a file that you handed in elsewhere ',
  tooLarge: 'This file is too large to be one that was handed in.',
  people: 'Who works here?',
  somebodyElse: 'Somebody else works here now',
  count: (done: number, all: number): string => `${done} of ${all} done`,
  open: (count: number): string => `${count} still open`,
  begun: (title: string): string => `${title} (begun)`,
  now: (name: string): string => `The answers of ${name} are in use. Those of everybody else stay as they are.`,
  goOnAs: (name: string, when: string): string => `Go on as ${name}${when}`
} as const;

/** People have no names here: they are counted in the order in which they came. */
export const person = (number: number): string => `person ${number + 1}`;

export const lastWorked = (day: string): string => (day ? ` (last answer: ${day})` : ' (no answers yet)');
