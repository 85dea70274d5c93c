// What there is to say about the Quiz's answer, once it is given.

import { make } from "./dom.js";

const MARKS = { good: "✓", bad: "✗", missed: "○", yours: "→", quiet: "·" };

/** @param {{ asked: Question, model: Model<QuizTraits> }} parts */
export function quizFeedback({ asked, model }) {
  const node = make("div", "btl-given");
  const headline = make("p", "btl-headline-of-feedback");
  headline.tabIndex = -1;

  function draw() {
    const { verdict, headline: words = "", rows = [], model: ours, after } = model.get("feedback");
    node.className = `btl-given btl-verdict-${verdict}`;
    headline.textContent = words;
    /** @type {HTMLElement[]} */
    const parts = [headline];
    if (["text", "log"].includes(asked.kind)) parts.push(named("Your answer", model.get("text")));
    if (ours) parts.push(named("An answer of ours", ours));
    if (rows.length) parts.push(drawRows(rows));
    else if (asked.kind !== "text") parts.push(named("Your answer", chosen()));
    if (after) parts.push(named("To take with you", after));
    node.replaceChildren(...parts);
  }

  function drawRows(rows) {
    const list = make("ul", "btl-rows");
    for (const { text, mark, state, feedback } of rows) {
      const row = make("li", `btl-row-${mark}`);
      const sign = make("span", "btl-sign", MARKS[mark]);
      sign.setAttribute("aria-hidden", "true");
      const body = make("div");
      const lead = make("strong", "", state.endsWith("?") ? `${state} ` : `${state}: `);
      body.append(lead, make("q", "", text), make("p", "", feedback));
      row.append(sign, body);
      list.append(row);
    }
    return list;
  }

  function named(name, text) {
    const block = make("div", "btl-named");
    block.append(make("strong", "", name), make("p", "", text));
    return block;
  }

  function chosen() {
    const picked = model.get("picked");
    if (asked.kind === "span") return picked.map((number) => asked.words[number]).join(" … ");
    return picked.map((id) => asked.options.find((one) => one.id === id)?.text).join("\n");
  }

  return { node, headline, draw };
}
