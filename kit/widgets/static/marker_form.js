// The Marker's form: which words, what is it, and how sure are you? It holds its own state until it is handed in.

import { bringIntoView, button, find, live, make, option } from "./dom.js";
import { brief } from "./marker_words.js";

/**
 * @param {{
 *   page: HTMLElement,
 *   layer: string,
 *   choices: Choice[],
 *   text: MarkedText,
 *   actions: {
 *     open: (first: number, last: number, mark: Mark | null) => void,
 *     resize: (first: number, last: number) => void,
 *     keep: (made: Mark, before: Mark | null) => void,
 *     remove: (mark: Mark) => void,
 *     cancel: () => void,
 *   },
 * }} parts
 */
export function markForm({ page, layer, choices, text, actions }) {
  const node = make("form", `btl-card btl-of-${layer}`);
  node.noValidate = true;
  node.tabIndex = -1; // a click in it, in Safari also on a button, must not put the focus on the text around it
  /** @type {{ first: number, last: number, mark: Mark | null }} */
  const about = { first: 0, last: 0, mark: null };
  const form = Object.assign(about, { node, isOpen: () => node.isConnected, open, resize, close, settle });
  /** @type {(name: string) => string | null} */
  const given = (name) => /** @type {string | null} */ (new FormData(node).get(name));
  const only = choices.length === 1 ? choices[0].label : choices.length ? null : "";

  // A new mark if `mark` is null, else a change of it.
  function open(first, last, mark) {
    Object.assign(form, { first, last, mark });
    draw(mark?.label ?? null, mark === null ? null : mark.sure ? "sure" : "unsure");
    text.blockOf(last).after(node);
    settle();
    (find(node, "input:checked") ?? find(node, "input")).focus({ preventScroll: true });
    bringIntoView(node);
  }

  function resize(first, last) {
    const chosen = [given("label"), given("sure")];
    Object.assign(form, { first, last });
    draw(...chosen);
    settle();
  }

  function close() {
    node.remove();
    page.style.removeProperty("--reach");
  }

  // In a wide window the form stands in the margin beside the words; in a narrow one it follows the paragraph.
  function settle() {
    if (!form.isOpen()) return;
    const top = text.wordAt[form.first].offsetTop;
    node.style.setProperty("--top", `${top}px`);
    page.style.setProperty("--reach", `${top + node.offsetHeight}px`);
  }

  function draw(label, sure) {
    const { first, last, mark } = form;
    const edges = make("div", "btl-edges btl-tools");
    edges.append(...steps("Start", first, (word) => actions.resize(word, last), 0, last));
    edges.append(...steps("End", last, (word) => actions.resize(first, word), first, text.wordAt.length - 1));
    const problem = live("alert", "btl-problem");
    const submit = button("btl-main", mark ? "Keep the change" : "Mark it");
    submit.type = "submit";
    const buttons = make("div", "btl-tools");
    buttons.append(submit);
    if (mark) buttons.append(button("", "Delete", () => actions.remove(mark)));
    if (mark) buttons.append(button("", "New mark here", () => actions.open(first, last, null)));
    buttons.append(button("", "Cancel", () => actions.cancel()));
    const options = choices.map(({ label: value, name, means }) => ({ value, name, means }));
    const how = [{ value: "sure", name: "I’m sure" }, { value: "unsure", name: "I’m not sure" }];
    const words = brief(text.textOf(first, last));
    node.setAttribute("aria-label", `${mark ? "Change this mark" : "A new mark"}: ${words}`);
    node.replaceChildren(
      make("p", "btl-words", words),
      edges,
      ...(only === null ? [radios("What is it?", "label", options, label)] : []),
      radios("How sure are you?", "sure", how, sure),
      problem,
      buttons,
    );
  }

  // Two buttons that move one edge of the mark by a word.
  function steps(name, word, move, low, high) {
    const group = make("span", "", `${name} `);
    for (const [sign, to, where] of [["←", word - 1, "earlier"], ["→", word + 1, "later"]]) {
      const label = `${name} one word ${where}`;
      const step = button("", sign, () => {
        if (to < low || to > high) return;
        move(to);
        find(node, `[aria-label="${label}"]`).focus();
      });
      step.setAttribute("aria-label", label);
      group.append(step);
    }
    return [group];
  }

  function radios(legend, name, options, value) {
    const group = make("fieldset", `btl-choose-${name}`);
    group.append(make("legend", "", legend));
    for (const one of options) {
      const shown = make("span", "", one.name);
      if (one.means) shown.append(" ", make("span", "btl-means", one.means));
      group.append(option("", { type: "radio", name, value: one.value, checked: one.value === value }, shown).label);
    }
    return group;
  }

  node.addEventListener("submit", (event) => {
    event.preventDefault();
    const label = only ?? given("label");
    const sure = given("sure");
    if (label !== null && sure !== null) {
      actions.keep({ first: form.first, last: form.last, label, sure: sure === "sure" }, form.mark);
      return;
    }
    find(node, ".btl-problem").textContent = label === null ? "Choose what it is." : "Say how sure you are.";
    find(node, `input[name=${label === null ? "label" : "sure"}]`).focus();
  });

  return form;
}
