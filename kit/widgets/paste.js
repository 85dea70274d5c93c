// Paste: a field for an article, a file chooser and what paste.py says about it. Text reaches the page by textContent.

const PATIENCE = 5000; // milliseconds until a silent kernel is worth a sentence
const BYTES = 4; // of a character in UTF-8, at most

function make(tag, className, text) {
  const node = document.createElement(tag);
  node.dataset.lmSuppressShortcuts = "true"; // see reader.js: it must be on what is in focus
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

function render({ model, el }) {
  const root = make("div", "btl btl-paste");
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", "An article of your own");
  root.lang = "en";

  const label = make("label", "", "Paste an article here");
  const field = make("textarea");
  field.rows = 8;
  field.spellcheck = false;
  label.append(field);
  const chooser = make("label", "btl-file", "or choose a text file (.txt, .md): ");
  const file = make("input");
  file.type = "file";
  file.accept = ".txt,.md,text/plain";
  chooser.append(file);

  const actions = make("div", "btl-actions");
  const button = (text, action, className) => {
    const node = make("button", className, text);
    node.type = "button";
    node.dataset.do = action;
    actions.append(node);
    return node;
  };
  button("Use this text", "use", "btl-main");
  const reset = button("Back to the example", "reset");
  const undo = button("Undo: bring my earlier text back", "undo");
  const problem = make("p", "btl-problem");
  problem.setAttribute("role", "alert");
  const using = make("p", "btl-using");
  using.setAttribute("role", "status");
  const saved = make("p", "btl-status");
  root.append(label, chooser, actions, problem, using, saved);

  const say = (sentence) => {
    problem.textContent = sentence;
    problem.hidden = !sentence;
  };
  const update = () => {
    reset.hidden = !model.get("own");
    undo.hidden = !model.get("can_undo");
    say(model.get("problem"));
    using.textContent = model.get("using");
    saved.textContent = model.get("saved");
    saved.classList.toggle("btl-is-saved", saved.textContent.startsWith("Saved"));
  };
  const fill = () => { field.value = model.get("text"); };

  let waiting = 0;
  const ask = (content, buffers) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => say("Python does not answer. Run this cell again."), PATIENCE);
    model.send(content, undefined, buffers);
  };
  actions.addEventListener("click", (event) => {
    const action = event.target.closest("button")?.dataset.do;
    if (action) ask({ do: action, text: field.value });
  });
  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    if (!chosen) return;
    if (chosen.size > BYTES * model.get("longest")) say("This file is too large. Choose a text file with one article in it.");
    else ask({ do: "file", name: chosen.name }, [await chosen.arrayBuffer()]);
    file.value = ""; // so that the same file can be chosen again
  });

  const answered = ({ done }) => {
    clearTimeout(waiting);
    update();
    if (done !== "use" && !model.get("problem")) fill();
  };
  model.on("change", update);
  model.on("change:text", fill);
  model.on("msg:custom", answered);
  fill();
  update();
  el.append(root);
  return () => {
    clearTimeout(waiting);
    model.off("change", update);
    model.off("change:text", fill);
    model.off("msg:custom", answered);
  };
}

export default { render };
