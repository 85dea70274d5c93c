// The Marker's text. Each word and each gap is an element of its own; runs that carry the same marks are wrapped.
// For a screen reader each paragraph is a list of words to choose from: in a list all of them hand arrow keys on to the
// page, and read the word that has the focus.

import { closest, focused, keepKeys, make } from "./dom.js";

/** @type {{ key: string, node: HTMLElement | null }} */
const NO_RUN = { key: "none", node: null };

/**
 * @param {{
 *   page: HTMLElement,
 *   blocks: TextBlock[],
 *   looks: Record<string, string>,
 *   tagOf: (mark: Mark) => string,
 * }} parts
 */
export function markedText({ page, blocks, looks, tagOf }) {
  /** @type {HTMLElement[]} */
  const wordAt = []; // the element of each word
  /** @type {HTMLElement[]} */
  const gapAfter = []; // the element after each word, if it stands in the same paragraph
  const drawn = blocks.map(({ kind, pieces }, n) => {
    const block = make("p", `btl-${kind}`);
    block.setAttribute("role", "listbox");
    block.setAttribute("aria-multiselectable", "true");
    block.setAttribute("aria-label", `Paragraph ${n + 1} of ${blocks.length}`);
    let previous;
    const parts = pieces.map(({ text, word }) => {
      const node = make("span", word < 0 ? "btl-gap" : "btl-word", text);
      if (word >= 0) previous = word;
      if (word >= 0) wordAt[word] = keepKeys(node);
      if (word >= 0) node.setAttribute("role", "option");
      else if (previous !== undefined) gapAfter[previous] = node;
      if (previous !== undefined) node.dataset.word = previous;
      return { node, word };
    });
    page.append(block);
    return { block, parts, look: "" };
  });

  function textOf(first, last) {
    let text = "";
    for (let word = first; word <= last; word++) {
      text += wordAt[word].textContent;
      if (word < last) text += gapAfter[word]?.textContent ?? " ";
    }
    return text;
  }

  // A student's marks and, once they are revealed, the places with their numbers. Paragraphs that look the same stay.
  function drawMarks(marks, places) {
    const all = [
      ...marks.map((mark) => ({ ...mark, mark })),
      ...places.flatMap((place, n) => place.words.map(([first, last], piece) => ({
        first, last, place, number: piece === place.words.length - 1 ? n + 1 : 0,
      }))),
    ];
    for (const one of drawn) {
      const words = one.parts.filter(({ word }) => word >= 0).map(({ word }) => word);
      const [low, high] = [words[0], words[words.length - 1]];
      const here = all.filter(({ first, last }) => first <= high && last >= low);
      const look = JSON.stringify(here);
      if (look !== one.look) drawBlock(one, here);
      one.look = look;
    }
  }

  function drawBlock({ block, parts }, here) {
    const held = focused(block);
    const nodes = [];
    let run = NO_RUN;
    let previous = -1;
    for (const { node, word } of parts) {
      const covering = here.filter(({ first, last }) =>
        word >= 0 ? first <= word && word <= last : first <= previous && previous < last);
      if (word >= 0) previous = word;
      const key = covering.map((one) => here.indexOf(one)).join();
      if (run.key !== key) {
        run = { key, node: covering.length ? make("span", classes(covering, word)) : null };
        if (run.node) nodes.push(run.node);
      }
      if (run.node) run.node.append(node);
      else nodes.push(node);
      const ending = word < 0 ? [] : covering.filter(({ last }) => last === word);
      if (!ending.length) continue;
      if (ending.some(({ mark }) => mark)) run.node?.classList.add("btl-ends");
      const going = covering.filter(({ last }) => last > word);
      const notes = make("span", `btl-notes ${going.length ? classes(going, -1) : ""}`);
      notes.append(...ending.map(drawNote).filter(Boolean));
      nodes.push(notes); // with no white space before it, so that no line ends between a word and its notes
      run = NO_RUN;
    }
    block.replaceChildren(...nodes);
    held?.focus({ preventScroll: true }); // moving a node takes the focus from it
  }

  function drawNote({ mark, number, place }) {
    const text = place ? number && String(number) : tagOf(mark);
    if (!text) return null;
    const note = make("span", place ? `btl-number btl-is-${place.kind}` : "btl-tag", text);
    note.setAttribute("aria-hidden", "true");
    if (place) note.dataset.place = String(number - 1);
    return note;
  }

  function classes(covering, word) {
    const names = new Set(["btl-run"]);
    for (const { mark, place, first } of covering) {
      if (place) names.add(`btl-is-${place.kind}`);
      if (!mark) continue;
      names.add(`btl-${looks[mark.label]}`);
      if (looks[mark.label] !== mark.label) names.add("btl-marked"); // it is no part, but stands for the whole
      if (first === word) names.add("btl-begins");
    }
    return [...names].join(" ");
  }

  function drawChoice(first, last, at, shown) {
    wordAt.forEach((node, word) => {
      const isChosen = String(first <= word && word <= last);
      if (node.getAttribute("aria-selected") !== isChosen) node.setAttribute("aria-selected", isChosen);
      if (word === at) node.tabIndex = 0;
      else node.removeAttribute("tabindex");
      node.classList.toggle("btl-chosen", shown && first <= word && word <= last);
      node.classList.toggle("btl-at", word === at);
      gapAfter[word]?.classList.toggle("btl-chosen", shown && first <= word && word < last);
    });
  }

  const blockOf = (word) => /** @type {HTMLElement} */ (closest(wordAt[word], "p"));

  // Leave room below the line in which a word stands, where another line of its paragraph follows.
  function leaveRoom(room, word) {
    room.remove();
    const { bottom } = wordAt[word].getBoundingClientRect();
    const block = blockOf(word);
    let below = word + 1;
    const isBeside = () => wordAt[below].getBoundingClientRect().top < bottom;
    while (block.contains(wordAt[below] ?? null) && isBeside()) below += 1;
    if (block.contains(wordAt[below] ?? null)) wordAt[below].before(room);
    else block.append(room);
  }

  // Whatever is done to the page, a word stays where it is on the screen: who clicks it may click again.
  function inPlace(word, act) {
    const top = () => wordAt[word].getBoundingClientRect().top;
    const before = top();
    act();
    const moved = top() - before;
    let outer = page.parentElement;
    while (outer && !/auto|scroll/.test(getComputedStyle(outer).overflowY)) outer = outer.parentElement;
    if (outer && moved) outer.scrollTop += moved;
  }

  return { wordAt, textOf, drawMarks, drawChoice, blockOf, leaveRoom, inPlace };
}
