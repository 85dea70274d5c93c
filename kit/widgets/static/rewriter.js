// The Rewriter. Draws the state that rewriter.py holds; sends back the student's text and what was asked for.
// The kit reads in Python: a number of a mark is all that leaves here, never an offset.

import { button, explain, frame, group, heading, ignoreSecondClick, live, make, tell } from "./dom.js";
import { PAUSE, requests, SILENT, stepButtons, tellSaved, timer, unheard } from "./exercise.js";

const HINT = "Choose a marked word of the report, or type in your version. Escape closes what is open.";

/** @param {View<RewriterTraits>} view */
function render({ model, el }) {
  const marks = model.get("marks");
  const root = frame("rewriter", `Rewriting desk: ${model.get("title")}`);
  root.classList.add("btl-show-framing");

  const saved = make("span", "btl-saved");
  const status = live("status", "btl-status", HINT);
  const python = requests({ model, heard: update, silent: () => (answers.textContent = SILENT) });
  const steps = stepButtons(ask, python.isAwaiting);
  const tools = make("div", "btl-tools");
  tools.append(...steps.nodes, saved);

  const desk = make("div", "btl-desk");
  const typing = timer(PAUSE, flush);
  const typed = new Set(); // numbers of the paragraphs that Python has not heard of yet
  const rows = model.get("originals").map(drawRow);
  const panel = group("btl-panel", "");
  panel.tabIndex = -1;
  panel.hidden = true;
  const changes = make("ol");
  const outcome = group("btl-changes", "What changed");
  outcome.append(heading(3, "btl-heading", "What changed, as the kit reads it"), changes);
  const done = make("div", "btl-tools");
  const written = live("status", "btl-written");
  done.append(button("btl-main", "Write to files", () => ask("export")), written);
  root.append(make("p", "btl-task", model.get("task")), tools, status, desk, outcome, done);

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
      const word = button("btl-framing", piece.text, () => (word === opened ? close(true) : open(word)));
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
    const kept = unheard(`${model.get("exercise")} ${number}`);
    const lost = kept.get();
    sheet.append(copy, field);
    mine.append(make("span", "btl-name", `Your version, paragraph ${number + 1}`), sheet);
    row.append(report, mine);
    desk.append(row);
    field.addEventListener("input", () => {
      showCopy(copy, [{ text: field.value, marks: [], new: false }]);
      status.textContent = "";
      kept.keep(field.value);
      typed.add(number);
      typing.start();
    });
    field.addEventListener("blur", flush);
    return { field, copy, kept, lost };
  }

  function showCopy(copy, pieces) {
    const nodes = pieces.map((piece) => {
      const classes = [piece.marks.length ? "btl-framing" : "", piece.new ? "btl-new" : ""].join(" ").trim();
      return make("span", classes, piece.text);
    });
    copy.replaceChildren(...nodes, "\n"); // the last line counts even if it is empty
  }

  // The open word: what the kit says about it, and what else could stand there.
  /** @type {HTMLElement | null} */
  let opened = null;
  function open(word) {
    close();
    opened = word;
    word.setAttribute("aria-expanded", "true");
    const cards = word.dataset.marks.split(" ").map((number) => drawCard(Number(number)));
    panel.setAttribute("aria-label", `About “${word.textContent}”`);
    panel.replaceChildren(...cards, button("btl-shut", "Close", () => close(true)));
    panel.hidden = false;
    word.closest(".btl-row").after(panel);
    panel.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
  }

  function close(back) {
    panel.hidden = true;
    ignoreSecondClick();
    opened?.setAttribute("aria-expanded", "false");
    if (back) opened?.focus();
    opened = null;
  }

  function drawCard(number) {
    const { words, label, why, voice, terms, choices } = marks[number];
    const card = make("div", "btl-about");
    const whose = make("p", "btl-quiet", `${label} · whose words: ${voice}`);
    card.append(heading(3, "btl-heading", `“${words}”`), whose, make("p", "", why));
    for (const [term, lines] of Object.entries(terms)) card.append(explain(term, lines));
    const own = make("p", "btl-quiet", "Your own words: type them in your version.");
    card.append(
      ...drawChoices("Put in its place", choices.filter((choice) => !choice.advice), (choice) => {
        return button("", choice.words || "(leave it out)", () => {
          const back = opened;
          close();
          ask("swap", { mark: number, words: choice.words });
          back?.focus();
        });
      }),
      ...drawChoices("Or write it anew", choices.filter((choice) => choice.advice), (choice) => make("span", "", choice.words)),
      own,
    );
    return card;
  }

  // Some choices under a title; nothing if there are none.
  function drawChoices(title, some, draw) {
    const list = make("ul", "btl-choices");
    for (const choice of some) {
      const item = make("li");
      item.append(draw(choice));
      if (choice.who) item.append(make("span", "btl-quiet", ` ${choice.who}`));
      list.append(item);
    }
    return some.length ? [make("p", "btl-name", title), list] : [];
  }

  desk.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.preventDefault();
    event.stopPropagation();
    close(true);
  });

  // To Python and back. Each message carries the paragraphs typed since the last one, and no others: what Python does
  // to those meanwhile must not be undone.
  let answers = status; // the line that is about the last request

  function flush() {
    typing.stop();
    if (typed.size) ask("write");
  }

  function ask(what, more = {}) {
    typing.stop();
    answers = what === "export" ? written : status;
    written.textContent = "";
    const texts = Object.fromEntries([...typed].map((number) => [number, rows[number].field.value]));
    typed.clear();
    python.ask(what, { texts, ...more });
  }

  let told = model.get("changes");
  function update() {
    const { ok, text } = model.get("saved");
    for (const [number, { field, copy, kept }] of rows.entries()) {
      const version = model.get("versions")[number];
      if (!typed.has(number) && ok) kept.drop();
      else if (!typed.has(number)) kept.keep(version);
      if (!typed.has(number) && field.value !== version) field.value = version;
      const pieces = model.get("drawn")[number];
      if (pieces.map((piece) => piece.text).join("") === field.value) showCopy(copy, pieces);
    }
    const now = model.get("changes");
    changes.replaceChildren(...now.map((sentence) => make("li", "", sentence)));
    const fresh = now.filter((sentence) => !told.includes(sentence));
    if (fresh.length || now.length !== told.length) status.textContent = fresh.join(" ") || now[0];
    else if (status.textContent === SILENT) status.textContent = "";
    tell(written, model.get("message"));
    told = now;
    tellSaved(saved, text, ok);
    steps.draw(model.get("steps"));
  }

  model.on("change:saved", () => python.isAwaiting() || update()); // the last of every change
  update();
  for (const { field, lost } of rows) {
    if (lost === null) continue;
    field.value = lost;
    field.dispatchEvent(new Event("input"));
  }
  el.append(root);
  return flush; // what is typed when the widget goes
}

export default { render };
