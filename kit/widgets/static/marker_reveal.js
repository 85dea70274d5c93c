// The Marker's comparison: the student's reading beside others, place by place, and what the student says to it.

import { button, make, option, PAUSE, timer } from "./dom.js";

const GROUPS = [
  ["missed", "Marked by others, not by you"],
  ["extra", "Marked by you alone"],
  ["label", "The same place, another label"],
  ["same", "Marked alike"],
];
const INTRO =
  "None of them is the key. Careful readers differ, and the kit makes mistakes: look at each reason, then decide.";
const ADOPT = { missed: "Mark it, too", extra: "Take my mark away", label: "Take their label" };

export function comparison({ model, ask, say, showWord }) {
  const node = make("section", "btl-reveal");
  const head = make("h3", "", "Beside other readers");
  head.tabIndex = -1;
  let drawn = []; // the places and the answers as they were drawn, as text

  function draw() {
    node.hidden = !model.get("committed");
    const [shown, answers] = [JSON.stringify(model.get("reveal")), JSON.stringify(model.get("disagree"))];
    const isUsed = node.contains(document.activeElement); // what the student is typing in stays
    if (node.hidden || (shown === drawn[0] && (isUsed || answers === drawn[1]))) return;
    drawn = [shown, answers];
    const { readers = [], places = [] } = model.get("reveal");
    const [at, kept] = focused();
    const sums = make("div", "btl-sums");
    sums.append(...readers.map(drawSum));
    const groups = GROUPS.map(([kind, title]) => drawGroup(kind, title, places)).filter(Boolean);
    if (!readers.length) groups.push(make("p", "", "There is no other reading of this text yet."));
    node.replaceChildren(head, make("p", "", INTRO), sums, ...groups);
    if (kept) refocus(at, kept);
  }

  // Where the focus is, so that it is there again after drawing; a place that has gone leaves it to the next one.
  function focused() {
    const item = document.activeElement?.closest?.(".btl-place");
    if (!item || !node.contains(item)) return [-1, null];
    return [[...node.querySelectorAll(".btl-place")].indexOf(item), { ...document.activeElement.dataset }];
  }

  function refocus(at, { key, role }) {
    const isSame = ({ dataset }) => dataset.key === key && dataset.role === role;
    const same = [...node.querySelectorAll("[data-key]")].find(isSame);
    const next = [...node.querySelectorAll(".btl-place")].at(at)?.querySelector("button");
    const to = same ?? (next?.closest("details").open ? next : head);
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
    if (!some.length) return null;
    const group = make("details", `btl-group btl-group-${kind}`);
    group.open = node.querySelector(`.btl-group-${kind}`)?.open ?? kind !== "same";
    const cards = make("ol");
    cards.append(...some.map((place) => drawPlace(place, places.indexOf(place) + 1)));
    group.append(make("summary", "", `${title}: ${some.length}`), cards);
    return group;
  }

  function drawPlace(place, number) {
    const item = make("li", `btl-place btl-is-${place.kind}`);
    item.dataset.place = number - 1;
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
    const show = button("btl-number", String(number), () => showWord(place.words[0][0]));
    show.setAttribute("aria-label", `Place ${number}: show it in the text`);
    item.append(show, quote, rows);
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
    const item = node.querySelector(`li[data-place="${place}"]`);
    item.closest("details").open = true;
    item.scrollIntoView({ block: "center" });
    item.querySelector("button").focus({ preventScroll: true });
  }

  return { node, draw, show, showPlace };
}
