// The Marker's comparison: the student's reading beside others, place by place, and what the student says to it.

import { button, closest, find, findAll, focused, make, option } from "./dom.js";
import { PAUSE, timer } from "./exercise.js";

const GROUPS = [
  ["missed", "Marked by others, not by you"],
  ["extra", "Marked by you alone"],
  ["label", "The same place, another label"],
  ["same", "Marked alike"],
];
const INTRO =
  "None of them is the key. Careful readers differ, and the kit makes mistakes: look at each reason, then decide.";
const ADOPT = { missed: "Mark it, too", extra: "Take my mark away", label: "Take their label" };

/**
 * @param {{
 *   model: Model<MarkerTraits>,
 *   ask: (what: string, more?: object) => void,
 *   say: (sentence: string) => void,
 *   showWord: (word: number) => void,
 * }} parts
 */
export function comparison({ model, ask, say, showWord }) {
  const node = make("section", "btl-reveal");
  const head = make("h3", "", "Beside other readers");
  head.tabIndex = -1;
  /** @type {string[]} */
  let drawn = []; // the places and the answers as they were drawn, as text

  function draw() {
    node.hidden = !model.get("committed");
    const [shown, answers] = [JSON.stringify(model.get("reveal")), JSON.stringify(model.get("disagree"))];
    const isUsed = focused(node) !== null; // what the student is typing in stays
    if (node.hidden || (shown === drawn[0] && (isUsed || answers === drawn[1]))) return;
    drawn = [shown, answers];
    const { readers = [], places = [] } = model.get("reveal");
    const place = focusedPlace();
    const sums = make("div", "btl-sums");
    sums.append(...readers.map(drawSum));
    /** @type {HTMLElement[]} */
    const groups = GROUPS.flatMap(([kind, title]) => drawGroup(kind, title, places));
    if (!readers.length) groups.push(make("p", "", "There is no other reading of this text yet."));
    node.replaceChildren(head, make("p", "", INTRO), sums, ...groups);
    if (place) refocus(place);
  }

  // Where the focus is, so that it is there again after drawing; a place that has gone leaves it to the next one.
  function focusedPlace() {
    const held = focused(node);
    const item = held && closest(held, ".btl-place");
    if (!held || !item) return null;
    const { key, role } = held.dataset;
    return { at: findAll(node, ".btl-place").indexOf(item), key, role };
  }

  function refocus({ at, key, role }) {
    const isSame = ({ dataset }) => dataset.key === key && dataset.role === role;
    const same = findAll(node, "[data-key]").find(isSame);
    const next = findAll(node, ".btl-place").at(at)?.querySelector("button");
    const to = same ?? (next?.closest("details")?.open ? next : head);
    to.focus({ preventScroll: true });
    (to.closest(".btl-place") ?? to).scrollIntoView({ block: "nearest" });
  }

  function drawSum({ name, number, words, lines }) {
    const sum = make("div", "btl-sum");
    const big = make("p", "btl-number-big", number);
    big.append(make("small", "", " of 1"));
    sum.append(make("h4", "", `You and ${name}`), big, make("p", "btl-alike", words));
    for (const line of lines) sum.append(make("p", "btl-label", line));
    return sum;
  }

  function drawGroup(kind, title, places) {
    const some = places.filter((place) => place.kind === kind);
    if (!some.length) return [];
    /** @type {HTMLDetailsElement | null} */
    const before = node.querySelector(`.btl-group-${kind}`);
    const group = make("details", `btl-group btl-group-${kind}`);
    group.open = before?.open ?? kind !== "same";
    const cards = make("ol");
    cards.append(...some.map((place) => drawPlace(place, places.indexOf(place) + 1)));
    group.append(make("summary", "", `${title}: ${some.length}`), cards);
    return [group];
  }

  function drawPlace(place, number) {
    const item = make("li", `btl-place btl-is-${place.kind}`);
    item.dataset.place = String(number - 1);
    const quote = make("p", "btl-passage");
    quote.append(place.before, make("mark", "", place.quote), place.after);
    const rows = make("dl");
    for (const { who, marked, label, why } of place.rows) {
      const term = make("dt", "", who);
      const tick = make("span", "btl-tick", marked ? "✓ " : "– ");
      tick.setAttribute("aria-hidden", "true"); // what was marked stands beside it
      term.prepend(tick);
      const says = make("dd", marked ? "" : "btl-label", label);
      if (why) says.append(make("p", "btl-why", why));
      rows.append(term, says);
    }
    const toText = button("btl-number", String(number), () => showWord(place.words[0][0]));
    toText.setAttribute("aria-label", `Place ${number}: show it in the text`);
    item.append(toText, quote, rows);
    if (place.kind !== "same") item.append(drawAnswer(place));
    return item;
  }

  // "I still disagree" is an answer that counts; a sentence may say why.
  function drawAnswer({ key, kind }) {
    const answer = make("div", "btl-answer");
    const held = () => model.get("disagree")[key];
    const checkbox = { type: "checkbox", checked: held() !== undefined };
    const { label: still, input: box } = option("", checkbox, "I still disagree");
    Object.assign(box.dataset, { key, role: "still" });
    const because = make("input", "btl-because");
    Object.assign(because, { type: "text", maxLength: 2000, value: held() ?? "", hidden: !box.checked });
    because.placeholder = "because … (if you like)";
    because.setAttribute("aria-label", "Why I still disagree, in a sentence");
    const send = () => {
      typing.stop();
      if (box.checked && because.value !== held()) ask("hold", { key, because: because.value });
    };
    const typing = timer(PAUSE, send);
    box.addEventListener("change", () => {
      because.hidden = !box.checked;
      ask("hold", { key, because: box.checked ? because.value : null });
      say(box.checked ? "You still disagree: noted." : "No longer noted.");
    });
    because.addEventListener("input", typing.start);
    because.addEventListener("change", send);
    const adopt = button("", ADOPT[kind], () => {
      ask("adopt", { key });
      say("You changed your mind; your first round is kept.");
    });
    Object.assign(adopt.dataset, { key, role: "adopt" });
    answer.append(still, because, adopt);
    return answer;
  }

  function show() {
    head.focus({ preventScroll: true });
    head.scrollIntoView({ block: "start" });
  }

  function showPlace(place) {
    const item = find(node, `li[data-place="${place}"]`);
    item.closest("details")?.setAttribute("open", "");
    item.scrollIntoView({ block: "center" });
    find(item, "button").focus({ preventScroll: true });
  }

  return { node, draw, show, showPlace };
}
