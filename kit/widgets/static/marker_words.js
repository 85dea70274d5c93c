// What the Marker's parts know of words and marks; nothing here needs a page.

/**
 * The beginning and the end of a long text.
 * @param {string} text
 */
export const brief = (text) =>
  text.length > 90 ? text.replace(/^(.{1,55})\s.*?\s(.{1,25})$/su, "$1 … $2") : text;

/** @type {(a: Mark | null, b: Mark | null) => boolean} */
export const sameMark = (a, b) =>
  a !== null && b !== null && a.first === b.first && a.last === b.last && a.label === b.label;

/**
 * Marks in the order of the text, as Python keeps them.
 * @param {Mark[]} marks
 */
export const inOrder = (marks) =>
  [...marks].sort((a, b) => a.first - b.first || a.last - b.last || (a.label < b.label ? -1 : 1));

/**
 * The marks with one more, or with it in the place of another. It takes in those of its label that lie within it.
 * @param {Mark[]} marks
 * @param {Mark} made
 * @param {Mark | null} before
 */
export function withMark(marks, made, before) {
  const isWithin = ({ first, last, label }) => label === made.label && made.first <= first && last <= made.last;
  return inOrder([...marks.filter((one) => !sameMark(one, before) && !isWithin(one)), made]);
}

/**
 * A mark's words when it is to reach to a word: further to either side, or, from within, up to there.
 * @param {Mark} mark
 * @param {number} word
 */
export const reaching = ({ first, last }, word) => (word < first ? { first: word, last } : { first, last: word });

/**
 * The mark that is taken by its edge where a word is dragged, and the other edge, which stays; a mark of one word by
 * that word.
 * @param {Mark[]} marks
 * @param {number} word
 */
export function grabbed(marks, word) {
  const mark = marksOn(marks, word).find(({ first, last }) => word === first || word === last) ?? null;
  return { mark, stays: !mark ? word : word === mark.last ? mark.first : mark.last };
}

/**
 * The marks on a word, the shortest first.
 * @param {Mark[]} marks
 * @param {number} word
 */
export const marksOn = (marks, word) =>
  marks
    .filter(({ first, last }) => first <= word && word <= last)
    .sort((a, b) => a.last - a.first - (b.last - b.first));

/**
 * Where a key leads from the word `at`; undefined if it leads nowhere. `sentences`: the first word of each; `last`: the
 * last word of the text. What is chosen (`extend`) grows down to the end of its sentence before it takes in the next.
 * @param {string} key
 * @param {{ at: number, sentences: number[], last: number, extend: boolean }} place
 */
export function destination(key, { at, sentences, last, extend }) {
  const here = sentences.findLastIndex((start) => start <= at);
  const [start, end] = [sentences[here], (sentences[here + 1] ?? last + 1) - 1];
  const up = start < at ? start : sentences[Math.max(0, here - 1)];
  const down = extend && at < end ? end : (sentences[here + 1] ?? last);
  return {
    ArrowLeft: at - 1, ArrowRight: at + 1, ArrowUp: up, ArrowDown: down, Home: start, End: end,
    "Control+ArrowLeft": up, "Control+ArrowRight": down, "Control+ArrowUp": up, "Control+ArrowDown": down,
    "Control+Home": 0, "Control+End": last,
  }[key];
}
