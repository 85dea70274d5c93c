// One place of the Marker's comparison: what each reader saw there, and what the student says to it.

import { button, make, option } from "./dom.js";
import { PAUSE, timer } from "./exercise.js";

export const KINDS = {
  missed: "Marked by others, not by you",
  extra: "Marked by you alone",
  label: "The same place, another kind",
  same: "Marked alike",
};
const ADOPT = { missed: "Mark it, too", extra: "Take my mark away", label: "Take their kind" };

/**
 * Draws a place, with its number, as an item of a list.
 * @param {{
 *   model: Model<MarkerTraits>,
 *   ask: (what: string, more?: object) => void,
 *   say: (sentence: string) => void,
 *   showWord: (word: number) => void,
 * }} parts
 */
export function placeCards({ model, ask, say, showWord }) {
  /** @type {(place: Place, number: number) => HTMLLIElement} */
  function draw(place, number) {
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
    const top = make("p", "btl-top");
    const toText = button("btl-number", String(number), () => showWord(place.words[0][0]));
    toText.setAttribute("aria-label", `Place ${number}: show it in the text`);
    top.append(toText, make("span", "", KINDS[place.kind]));
    item.append(top, quote, rows);
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

  return draw;
}
