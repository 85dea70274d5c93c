// The Quiz. Draws the state that quiz.py holds; sends back what is chosen and typed, and which button was pressed.
// The key is not in here: feedback comes from Python after the commit.

const MARKS = { good: "✓", bad: "✗", missed: "○", yours: "→", quiet: "·" };
const SURE = [["sure", "I am sure"], ["unsure", "I am not sure"]];

function render({ model, el }) {
  const asked = model.get("question");
  const typing = timer(PAUSE, flush);
  const group = `btl-${Math.random().toString(36).slice(2)}`;
  const root = frame("quiz", "group", `Question: ${asked.title}`); // no landmark: a lesson has many questions
  root.append(heading(3, "btl-title", asked.title));

  const form = make("form");
  const answer = make("fieldset", "btl-answer");
  const given = make("div", "btl-given"); // after the commit: what there is to say
  const sureness = make("fieldset", "btl-sure");
  const hints = make("div", "btl-hints");
  const hintList = make("ol");
  const hintButton = button("", "", () => ask("hint"));
  const problem = live("alert", "btl-problem");
  const actions = make("div", "btl-tools");
  const commit = button("btl-main", "Commit my answer");
  commit.type = "submit";
  const reopen = button("", "Change my mind", () => ask("reopen"));
  const undo = button("", "Undo: bring my earlier answer back", () => ask("undo"));
  const reset = button("", "Start this question over", () => ask("reset"));
  const status = live("status", "btl-status");

  const headline = make("p", "btl-headline-of-feedback");
  headline.tabIndex = -1;
  const kinds = { choice: drawOptions, choices: drawOptions, order: drawOrder, text: drawText, span: drawWords, log: drawLog };
  if (asked.passage && asked.kind !== "span") root.append(drawPassage(make("p", "", asked.passage)));
  answer.append(make("legend", "", asked.question));
  const showAnswer = kinds[asked.kind]();
  drawSureness();
  hintList.setAttribute("aria-label", "Hints");
  hints.setAttribute("aria-live", "polite");
  hints.append(hintList);
  actions.append(commit, reopen, hintButton, undo, reset);
  form.append(answer, sureness, given, hints, problem, actions, status);
  root.append(form);

  function drawPassage(text) {
    const figure = make("figure", "btl-passage");
    figure.append(text, make("figcaption", "", asked.where));
    return figure;
  }

  // One kind each: draws the inputs once, and returns what shows the state in them.
  function drawOptions() {
    const inputs = asked.options.map(({ id, text, card, address }) => {
      const label = make("label", "btl-option");
      const input = make("input");
      input.type = asked.kind === "choices" ? "checkbox" : "radio";
      input.name = group;
      input.value = id;
      const shown = make("span", "", card ? "" : text);
      if (card) {
        const source = make("span", "btl-address", `Checked at ${address}`);
        shown.append(make("strong", "", text), make("span", "btl-source-card", card), source);
      }
      label.append(input, shown);
      answer.append(label);
      return input;
    });
    if (asked.kind === "choices") answer.append(make("p", "btl-quiet", "Choose all that fit."));
    answer.addEventListener("change", ({ target }) => inputs.includes(target) && set("picked", inputs.filter((input) => input.checked).map((input) => input.value)));
    return (picked) => inputs.forEach((input) => { input.checked = picked.includes(input.value); });
  }

  function drawLog() {
    const showOptions = drawOptions();
    answer.append(make("p", "btl-quiet", "Quote the words that answer the question, then say what they tell you."));
    const showText = drawText();
    return (picked) => { showOptions(picked); showText(); };
  }

  function drawOrder() {
    const list = make("ol", "btl-order");
    const rows = new Map();
    for (const { id, text } of asked.options) {
      const row = make("li");
      const moves = make("span", "btl-moves");
      for (const [step, sign, name] of [[-1, "↑", "Move up"], [1, "↓", "Move down"]]) {
        const move = button("", sign, () => shift(id, step, move));
        move.setAttribute("aria-label", `${name}: ${text}`);
        moves.append(move);
      }
      row.dataset.id = id;
      row.append(make("span", "", text), moves);
      rows.set(id, row);
      list.append(row);
    }
    answer.append(make("p", "btl-quiet", "Move the lines with the arrows until the order is right."), list);
    const shift = (id, step, pressed) => {
      const ids = [...list.children].map((row) => row.dataset.id);
      const from = ids.indexOf(id);
      const to = from + step;
      if (to < 0 || to >= ids.length) return;
      [ids[from], ids[to]] = [ids[to], ids[from]];
      set("picked", ids);
      arrange(ids);
      pressed.focus(); // moving a node takes the focus from it
      tellSaved(status, `Now number ${to + 1} of ${ids.length}.`);
    };
    const arrange = (picked) => {
      const ids = picked.length ? picked : asked.options.map((option) => option.id);
      const held = list.contains(document.activeElement) ? document.activeElement : null;
      if (ids.some((id, place) => list.children[place] !== rows.get(id))) list.append(...ids.map((id) => rows.get(id)));
      held?.focus();
      // Not disabled: a disabled button would drop the keyboard's place in the list.
      for (const [place, row] of [...list.children].entries()) {
        const [up, down] = row.querySelectorAll("button");
        up.setAttribute("aria-disabled", String(place === 0));
        down.setAttribute("aria-disabled", String(place === list.children.length - 1));
      }
    };
    return arrange;
  }

  function drawText() {
    const field = make("textarea");
    field.rows = 4;
    field.maxLength = asked.longest;
    field.setAttribute("aria-label", "Your answer");
    answer.append(field);
    field.addEventListener("input", typing.start);
    field.addEventListener("blur", flush);
    return () => {
      const typed = model.get("text");
      if (field.value !== typed && !typing.isRunning()) field.value = typed;
    };
  }

  function flush() {
    const field = answer.querySelector("textarea");
    typing.stop();
    if (field && !model.get("committed") && field.value !== model.get("text")) set("text", field.value);
  }

  function drawWords() {
    const words = make("p", "btl-words");
    const inputs = asked.words.map((word, number) => {
      const label = make("label");
      const input = make("input");
      input.type = "checkbox";
      input.value = String(number);
      input.tabIndex = number ? -1 : 0;
      label.append(input, make("span", "", word));
      words.append(label, " ");
      return input;
    });
    answer.append(
      make("p", "btl-quiet", "Pick words by clicking, or with the arrow keys and the space bar."),
      drawPassage(words),
    );
    words.addEventListener("change", () => set("picked", inputs.filter((input) => input.checked).map((input) => input.value)));
    words.addEventListener("focusin", (event) => inputs.forEach((input) => { input.tabIndex = input === event.target ? 0 : -1; }));
    words.addEventListener("keydown", (event) => {
      const at = inputs.indexOf(event.target);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: inputs.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      inputs[Math.min(Math.max(to, 0), inputs.length - 1)].focus();
    });
    return (picked) => inputs.forEach((input) => {
      input.checked = picked.includes(input.value);
      input.disabled = model.get("committed");
    });
  }

  function drawSureness() {
    sureness.append(make("legend", "", "How sure are you?"));
    for (const [value, text] of SURE) {
      const label = make("label", "btl-option");
      const input = make("input");
      input.type = "radio";
      input.name = `${group}-sure`;
      input.value = value;
      label.append(input, make("span", "", text));
      sureness.append(label);
    }
    sureness.addEventListener("change", (event) => set("sure", event.target.value));
  }

  function drawFeedback() {
    const { verdict, headline: words, rows = [], model: ours, after } = model.get("feedback");
    given.className = `btl-given btl-verdict-${verdict}`;
    headline.textContent = words;
    const list = make("ul", "btl-rows");
    for (const { text, mark, state, feedback } of rows) {
      const row = make("li", `btl-row-${mark}`);
      const sign = make("span", "btl-sign", MARKS[mark]);
      sign.setAttribute("aria-hidden", "true");
      const body = make("div");
      body.append(make("strong", "", state.endsWith("?") ? `${state} ` : `${state}: `), make("q", "", text), make("p", "", feedback));
      row.append(sign, body);
      list.append(row);
    }
    const parts = [headline];
    if (answer.querySelector("textarea")) parts.push(named("Your answer", model.get("text")));
    if (ours) parts.push(named("An answer of ours", ours));
    if (rows.length) parts.push(list);
    else if (asked.kind !== "text") parts.push(named("Your answer", chosen()));
    if (after) parts.push(named("To take along", after));
    given.replaceChildren(...parts);
  }

  function named(name, text) {
    const block = make("div", "btl-named");
    block.append(make("strong", "", name), make("p", "", text));
    return block;
  }

  function chosen() {
    const picked = model.get("picked");
    if (asked.kind === "span") return picked.map((number) => asked.words[number]).join(" … ");
    return picked.map((id) => asked.options.find((option) => option.id === id).text).join("\n");
  }

  // What depends on the state. Drawing the same state twice changes nothing.
  function update() {
    const committed = model.get("committed");
    showAnswer(model.get("picked"));
    for (const input of sureness.querySelectorAll("input")) input.checked = input.value === model.get("sure");
    // After the commit the options stand in the feedback; a passage with its picked words stays.
    for (const node of answer.children) {
      if (node.tagName !== "LEGEND") node.hidden = committed && !node.matches(".btl-passage");
    }
    sureness.hidden = committed || !asked.asks_sure;
    given.hidden = !committed;
    if (committed) drawFeedback();
    const shown = model.get("hints");
    while (hintList.children.length > shown.length) hintList.lastChild.remove();
    for (const hint of shown.slice(hintList.children.length)) hintList.append(make("li", "", hint));
    hintButton.hidden = committed || shown.length >= asked.hints;
    hintButton.textContent = `Hint ${shown.length + 1} of ${asked.hints}`;
    problem.textContent = model.get("problem");
    problem.hidden = !problem.textContent;
    commit.hidden = committed;
    reopen.hidden = !committed;
    undo.hidden = !model.get("can_undo");
    reset.hidden = !committed && !model.get("picked").length && !model.get("text") && !shown.length;
    tellSaved(status, model.get("saved"));
  }

  function set(name, value) {
    model.set(name, value);
    model.save_changes();
  }

  // A button: Python does it and says so; if nothing comes back, the student hears why.
  const waiting = timer(PATIENCE, () => {
    problem.textContent = SILENT;
    problem.hidden = false;
  });
  function ask(action) {
    flush();
    waiting.start();
    // The answer goes along: traits that were just set may still be on their way.
    model.send({ do: action, picked: model.get("picked"), text: model.get("text"), sure: model.get("sure") });
  }

  function answered({ done }) {
    waiting.stop();
    update();
    if (done === "commit" && model.get("committed")) headline.focus();
    else if (done === "hint") hintList.lastChild?.scrollIntoView({ block: "nearest" });
    else if (done !== "commit") answer.querySelector("input:checked, input, textarea, button")?.focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!model.get("committed")) ask("commit");
  });
  model.on("change", update);
  model.on("msg:custom", answered);
  update();
  el.append(root);
  return flush; // what is typed when the widget goes
}

export default { render };
