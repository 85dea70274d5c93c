// What all widgets share.
// Text reaches the page by textContent only. Element ids are not used, so that widgets on one page can't collide.
// anywidget takes a widget's listeners off the model when it is gone; those on its own elements go with these.

export const PATIENCE = 8000; // milliseconds until a silent kernel is worth a sentence
export const PAUSE = 500; // milliseconds without a key until what was typed goes to Python
export const SILENT = "Python does not answer. Run this cell again; what was saved is still there.";

// JupyterLab takes keys for its own ("d d" deletes a cell), unless the element in focus itself has this attribute:
// on an ancestor it does not help, since JupyterLab's selectors match what is in focus first.
export function keepKeys(node) {
  node.dataset.lmSuppressShortcuts = "true";
  return node;
}

// A text is thousands of spans, few of which can be in focus: those ask for their keys themselves.
export function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return tag === "span" ? node : keepKeys(node);
}

export function button(className, text, act) {
  const node = make("button", className, text);
  node.type = "button";
  if (act) node.addEventListener("click", act);
  return node;
}

// A radio button or a checkbox, with what it says.
export function option(className, properties, shown) {
  const label = make("label", className);
  const input = Object.assign(make("input"), properties);
  label.append(input, shown);
  return { label, input };
}

// No h2: the outline of a notebook lists those.
export function heading(level, className, text) {
  const node = make("div", className, text);
  node.setAttribute("role", "heading");
  node.setAttribute("aria-level", String(level));
  return node;
}

// A line that a screen reader reads aloud when it changes; `role`: "status", or "alert" for what can't wait. It is
// silent until the widget is in use, see `speakInUse`.
export function live(role, className, text) {
  const node = make("p", className, text);
  node.setAttribute("role", role);
  node.setAttribute("aria-live", "off");
  return node;
}

// Change a live line. The same sentence set again would be read aloud again.
export function tell(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

// A term, and the lines that the glossary has about it. Closed until somebody asks.
export function explain(term, lines) {
  const asked = make("details", "btl-term");
  asked.append(make("summary", "", `What does “${term}” mean?`), ...lines.map((line) => make("p", "", line)));
  return asked;
}

// Live lines speak while their widget is in use: outputs come into view by themselves, when all cells run and while one
// scrolls, and each line would be read aloud each time.
export function speakInUse(root) {
  const speak = (aloud) => {
    for (const line of root.querySelectorAll("[aria-live]")) {
      line.setAttribute("aria-live", !aloud ? "off" : line.matches("[role=alert]") ? "assertive" : "polite");
    }
  };
  root.addEventListener("focusin", () => speak(true));
  root.addEventListener("click", () => speak(true)); // in Safari it moves no focus
  root.addEventListener("focusout", ({ relatedTarget: to }) => to && !root.contains(to) && speak(false));
}

// The outermost element of a widget; no landmark, since a lesson has many widgets. Saving is still JupyterLab's, also
// while the widget keeps its keys. An Escape that closes nothing leads back to the cell, from where arrow keys go on to
// the next; not while typing: letters are commands there.
export function frame(name, label) {
  const root = make("div", `btl btl-${name}`);
  root.lang = "en";
  root.setAttribute("role", "group");
  root.setAttribute("aria-label", label);
  speakInUse(root);
  // JupyterLab lets no line begin and undoes nothing in a field that stands in a notebook, unless it never hears of it.
  root.addEventListener("beforeinput", (event) => {
    if (/^(insertLineBreak|history(Un|Re)do)$/.test(event.inputType)) event.stopPropagation();
  }, true);
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.target.matches("textarea, [type=text]")) {
      setTimeout(() => event.defaultPrevented || root.closest(".jp-Cell")?.focus()); // after its own keys
    }
    if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
    event.preventDefault();
    root.closest(".jp-Notebook")?.dispatchEvent(new KeyboardEvent("keydown", event));
  });
  return root;
}

// All of a card where there is room for it, else its beginning.
export function bringIntoView(card) {
  for (const node of [card, card.firstElementChild]) node.scrollIntoView({ block: "nearest" });
}

// Whoever closes something with a double click does not mean what is below it: call this when it has gone.
export function ignoreSecondClick() {
  const ignore = (event) => {
    if (event.detail < 2) return;
    event.preventDefault();
    event.stopPropagation();
  };
  for (const name of ["mousedown", "click"]) document.addEventListener(name, ignore, { capture: true, once: true });
}

// Calls `act` once after these milliseconds; `start` begins anew.
export function timer(milliseconds, act) {
  let running = 0;
  const stop = () => {
    clearTimeout(running);
    running = 0;
  };
  const start = () => {
    stop();
    running = setTimeout(() => {
      running = 0;
      act();
    }, milliseconds);
  };
  return { start, stop, isRunning: () => running !== 0 };
}

// Set a trait here and in Python. Where the kernel was started again nobody hears, but the page goes on.
export function put(model, name, value) {
  model.set(name, value);
  try {
    model.save_changes();
  } catch (error) {
    console.warn(error);
  }
}

// A text that Python has not heard yet outlives a reload and a restart of the kernel, in this tab alone.
export function unheard(name) {
  const key = `btl ${name}`;
  return {
    get: () => sessionStorage.getItem(key),
    keep: (text) => {
      try {
        sessionStorage.setItem(key, text);
      } catch (error) {
        console.warn(error); // the browser has no room for it
      }
    },
    drop: () => sessionStorage.removeItem(key),
  };
}

// What Python says about saving, with a sign before it; see theme.css.
export function tellSaved(node, text, ok = true) {
  tell(node, text);
  node.dataset.state = !ok ? "failed" : text.startsWith("Saved") ? "saved" : "";
}
