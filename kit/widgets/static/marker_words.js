// What the Marker's parts know of words and marks; nothing here needs a page.

export const PARTS = ["source", "cue", "content"];

export const brief = (text) =>
  text.length > 90 ? text.replace(/^(.{1,55})\s.*?\s(.{1,25})$/su, "$1 … $2") : text;
export const sameMark = (a, b) => a && b && a.first === b.first && a.last === b.last && a.label === b.label;

// Where a key leads from the word `at`; undefined if it leads nowhere. `sentences`: the first word of each; `last`: the
// last word of the text. What is chosen (`extend`) grows down to the end of its sentence before it takes in the next.
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
