// The Rewriter. Draws the state that rewriter.py holds; sends back the student's text and what was asked for.
// The kit reads in Python: a number of a mark is all that leaves here, never an offset. Text by textContent only.

const PAUSE = 500; // milliseconds without a key before the kit reads
const PATIENCE = 8000; // milliseconds until a silent kernel is worth a sentence
const HINT = "Choose a marked word of the report, or type in your version. Escape closes what is open.";

function make(tag, className, text) {
  const node = document.createElement(tag);
  node.dataset.lmSuppressShortcuts = "true"; // see reader.js: it must be on what is in focus
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function makeButton(className, text) {
  const button = make("button", className, text);
  button.type = "button";
  return button;
}

function render({ model, el }) {
  const marks = model.get("marks");
  const listening = new AbortController();
  const on = (target, type, handle) => target.addEventListener(type, handle, { signal: listening.signal });
  const root = make("div", "btl btl-rewriter btl-show-framing");
  root.setAttribute("role", "group");
  root.lang = "en";
  root.setAttribute("aria-label", `Rewriting desk: ${model.get("title")}`);

  const tools = make("div", "btl-tools");
  const buttons = { undo: "Undo", redo: "Redo", reset: "Start again", export: "Write to files" };
  for (const [what, name] of Object.entries(buttons)) {
    buttons[what] = makeButton("", name);
    buttons[what].dataset.do = what;
    tools.append(buttons[what]);
  }
  const saved = make("span", "btl-saved");
  const status = make("p", "btl-status", HINT);
  status.setAttribute("role", "status");
  tools.append(saved);

  const desk = make("div", "btl-desk");
  const typed = new Set(); // numbers of the paragraphs that Python has not heard of yet
  const rows = model.get("originals").map(drawRow);
  const panel = make("div", "btl-panel");
  panel.tabIndex = -1;
  panel.hidden = true;
  panel.setAttribute("role", "group");
  const changes = make("ol");
  const outcome = make("div", "btl-changes");
  outcome.setAttribute("role", "group");
  outcome.setAttribute("aria-label", "What changed");
  outcome.append(heading("What changed, as the kit reads it"), changes);
  root.append(make("p", "btl-task", model.get("task")), tools, status, desk, outcome);

  function heading(text) {
    const node = make("div", "btl-heading", text);
    node.setAttribute("role", "heading");
    node.setAttribute("aria-level", "3");
    return node;
  }

  // A paragraph: the report's with its marks to choose, and the student's with a copy behind it that shows the marks.
  function drawRow(pieces, number) {
    const row = make("div", "btl-row");
    const report = make("div", "btl-side");
    const page = make("p", "btl-page");
    for (const piece of pieces) {
      if (!piece.marks.length) {
        page.append(piece.text);
        continue;
      }
      const word = makeButton("btl-framing", piece.text);
      word.dataset.marks = piece.marks.join(" ");
      word.setAttribute("aria-expanded", "false");
      word.title = piece.marks.map((mark) => marks[mark].label).join("; ");
      page.append(word);
    }
    report.append(make("div", "btl-name", `The report, paragraph ${number + 1}`), page);
    const mine = make("label", "btl-side");
    const sheet = make("div", "btl-page btl-sheet");
    const copy = make("div", "btl-copy");
    copy.setAttribute("aria-hidden", "true");
    const field = make("textarea");
    field.maxLength = model.get("longest");
    field.spellcheck = false;
    sheet.append(copy, field);
    mine.append(make("span", "btl-name", `Your version, paragraph ${number + 1}`), sheet);
    row.append(report, mine);
    desk.append(row);
    on(field, "input", () => {
      showCopy(copy, [{ text: field.value, marks: [], new: false }]);
      status.textContent = "";
      typed.add(number);
      clearTimeout(typing);
      typing = setTimeout(flush, PAUSE);
    });
    on(field, "blur", flush);
    return { row, field, copy };
  }

  function showCopy(copy, pieces) {
    const nodes = pieces.map((piece) => {
      const classes = [piece.marks.length ? "btl-framing" : "", piece.new ? "btl-new" : ""].join(" ").trim();
      return make("span", classes, piece.text);
    });
    copy.replaceChildren(...nodes, "\n"); // the last line counts even if it is empty
  }

  // The open word: what the kit says about it, and what else could stand there.
  let opened = null;
  function open(word) {
    close();
    opened = word;
    word.setAttribute("aria-expanded", "true");
    const cards = word.dataset.marks.split(" ").map((number) => drawCard(Number(number)));
    panel.setAttribute("aria-label", `About “${word.textContent}”`);
    const shut = makeButton("btl-shut", "Close");
    on(shut, "click", () => close(true));
    panel.replaceChildren(...cards, shut);
    panel.hidden = false;
    word.closest(".btl-row").after(panel);
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
  }

  function close(back) {
    panel.hidden = true;
    opened?.setAttribute("aria-expanded", "false");
    if (back) opened?.focus();
    opened = null;
  }

  function drawCard(number) {
    const { words, label, why, voice, choices } = marks[number];
    const card = make("div", "btl-about");
    const whose = make("p", "btl-quiet", `${label} · whose words: ${voice}`);
    card.append(heading(`“${words}”`), whose, make("p", "", why));
    const list = make("ul", "btl-choices");
    for (const choice of choices) {
      const item = make("li");
      if (choice.advice) {
        item.append(make("span", "", choice.words));
      } else {
        const button = makeButton("", choice.words || "(leave it out)");
        on(button, "click", () => {
          const back = opened;
          close();
          ask("swap", { mark: number, words: choice.words });
          back.focus();
        });
        item.append(button);
      }
      if (choice.who) item.append(make("span", "btl-quiet", ` ${choice.who}`));
      list.append(item);
    }
    const own = make("p", "btl-quiet", "Your own words: type them in your version. Endings may have to follow.");
    card.append(...(choices.length ? [make("p", "btl-name", "Others write"), list] : []), own);
    return card;
  }

  on(desk, "click", (event) => {
    const word = event.target.closest(".btl-framing[data-marks]");
    if (word) word === opened ? close(true) : open(word);
  });
  on(desk, "keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    close(true);
  });

  // To Python and back. Each message carries the paragraphs typed since the last one, and no others: what Python does
  // to those meanwhile must not be undone.
  let typing = 0;
  let waiting = 0;
  let request = "";

  function flush() {
    clearTimeout(typing);
    typing = 0;
    if (typed.size) ask("write");
  }

  function ask(what, more = {}) {
    clearTimeout(typing);
    typing = 0;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      status.textContent = "Python does not answer. Run this cell again; what was saved is still there.";
    }, PATIENCE);
    request = Math.random().toString(36).slice(2);
    const texts = Object.fromEntries([...typed].map((number) => [number, rows[number].field.value]));
    typed.clear();
    model.send({ do: what, texts, id: request, ...more });
  }

  on(tools, "click", (event) => {
    const button = event.target.closest("button");
    if (button && button.getAttribute("aria-disabled") !== "true") ask(button.dataset.do);
  });

  let told = model.get("changes");
  function update() {
    const { ok, text, heard } = model.get("saved");
    if (request && heard !== request) return; // older than what is on the screen
    clearTimeout(waiting);
    for (const [number, { field, copy }] of rows.entries()) {
      const version = model.get("versions")[number];
      if (!typed.has(number) && field.value !== version) field.value = version;
      const pieces = model.get("drawn")[number];
      if (pieces.map((piece) => piece.text).join("") === field.value) showCopy(copy, pieces);
    }
    const now = model.get("changes");
    changes.replaceChildren(...now.map((sentence) => make("li", "", sentence)));
    const fresh = now.filter((sentence) => !told.includes(sentence));
    if (model.get("message") || fresh.length || now.length !== told.length) {
      status.textContent = model.get("message") || fresh.join(" ") || now[0];
    }
    told = now;
    saved.textContent = text;
    saved.dataset.state = !ok ? "failed" : text.startsWith("Saved") ? "saved" : "";
    const steps = model.get("steps");
    for (const what of ["undo", "redo", "reset"]) buttons[what].setAttribute("aria-disabled", String(!steps[what]));
  }

  model.on("change:saved", update);
  update();
  el.append(root);

  return () => {
    flush();
    clearTimeout(waiting);
    listening.abort();
    model.off("change:saved", update);
  };
}

export default { render };
