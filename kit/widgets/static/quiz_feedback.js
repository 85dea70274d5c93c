// What there is to say about the Quiz's answer, once it is given.

import { make } from "./dom.js";
import { quizPoints } from "./quiz_points.js";

const MARKS = { good: "✓", fair: "◐", bad: "✗", missed: "○", yours: "→", quiet: "·" };

/**
 * @param {{
 *   asked: Question,
 *   model: Model<QuizTraits>,
 *   ask: (what: string, more: { point: string, quote?: string }) => void,
 * }} parts
 */
export function quizFeedback({ asked, model, ask }) {
  const node = make("div", "btl-given");
  const headline = make("p", "btl-headline-of-feedback");
  headline.tabIndex = -1;
  let drawn = "";
  /** @type {ReturnType<typeof quizPoints> | undefined} */
  let toTick;

  // Drawn anew only where it differs: what has the focus in it, and what is typed there, stays.
  function draw() {
    const now = JSON.stringify([model.get("feedback"), model.get("picked"), model.get("text")]);
    if (now !== drawn) drawAll();
    drawn = now;
    toTick?.show(model.get("points"), model.get("problem"));
  }

  function drawAll() {
    const { verdict, headline: words = "", rows = [], points = [], model: ours, after } = model.get("feedback");
    node.className = `btl-given btl-verdict-${verdict}`;
    headline.textContent = words;
    /** @type {HTMLElement[]} */
    const parts = [headline];
    const typed = named("Your answer", model.get("text"));
    if (["text", "log"].includes(asked.kind)) parts.push(typed);
    toTick = points.length ? quizPoints({ points, answer: typed, ask }) : undefined;
    if (toTick) parts.push(toTick.node);
    if (ours) parts.push(named("An answer of ours", ours));
    if (rows.length) parts.push(drawRows(rows));
    else if (asked.kind !== "text") parts.push(named(asked.kind === "log" ? "Where you looked" : "Your answer", chosen()));
    const guessed = rows.some(({ mark }) => mark === "yours"); // nothing to take along yet: the answer is to come
    if (after) parts.push(named(guessed ? "" : "To take with you", after));
    node.replaceChildren(...parts);
  }

  function drawRows(rows) {
    const list = make("ul", "btl-rows");
    for (const { text, mark, state, feedback } of rows) {
      const row = make("li", `btl-row-${mark}`);
      const sign = make("span", "btl-sign", MARKS[mark]);
      sign.setAttribute("aria-hidden", "true");
      const body = make("div");
      const lead = make("strong", "", `${state}: `);
      body.append(lead, make("q", "", text), make("p", "", feedback));
      row.append(sign, body);
      list.append(row);
    }
    return list;
  }

  function named(name, text) {
    const block = make("div", "btl-named");
    if (name) block.append(make("strong", "", name));
    block.append(make("p", "", text));
    return block;
  }

  function chosen() {
    const picked = model.get("picked");
    if (asked.kind === "span") return picked.map((number) => asked.words[number]).join(" … ");
    return picked.map((id) => asked.options.find((one) => one.id === id)?.text).join("\n");
  }

  return { node, headline, draw };
}
