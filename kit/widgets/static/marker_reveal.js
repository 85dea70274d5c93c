// The Marker's comparison: the student's reading beside others, one place after the other, or all of them as a list.

import { button, closest, find, findAll, focused, make, tell } from "./dom.js";
import { KINDS, placeCards } from "./marker_place.js";

const INTRO =
  "None of them is the key. Careful readers differ, and the kit makes mistakes: look at each reason, then decide.";

/** @param {Parameters<typeof placeCards>[0]} parts */
export function comparison({ model, ask, say, showWord }) {
  const drawPlace = placeCards({ model, ask, say, showWord });
  const node = make("section", "btl-reveal");
  const head = make("h3", "", "Beside other readers");
  const sums = make("div", "btl-sums");
  const stage = make("div", "btl-stage"); // one place
  const where = make("h4");
  const card = make("ol");
  const back = button("", "‹ Back", () => step(neighbours().before));
  const next = button("btl-main", "Next ›", () => step(neighbours().after));
  const all = button("", "Show all places as a list", () => {
    all.setAttribute("aria-pressed", String(!isListed()));
    drawPlaces();
  });
  const groups = make("div");
  const figures = make("details", "btl-figures");
  const figureLines = make("div");
  const steps = make("div", "btl-tools");
  head.tabIndex = where.tabIndex = -1;
  all.setAttribute("aria-pressed", "false");
  steps.append(back, next);
  stage.append(where, card, steps);
  figures.append(make("summary", "", "The same in figures"), figureLines);
  node.append(head, make("p", "", INTRO), sums, stage, all, groups, figures);

  /** @type {string[]} */
  let drawn = []; // the places and the answers as they were drawn, as text
  let current = ""; // the key of the place on the stage
  let position = 0; // and where it stands among all
  const differed = new Set(); // the keys of places that differ, or did when this page was made
  const places = () => model.get("reveal").places ?? [];
  const isListed = () => all.getAttribute("aria-pressed") === "true";
  const toDecide = () => places().filter(({ key }) => differed.has(key));

  function draw() {
    node.hidden = !model.get("committed");
    if (node.hidden) {
      differed.clear();
      current = "";
      position = 0;
    }
    const [shown, answers] = [JSON.stringify(model.get("reveal")), JSON.stringify(model.get("disagree"))];
    const isUsed = focused(node) !== null; // what the student is typing in stays
    if (node.hidden || (shown === drawn[0] && (isUsed || answers === drawn[1]))) return;
    drawn = [shown, answers];
    for (const { key, kind } of places()) if (kind !== "same") differed.add(key);
    const { readers = [] } = model.get("reveal");
    sums.replaceChildren(...readers.map(drawSum));
    if (!readers.length) sums.append(make("p", "", "There is no other reading of this text yet."));
    figures.hidden = !readers.length;
    figureLines.replaceChildren(...readers.flatMap(({ name, figures: lines }) => [
      make("h4", "", `You and ${name}`), ...lines.map((line) => make("p", "btl-label", line)),
    ]));
    drawPlaces();
  }

  function drawSum({ name, words, lines }) {
    const sum = make("p", "btl-sum");
    sum.append(make("strong", "", `You and ${name}: ${words}. `), lines.join(" "));
    return sum;
  }

  // The places, and the focus where it was among them; a place that has gone leaves it to the next one.
  function drawPlaces() {
    const held = focused(node);
    const item = held && closest(held, ".btl-place");
    const at = item ? findAll(node, ".btl-place").indexOf(item) : 0;
    const before = current;
    stage.hidden = isListed() || !places().length;
    groups.hidden = !isListed();
    drawStage();
    groups.replaceChildren(...(isListed() ? Object.keys(KINDS).flatMap(drawGroup) : []));
    if (!held || node.contains(document.activeElement)) return;
    const { key, role } = held.dataset;
    const same = findAll(node, "[data-key]").find(({ dataset }) => dataset.key === key && dataset.role === role);
    const listed = findAll(groups, ".btl-place").at(at)?.querySelector("button");
    const onStage = before === current ? next : where;
    const to = same ?? (!isListed() ? onStage : listed?.closest("details")?.open ? listed : head);
    to.focus({ preventScroll: true });
    (to.closest(".btl-place") ?? to).scrollIntoView({ block: "nearest" });
  }

  function drawStage() {
    if (stage.hidden) return card.replaceChildren();
    const some = toDecide();
    const order = places().map(({ key }) => key);
    if (!order.includes(current)) {
      current = (some.find(({ key }) => order.indexOf(key) >= position) ?? some.at(-1) ?? places()[0]).key;
    }
    position = order.indexOf(current);
    const number = some.findIndex(({ key }) => key === current) + 1;
    tell(where, number ? `Where you differ: ${number} of ${some.length}` : "You don’t differ here");
    card.replaceChildren(drawPlace(places()[position], position + 1));
    back.setAttribute("aria-disabled", String(!neighbours().before));
    next.setAttribute("aria-disabled", String(!neighbours().after));
  }

  // The places before and after the one on the stage at which there is something to decide.
  function neighbours() {
    const isToDecide = ({ key }) => differed.has(key);
    const [before, after] = [places().slice(0, position), places().slice(position + 1)];
    return { before: before.findLast(isToDecide), after: after.find(isToDecide) };
  }

  /** @param {Place | undefined} to */
  function step(to) {
    if (!to) return;
    current = to.key;
    drawStage();
    where.scrollIntoView({ block: "nearest" });
    say(`${where.textContent}. ${KINDS[to.kind]}: ${to.quote}`);
  }

  function drawGroup(kind) {
    const some = places().filter((place) => place.kind === kind);
    if (!some.length) return [];
    /** @type {HTMLDetailsElement | null} */
    const before = groups.querySelector(`.btl-group-${kind}`);
    const group = make("details", `btl-group btl-group-${kind}`);
    group.open = before?.open ?? kind !== "same";
    const cards = make("ol");
    cards.append(...some.map((place) => drawPlace(place, places().indexOf(place) + 1)));
    group.append(make("summary", "", `${KINDS[kind]}: ${some.length}`), cards);
    return [group];
  }

  function show() {
    head.focus({ preventScroll: true });
    head.scrollIntoView({ block: "start" });
  }

  // The number of a place, counted from 0, leads to it.
  function showPlace(number) {
    current = places()[number].key;
    drawStage();
    const item = find(isListed() ? groups : stage, `li[data-place="${number}"]`);
    item.closest("details")?.setAttribute("open", "");
    item.scrollIntoView({ block: "center" });
    find(item, "button").focus({ preventScroll: true });
  }

  return { node, draw, show, showPlace };
}
