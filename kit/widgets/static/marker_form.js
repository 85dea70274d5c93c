// The Marker's form: one row about one mark, beside its line or below it. What is changed here counts at once.

import { button, group, make, option } from "./dom.js";
import { brief } from "./marker_words.js";

/**
 * @param {{
 *   page: HTMLElement,
 *   layer: string,
 *   choices: Choice[],
 *   text: MarkedText,
 *   actions: {
 *     change: (mark: Mark, to: Partial<Mark>) => void,
 *     alone: () => void,
 *     reach: () => void,
 *     remove: (mark: Mark) => void,
 *   },
 * }} parts
 */
export function markForm({ page, layer, choices, text, actions }) {
  /** @type {Mark | null} */
  let mark = null; // which it is about; null: it is closed
  const room = make("span", "btl-room"); // for the row, where it stands between two lines
  room.setAttribute("aria-hidden", "true");

  const kind = make("select", "btl-kind");
  kind.setAttribute("aria-label", "What is it?");
  kind.append(...choices.map(drawChoice));
  const { label: unsure, input: box } = option("btl-unsure", { type: "checkbox" }, make("span", "", "not sure"));
  unsure.title = "I’m not sure that this is right";
  const reach = tool("↔", "More words", "Then click or tap the word that the mark should reach to", () => {
    setReach(!isReaching());
    if (isReaching()) actions.reach();
  });
  const alone = tool("+", "Mark this word too", "One more mark, on the word that you clicked", () => actions.alone());
  const remove = button("", "Delete", () => mark && actions.remove(mark));
  const node = group(`btl-card btl-row btl-of-${layer}`, "");
  node.tabIndex = -1; // a click in it, in Safari also on a button, must not put the focus on the text around it
  node.append(...(choices.length > 1 ? [kind] : []), unsure, reach, alone, remove);

  kind.addEventListener("change", () => mark && actions.change(mark, { label: kind.value }));
  box.addEventListener("change", () => mark && actions.change(mark, { sure: !box.checked }));

  // A button with a sign, and with words where there is room for them.
  function tool(sign, name, title, act) {
    const one = button("", sign, act);
    one.append(make("span", "btl-roomy", ` ${name}`));
    one.setAttribute("aria-label", name);
    one.title = title;
    return one;
  }

  function drawChoice({ label, name, field, means }) {
    const choice = make("option", "", name === field ? `${name}: ${means}` : name);
    choice.value = label;
    choice.title = `${field}: ${means}`;
    return choice;
  }

  function open(about) {
    mark = about;
    kind.value = about.label;
    kind.title = choices.length ? kind.selectedOptions[0].title : "";
    box.checked = !about.sure;
    alone.hidden = about.first === about.last;
    node.setAttribute("aria-label", `Your mark: ${brief(text.textOf(about.first, about.last))}`);
    const block = text.blockOf(about.last);
    if (block.nextSibling !== node) block.after(node);
    settle();
  }

  function bringIntoView() {
    if (mark) for (const shown of [node, text.wordAt[mark.last]]) shown.scrollIntoView({ block: "nearest" });
  }

  function shut() {
    mark = null;
    setReach(false);
    node.remove();
    room.remove();
    page.style.removeProperty("--reach");
  }

  const isReaching = () => reach.getAttribute("aria-pressed") === "true";

  /** @param {boolean} isOn */
  function setReach(isOn) {
    reach.setAttribute("aria-pressed", String(isOn));
  }

  // In a wide window the row stands in the margin beside its line; in a narrow one in the room below it.
  function settle() {
    if (!mark) return;
    text.leaveRoom(room, mark.last);
    const [beside, height] = [text.wordAt[mark.last].offsetTop, node.offsetHeight];
    room.style.height = `${height}px`;
    node.style.setProperty("--top", `${beside}px`);
    node.style.setProperty("--below", `${room.offsetTop}px`);
    page.style.setProperty("--reach", `${beside + height}px`);
  }

  const focus = () => (choices.length > 1 ? kind : box).focus({ preventScroll: true });

  return { node, mark: () => mark, open, shut, settle, focus, bringIntoView, isReaching, setReach };
}
