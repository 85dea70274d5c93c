// The points of a full answer, after a written one is given. Whoever made one ticks it and shows the words for it: those
// selected in the answer, or typed. Python keeps the tick if they stand in the answer; until then it is only begun.

import { button, live, make, option, tell } from "./dom.js";

const HOW = "Tick a point that you made. Then show it: select the words in your answer, or type them.";

/**
 * @param {{
 *   points: FeedbackPoint[],
 *   answer: HTMLElement,
 *   ask: (what: string, more: { point: string, quote?: string }) => void,
 * }} parts
 */
export function quizPoints({ points, answer, ask }) {
  const node = make("fieldset", "btl-points");
  const rows = points.map(drawPoint);
  node.append(make("legend", "", "Which of these points are in your answer?"), make("p", "btl-quiet", HOW));
  node.append(...rows.map((row) => row.node));
  let selected = ""; // A click on a box ends the selection: so it is kept.

  function follow() {
    if (!node.isConnected) document.removeEventListener("selectionchange", follow);
    const words = selectedIn(answer);
    if (!words) return;
    selected = words;
    rows.find((row) => row.isOpen())?.fill(words);
  }

  document.addEventListener("selectionchange", follow);

  /** @param {FeedbackPoint} point */
  function drawPoint({ id, text, ours, feedback }) {
    const row = make("div", "btl-point");
    const { label, input: box } = option("btl-option", { type: "checkbox" }, make("span", "", text));
    const form = make("div", "btl-quote");
    const name = make("label", "", "Your words for it");
    const field = make("input");
    field.type = "text";
    const take = button("", "These are my words", keep);
    const problem = live("alert", "btl-problem");
    const said = live("status", "btl-said");
    name.append(field);
    form.append(name, take, problem);
    row.append(label, form, said, make("p", "", feedback), make("p", "btl-quiet", `In our answer: ${quoted(ours)}`));
    let open = false; // ticked, and its words are awaited
    let tried = false;
    let held = ""; // the words that Python has

    function keep() {
      tell(problem, ""); // the same problem is news if it comes back
      tried = true;
      ask("tick", { point: id, quote: field.value });
    }

    function draw() {
      box.checked = open || held !== "";
      form.hidden = !open;
      tell(said, held ? `Your words: ${quoted(held)}` : "");
      said.hidden = !held;
      row.classList.toggle("btl-held", held !== "");
    }

    function close() {
      open = false;
      draw();
    }

    box.addEventListener("change", () => {
      if (!box.checked) {
        held = "";
        close();
        ask("untick", { point: id });
        return;
      }
      for (const other of rows) other.close();
      [open, tried, field.value, selected] = [true, false, selected, ""];
      draw();
      (field.value ? take : field).focus();
    });
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      keep();
    });

    /**
     * @param {string} quote
     * @param {string} sentence
     */
    function show(quote, sentence) {
      if (quote && open) {
        box.focus(); // the form goes, and the focus is in it
        open = false;
      }
      held = quote;
      draw();
      tell(problem, open && tried ? sentence : "");
    }

    /** @param {string} words */
    const fill = (words) => { field.value = words; };
    return { id, node: row, show, close, fill, isOpen: () => open };
  }

  /**
   * @param {Record<string, string>} quotes
   * @param {string} problem
   */
  const show = (quotes, problem) => rows.forEach((row) => row.show(quotes[row.id] ?? "", problem));
  return { node, show };
}

/**
 * What is selected in the text of a block, in whole words.
 * @param {HTMLElement} block
 */
function selectedIn(block) {
  const text = block.lastElementChild?.firstChild;
  const selection = getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return "";
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  if (startContainer !== text || endContainer !== text) return "";
  return wholeWords(text?.textContent ?? "", startOffset, endOffset);
}

/**
 * Words in quotation marks; those in the words become inner ones.
 * @param {string} words
 */
export function quoted(words) {
  return `“${words.replaceAll("“", "‘").replaceAll("”", "’")}”`;
}

/**
 * A piece of a text without spaces around it, and with what is missing of the words at its ends.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 */
export function wholeWords(text, start, end) {
  const piece = text.slice(start, end);
  const first = start + piece.length - piece.trimStart().length;
  const last = end - piece.length + piece.trimEnd().length;
  const before = /[\p{L}\p{N}]*$/u.exec(text.slice(0, first))?.[0] ?? "";
  const after = /^[\p{L}\p{N}]*/u.exec(text.slice(last))?.[0] ?? "";
  return piece.trim() && before + piece.trim() + after;
}
