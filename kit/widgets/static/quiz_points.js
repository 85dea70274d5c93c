// The points of a full answer, after a written one is given. Whoever made one ticks it and shows the words for it: those
// selected in the answer, or typed. Python keeps the tick if they stand in the answer; until then it is only begun.

import { button, live, make, option, tell } from "./dom.js";

/**
 * @param {{
 *   points: FeedbackPoint[],
 *   answer: HTMLElement,
 *   ask: (what: string, more: { point: string, quote?: string }) => void,
 * }} parts
 */
export function quizPoints({ points, answer, ask }) {
  const node = make("fieldset", "btl-points");
  const how = "Tick each point that you made. Then show it: select the words in your answer, or type them.";
  node.append(make("legend", "", "Which of these did you say?"), make("p", "btl-quiet", how));
  const rows = points.map((point) => drawPoint(point));
  node.append(...rows.map((row) => row.node));
  // What is selected goes into the field that waits for it.
  const follow = () => {
    if (!node.isConnected) document.removeEventListener("selectionchange", follow);
    else if (selectedIn(answer)) rows.find((row) => row.isOpen())?.fill(selectedIn(answer));
  };
  document.addEventListener("selectionchange", follow);

  /** @param {FeedbackPoint} point */
  function drawPoint({ id, text, ours, feedback }) {
    const row = make("div", "btl-point");
    const { label, input: box } = option("btl-option", { type: "checkbox" }, make("span", "", text));
    const asked = make("div", "btl-quote");
    const name = make("label", "", "Your words for it ");
    const field = make("input");
    field.type = "text";
    const problem = live("alert", "btl-problem");
    const said = make("p", "btl-said");
    const told = make("p", "", feedback);
    name.append(field);
    asked.append(name, button("", "These are my words", keep), problem);
    row.append(label, asked, said, told, make("p", "btl-quiet", `In our answer: “${ours}”`));
    let open = false;
    let held = "";

    function keep() {
      tell(problem, ""); // the same problem is news if it comes back
      ask("tick", { point: id, quote: field.value });
    }

    /** @param {boolean} now */
    function setOpen(now) {
      open = now;
      asked.hidden = !open;
      box.checked = open || held !== "";
    }

    box.addEventListener("change", () => {
      if (!box.checked) {
        setOpen(false);
        if (held) ask("untick", { point: id });
        return;
      }
      for (const other of rows) other.close();
      field.value = selectedIn(answer);
      setOpen(true);
      if (field.value) keep();
      else field.focus();
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
      if (quote !== held && quote) {
        if (open) box.focus();
        open = false;
      }
      held = quote;
      setOpen(open);
      tell(problem, open ? sentence : "");
      tell(said, held ? `✓ Your words: “${held}”` : "");
      said.hidden = !held;
      row.classList.toggle("btl-held", held !== "");
    }

    return {
      node: row,
      id,
      show,
      isOpen: () => open,
      close: () => setOpen(false),
      /** @param {string} words */
      fill: (words) => { field.value = words; },
    };
  }

  return {
    node,
    /**
     * @param {Record<string, string>} quotes
     * @param {string} problem
     */
    show: (quotes, problem) => rows.forEach((row) => row.show(quotes[row.id] ?? "", problem)),
  };
}

/**
 * What is selected in an element, in whole words.
 * @param {HTMLElement} root
 */
function selectedIn(root) {
  const selection = getSelection();
  if (!selection?.rangeCount || selection.isCollapsed) return "";
  const { startContainer, startOffset, endContainer, endOffset } = selection.getRangeAt(0);
  const text = root.lastElementChild?.firstChild;
  if (startContainer !== text || endContainer !== text) return "";
  const whole = text?.textContent ?? "";
  const before = /[\p{L}\p{N}]*$/u.exec(whole.slice(0, startOffset))?.[0].length ?? 0;
  const after = /^[\p{L}\p{N}]*/u.exec(whole.slice(endOffset))?.[0].length ?? 0;
  return whole.slice(startOffset - before, endOffset + after).trim();
}
