// Paste: a field for an article, a file chooser and what paste.py says about it.

import { button, frame, live, make, tell } from "./dom.js";
import { requests, SILENT, tellSaved, unheard } from "./exercise.js";

const TOO_LARGE = "This file is too large. Choose one with nothing but the article in it, of at most 8 MB.";
const KINDS = ".txt,.md,.html,.htm,.mhtml,.mht,.pdf,.docx,.odt,.rtf,.eml,text/plain,text/html";

/** @param {View<PasteTraits>} view */
function render({ model, el }) {
  const root = frame("paste", "An article of your own");
  const label = make("label", "", "Paste an article here");
  const field = make("textarea");
  field.rows = 8;
  field.spellcheck = false;
  label.append(field);
  const chooser = make("label", "btl-file", "or choose a file (web page, PDF, Word, LibreOffice, mail, text): ");
  const file = make("input");
  file.type = "file";
  file.accept = KINDS;
  chooser.append(file);

  const actions = make("div", "btl-tools");
  const use = button("btl-main", "Use this text", () => ask("use", { text: field.value, html: copied.of(field.value) }));
  const reset = button("", "Back to the example", () => ask("reset"));
  const undo = button("", "Undo: bring my earlier text back", () => ask("undo"));
  actions.append(use, reset, undo);
  const problem = live("alert", "btl-problem");
  const using = live("status", "btl-using");
  const saved = make("p", "btl-status");
  root.append(label, chooser, actions, problem, using, saved);

  const say = (sentence) => {
    tell(problem, sentence);
    problem.hidden = !sentence;
  };
  const update = () => {
    reset.hidden = !model.get("own");
    undo.hidden = !model.get("can_undo");
    say(model.get("problem"));
    tell(using, model.get("using"));
    tellSaved(saved, model.get("saved"));
  };
  const kept = unheard(model.get("exercise"));
  const fill = () => {
    field.value = model.get("text");
    if (model.get("unsaved")) kept.keep(field.value);
    else kept.drop();
  };

  const heard = (done) => {
    update();
    if (done === "save") return;
    if (!model.get("problem")) fill();
    if (done === "reset" || done === "undo") field.focus(); // the button may have gone
  };
  const python = requests({ model, heard, silent: () => say(SILENT) });
  /** @type {typeof python.ask} */
  const ask = (what, more, buffers) => {
    say(""); // the same problem is news if it comes back
    python.ask(what, more, buffers);
  };
  field.addEventListener("input", () => kept.keep(field.value));
  const copied = withPaste(field, model.get("largest"));
  file.addEventListener("change", async () => {
    const chosen = file.files?.[0];
    if (!chosen) return;
    if (chosen.size > model.get("largest")) say(TOO_LARGE);
    else ask("file", { name: chosen.name }, [await chosen.arrayBuffer()]);
    file.value = ""; // so that the same file can be chosen again
  });

  model.on("change", update);
  model.on("change:text", fill);
  field.value = kept.get() ?? model.get("text");
  update();
  el.append(root);
}

/**
 * The HTML that came with what was pasted into an empty field, as long as nobody has changed the field since.
 * @param {HTMLTextAreaElement} field
 * @param {number} largest
 */
function withPaste(field, largest) {
  let html = "";
  let text = "";
  field.addEventListener("paste", (event) => {
    const whole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
    const found = (whole && event.clipboardData?.getData("text/html")) || "";
    html = found.length <= largest / 4 ? found : ""; // a letter has up to four bytes
    setTimeout(() => {
      text = field.value; // once the browser has put it in
    });
  });
  return { of: (value) => (value === text ? html : "") };
}

export default { render };
