// The Quiz's answer: its inputs, other ones for each kind of question. `show` draws the state in them; `flush` sends at
// once what is typed, `heard` knows that it has arrived, and `restore` brings back what has not.

import { along, button, focused, make, option } from "./dom.js";
import { PAUSE, timer, unheard } from "./exercise.js";

const KINDS = {
  choice: drawOptions, choices: drawOptions, order: drawOrder, text: drawText, span: drawWords, log: drawLog,
};
const MOVES = [{ step: -1, sign: "↑", name: "Move up" }, { step: 1, sign: "↓", name: "Move down" }];

/**
 * @param {{
 *   asked: Question,
 *   draft: (name: "picked" | "text", value: any) => void,
 *   model: Model<QuizTraits>,
 *   group: string,
 *   say: (sentence: string) => void,
 * }} parts
 */
export function quizAnswer({ asked, draft, model, group, say }) {
  const node = make("fieldset", "btl-answer");
  node.append(make("legend", "", asked.question));
  if (asked.before) node.append(make("p", "btl-quiet btl-before", asked.before));
  const typing = timer(PAUSE, flush);
  const kept = unheard(asked.id);

  function flush() {
    typing.stop();
    if (field && !model.get("committed") && field.value !== model.get("text")) draft("text", field.value);
  }

  function heard() {
    if (typing.isRunning()) return;
    if (field && model.get("unsaved")) kept.keep(field.value);
    else kept.drop();
  }

  function restore() {
    if (!field || kept.get() === null || model.get("committed")) return;
    field.value = kept.get() ?? "";
    typing.start();
  }

  const show = KINDS[asked.kind]({ asked, draft, model, group, say, node, typing, flush });
  const field = node.querySelector("textarea");
  field?.addEventListener("input", () => kept.keep(field.value));
  return { node, show, flush, heard, restore };
}

/**
 * @param {Question} asked
 * @param {HTMLElement} text
 */
export function passage(asked, text) {
  const figure = make("figure", "btl-passage");
  figure.append(text, make("figcaption", "", asked.where));
  return figure;
}

const checked = (inputs) => inputs.filter((input) => input.checked).map((input) => input.value);

// Each of these draws the inputs of a kind once, and returns what shows the state in them.

function drawOptions({ asked, draft, group, node }) {
  const type = asked.kind === "choices" ? "checkbox" : "radio";
  if (type === "checkbox") node.append(make("p", "btl-quiet", "Choose all that fit."));
  const inputs = asked.options.map(({ id, text, card, address }) => {
    const shown = make("span", "", card ? "" : text);
    if (card) {
      const source = make("span", "btl-address", `Checked at ${address}`);
      shown.append(make("strong", "", text), make("span", "btl-source-card", card), source);
    }
    const { label, input } = option("btl-option", { type, name: group, value: id }, shown);
    node.append(label);
    return input;
  });
  node.addEventListener("change", ({ target }) => inputs.includes(target) && draft("picked", checked(inputs)));
  return (picked) => inputs.forEach((input) => { input.checked = picked.includes(input.value); });
}

function drawLog(quiz) {
  const showOptions = drawOptions(quiz);
  quiz.node.append(make("p", "btl-quiet", "Quote the words that answer the question, then say what they tell you."));
  const showText = drawText(quiz);
  return (picked) => { showOptions(picked); showText(); };
}

function drawText({ asked, model, node, typing, flush }) {
  const field = make("textarea");
  Object.assign(field, { rows: 4, maxLength: asked.longest });
  field.setAttribute("aria-label", "Your answer");
  field.addEventListener("input", typing.start);
  field.addEventListener("blur", flush);
  node.append(field);
  return () => {
    const typed = model.get("text");
    if (field.value !== typed && !typing.isRunning()) field.value = typed;
  };
}

function drawOrder({ asked, draft, node, say }) {
  const list = make("ol", "btl-order");
  const rows = new Map(asked.options.map(({ id, text }) => [id, drawRow(id, text)]));
  const order = () => [...rows.keys()].sort((a, b) => place(a) - place(b));
  const place = (id) => [...list.children].indexOf(rows.get(id));
  list.append(...rows.values());
  node.append(make("p", "btl-quiet", "Move the lines with the arrows until the order is right."), list);

  function drawRow(id, text) {
    const row = make("li");
    const moves = make("span", "btl-moves");
    for (const { step, sign, name } of MOVES) {
      const arrow = button("", sign, () => move(id, step, arrow));
      arrow.setAttribute("aria-label", `${name}: ${text}`);
      moves.append(arrow);
    }
    row.append(make("span", "", text), moves);
    return row;
  }

  function move(id, step, arrow) {
    const ids = order();
    const [from, to] = [place(id), place(id) + step];
    if (to < 0 || to >= ids.length) return;
    [ids[from], ids[to]] = [ids[to], ids[from]];
    draft("picked", ids);
    arrange(ids);
    arrow.focus(); // moving a node takes the focus from it
    say(`Now number ${to + 1} of ${ids.length}.`);
  }

  function arrange(picked) {
    const ids = picked.length ? picked : [...rows.keys()];
    const held = focused(list);
    if (ids.some((id, at) => place(id) !== at)) list.append(...ids.map((id) => rows.get(id)));
    held?.focus();
    // Not disabled: a disabled button would drop the keyboard's place in the list.
    ids.forEach((id, at) => {
      const [up, down] = rows.get(id).querySelectorAll("button");
      up.setAttribute("aria-disabled", String(at === 0));
      down.setAttribute("aria-disabled", String(at === ids.length - 1));
    });
  }

  return arrange;
}

// The words of a passage are one stop for Tab; arrow keys lead from word to word.
function drawWords({ asked, draft, model, node }) {
  const words = make("p", "btl-words");
  const inputs = asked.words.map((word, number) => {
    const { label, input } = option("", { type: "checkbox", value: String(number) }, make("span", "", word));
    input.tabIndex = number ? -1 : 0;
    words.append(label, " ");
    return input;
  });
  const hint = make("p", "btl-quiet", "Pick words by clicking, or with the arrow keys and the space bar.");
  node.append(hint, passage(asked, words));
  words.addEventListener("change", () => draft("picked", checked(inputs)));
  words.addEventListener("focusin", ({ target }) => {
    for (const input of inputs) input.tabIndex = input === target ? 0 : -1;
  });
  words.addEventListener("keydown", (event) => {
    const at = inputs.indexOf(event.target);
    const to = along(event.key, at, inputs.length - 1);
    if (to === undefined) return;
    event.preventDefault();
    inputs[Math.min(Math.max(to, 0), inputs.length - 1)].focus();
  });
  return (picked) => inputs.forEach((input) => {
    input.checked = picked.includes(input.value);
    input.disabled = model.get("committed");
  });
}
