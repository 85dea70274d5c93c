// Below the Marker's text: the marks as a list, and the button that commits. What may have the focus is made once.

import { button, live, make, tell } from "./dom.js";
import { brief } from "./marker_words.js";

const FIRST_ROUND =
  "Your marks of now are kept as your first round; after that you see how others read it, and can go on marking.";

/**
 * @param {{
 *   actions: { open: (mark: Mark) => void, commit: () => void },
 *   told: (mark: Mark) => string,
 *   textOf: (first: number, last: number) => string,
 *   count: () => string,
 * }} parts
 */
export function markList({ actions, told, textOf, count }) {
  const node = make("section", "btl-list");
  const head = make("h3");
  const details = make("details");
  const items = make("ol");
  const missing = live("alert", "btl-problem");
  const finish = make("div");
  const commit = () => {
    tell(missing, ""); // the same problem is news if it comes back
    actions.commit();
  };
  details.append(make("summary", "", "Show them as a list"), items);
  finish.append(missing, button("btl-main", "I’m done: compare", commit), make("p", "btl-label", FIRST_ROUND));
  node.append(head, details, finish);

  // `problem`: why it could not be committed.
  function draw(marks, isCommitted, problem) {
    tell(head, count());
    details.hidden = !marks.length;
    finish.hidden = isCommitted;
    tell(missing, problem);
    items.replaceChildren(...marks.map(drawItem));
  }

  function drawItem(mark) {
    const item = make("li");
    const words = button("btl-quote", brief(textOf(mark.first, mark.last)), () => actions.open(mark));
    words.setAttribute("aria-label", `Change the mark: ${words.textContent}`);
    item.append(words, " ", make("span", "btl-label", told(mark)));
    return item;
  }

  return { node, draw };
}
