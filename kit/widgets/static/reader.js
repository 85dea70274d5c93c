// The Reader. Draws the state that reader.py holds; sends back which layers are visible and which card is open.

import {
  along, bringIntoView, button, defined, explain, find, focused, frame, group, heading, ignoreSecondClick, keepKeys, live, make, put,
  targetOf, tell,
} from "./dom.js";

const BUTTON = ["role", "tabindex", "aria-label", "aria-expanded", "aria-haspopup"]; // what makes a mark one
const HINT = "Choose a mark to see why it is one. With the keyboard: arrow keys move, Enter opens, Escape closes.";

/** @param {View<ReaderTraits>} view */
export function render({ model, el }) {
  const [marks, glossary] = [model.get("marks"), model.get("glossary")];
  const root = frame("reader", `${model.get("title")}${marks.length ? ", with marks" : ""}`);
  const bar = make("div", "btl-bar");
  const status = live("status", "btl-status", HINT);
  const page = make("div", "btl-page");
  const card = make("div", "btl-card");
  card.setAttribute("role", "dialog");
  card.tabIndex = -1;
  for (const note of model.get("notes")) root.append(make("p", "btl-unfit", note));
  if (model.get("switches").length) root.append(bar);
  root.append(page);

  // What is on the page: pieces by element, and for each mark the element where the keyboard stops.
  /** @type {Map<HTMLElement, ReaderPiece>} */
  const pieceOf = new Map();
  /** @type {Map<number, HTMLElement>} */
  const stopOf = new Map();
  /** @type {Map<HTMLElement, string>} */
  const lookOf = new Map();
  for (const block of model.get("blocks")) page.append(drawBlock(block));
  const order = [...stopOf.keys()];
  let current = -1; // the mark that Tab leads to; the open one, if there is one
  /** @type {HTMLElement | null} */
  let place = null; // the piece that was clicked: its marks share the card
  let drawn = ""; // what the card shows

  const isVisible = (mark) => model.get("layers").includes(marks[mark].layer);
  /** @type {(piece: HTMLElement) => number[]} */
  const marksIn = (piece) => pieceOf.get(piece)?.marks ?? [];
  const visible = () => order.filter(isVisible);
  const opened = () => {
    const mark = model.get("selected");
    return mark >= 0 && isVisible(mark) && stopOf.has(mark) ? mark : -1;
  };

  function drawBlock({ kind, note, pieces }) {
    const block = kind === "headline" ? heading(2, "btl-headline") : make("p", `btl-${kind}`);
    if (note) block.append(make("span", "btl-note", note), " ");
    for (const piece of pieces) {
      if (!piece.marks.length) {
        block.append(piece.text);
        continue;
      }
      const span = make("span", piece.classes.join(" "), piece.text);
      pieceOf.set(span, piece);
      for (const mark of piece.stops) stopOf.set(mark, keepKeys(span));
      block.append(span);
    }
    return block;
  }

  function drawBar() {
    const switches = group("btl-switches", "What is marked");
    for (const { layer, question, name, samples } of model.get("switches")) {
      const one = button(`btl-switch btl-show-${layer}`, "", () => toggle(layer, `${question} ${name}`));
      one.dataset.layer = layer;
      const sample = make("span", "btl-sample");
      sample.setAttribute("aria-hidden", "true");
      for (const [role, word] of Object.entries(samples)) sample.append(make("span", `btl-${role}`, word), " ");
      one.append(make("strong", "", question), " ", make("span", "btl-count", name), " ", sample);
      switches.append(one);
    }
    bar.append(switches, status);
  }

  // What depends on the state. Drawing the same state twice changes nothing.
  function update() {
    const layers = model.get("layers");
    for (const { layer } of model.get("switches")) root.classList.toggle(`btl-show-${layer}`, layers.includes(layer));
    for (const one of bar.querySelectorAll("button")) {
      one.setAttribute("aria-pressed", String(layers.includes(one.dataset.layer ?? "")));
    }
    const mark = opened();
    if (mark >= 0) current = mark;
    if (current < 0 || !isVisible(current)) current = visible()[0] ?? -1;
    for (const [span, piece] of pieceOf) {
      const stops = piece.stops.filter(isVisible);
      const look = [stops, mark >= 0 && piece.marks.includes(mark), stops.includes(current), stops.includes(mark)].join(" ");
      if (lookOf.get(span) === look) continue; // a book has tens of thousands
      lookOf.set(span, look);
      span.classList.toggle("btl-open", mark >= 0 && piece.marks.includes(mark));
      if (!stops.length) {
        for (const name of BUTTON) span.removeAttribute(name);
        continue;
      }
      span.setAttribute("role", "button");
      span.setAttribute("aria-haspopup", "dialog");
      span.setAttribute("aria-label", stops.map((stop) => `${marks[stop].words}, ${marks[stop].kind}`).join("; "));
      span.setAttribute("aria-expanded", String(stops.includes(mark)));
      span.tabIndex = stops.includes(current) ? 0 : -1;
    }
    drawCard(mark);
  }

  function drawCard(mark) {
    if (mark < 0) {
      card.remove();
      page.style.removeProperty("--card");
      return;
    }
    if (!place || !marksIn(place).includes(mark)) place = stopOf.get(mark) ?? null;
    const here = place ? marksIn(place).filter(isVisible) : [];
    const look = `${mark} of ${here}`;
    if (look !== drawn || !card.isConnected) fillCard(marks[mark], here.filter((one) => one !== mark));
    drawn = look;
    const block = place?.parentElement;
    if (card.previousElementSibling !== block) block?.after(card);
    settle();
  }

  function fillCard({ layer, kind, label, words, rows, terms }, others) {
    card.className = `btl-card btl-of-${layer}`;
    card.setAttribute("aria-label", `${kind}: ${words}`);
    const list = make("dl");
    list.append(...defined(rows));
    const more = make("div", "btl-others");
    if (others.length) more.append(make("p", "", "Also in this place"));
    for (const other of others) {
      const named = `${marks[other].kind}: ${marks[other].words}`;
      more.append(button(`btl-of-${marks[other].layer}`, named, () => open(other, place)));
    }
    const head = make("div", "btl-head");
    head.append(make("p", "btl-kind", kind), button("btl-close", "Close", close));
    const marked = heading(3, "btl-words", words);
    marked.tabIndex = -1;
    const held = focused(card);
    card.replaceChildren(head, marked, make("p", "btl-label", label), list, ...drawTerms(terms, rows), more);
    if (held) marked.focus({ preventScroll: true });
  }

  // What the glossary says of the kind with its rows, and of the label.
  function drawTerms(terms, rows) {
    const named = rows.filter(([name]) => terms[name]);
    return [["kind", named], ["label", []]].filter(([part]) => terms[part]).map(([part, about]) => {
      const asked = explain(terms[part], glossary[terms[part]]);
      for (const [name] of about) {
        const line = make("p", "", ` ${glossary[terms[name]][0]}`);
        line.prepend(make("strong", "", `${name}: the ${terms[name]}.`));
        asked.append(line);
      }
      return asked;
    });
  }

  // In a wide window the card stands in the margin beside its mark; in a narrow one it follows the paragraph.
  function settle() {
    if (!card.isConnected || !place) return;
    page.style.setProperty("--card", `${card.offsetHeight}px`);
    const room = page.clientHeight - card.offsetHeight;
    card.style.setProperty("--top", `${Math.min(place.offsetTop, room)}px`);
  }

  function announce(mark) {
    // Its words are read aloud, since they have the focus.
    tell(status, `Mark ${visible().indexOf(mark) + 1} of ${visible().length}: ${marks[mark].aloud}`);
  }

  function open(mark, where) {
    place = where ?? null;
    put(model, "selected", mark);
    update();
    announce(mark);
    find(card, ".btl-words").focus({ preventScroll: true }); // of the card itself, all would be read aloud
    bringIntoView(card);
  }

  function close() {
    const mark = opened();
    put(model, "selected", -1);
    update();
    ignoreSecondClick();
    stopOf.get(mark)?.focus();
  }

  function go(mark) {
    if (mark === undefined) return;
    if (opened() >= 0) return open(mark);
    current = mark;
    update();
    announce(mark);
    stopOf.get(mark)?.focus();
  }

  function toggle(layer, named) {
    const layers = model.get("layers");
    put(model, "layers", layers.includes(layer) ? layers.filter((name) => name !== layer) : [...layers, layer]);
    status.textContent = `${named} ${layers.includes(layer) ? "hidden" : "shown"}.`;
  }

  page.addEventListener("click", (event) => {
    if (getSelection()?.isCollapsed === false) return;
    const here = marksIn(targetOf(event)).filter(isVisible);
    if (here.length) open(here[0], targetOf(event));
  });

  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const inCard = card.contains(targetOf(event));
    if (event.key === "Escape" && opened() >= 0) close();
    else if (!page.contains(targetOf(event))) return;
    else if (event.key === "Enter" || event.key === " ") {
      if (inCard) return;
      open(current);
    } else {
      const all = visible();
      const at = all.indexOf(current);
      const to = along(event.key, at, all.length - 1);
      if (to === undefined) return;
      go(all[to]);
    }
    event.preventDefault();
    event.stopPropagation();
  });

  card.addEventListener("toggle", (event) => targetOf(event).scrollIntoView({ block: "nearest" }), true);
  model.on("change:layers change:selected", update);
  const resized = new ResizeObserver(settle);
  resized.observe(root);
  resized.observe(card);
  drawBar();
  update();
  el.append(root);
  settle();
}

export default { render };
