// What all widgets share: how things on the page are made.
// Text reaches the page by textContent only. Element ids are not used, so that widgets on one page can't collide.
// anywidget takes a widget's listeners off the model when it is gone; those on its own elements go with these.

/**
 * JupyterLab takes keys for its own ("d d" deletes a cell), unless the element in focus itself has this attribute:
 * on an ancestor it does not help, since JupyterLab's selectors match what is in focus first.
 * @template {HTMLElement} Node
 * @param {Node} node
 */
export function keepKeys(node) {
  node.dataset.lmSuppressShortcuts = "true";
  return node;
}

/**
 * A text is thousands of spans, few of which can be in focus: those ask for their keys themselves.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {string} [className]
 * @param {string} [text]
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return tag === "span" ? node : keepKeys(node);
}

/**
 * @param {string} className
 * @param {string} text
 * @param {(event: MouseEvent) => void} [act]
 */
export function button(className, text, act) {
  const node = make("button", className, text);
  node.type = "button";
  if (act) node.addEventListener("click", act);
  return node;
}

/**
 * A radio button or a checkbox, with what it says.
 * @param {string} className
 * @param {Partial<HTMLInputElement>} properties
 * @param {Node | string} shown
 */
export function option(className, properties, shown) {
  const label = make("label", className);
  const input = make("input");
  Object.assign(input, properties);
  label.append(input, shown);
  return { label, input };
}

/**
 * No h2: the outline of a notebook lists those.
 * @param {number} level
 * @param {string} className
 * @param {string} [text]
 */
export function heading(level, className, text) {
  const node = make("div", className, text);
  node.setAttribute("role", "heading");
  node.setAttribute("aria-level", String(level));
  return node;
}

/**
 * What belongs together, with a name that is read aloud.
 * @param {string} className
 * @param {string} name
 */
export function group(className, name) {
  const node = make("div", className);
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", name);
  return node;
}

/**
 * A line that a screen reader reads aloud when it changes; `role`: "status", or "alert" for what can't wait. It is
 * silent until the widget is in use, see `speakInUse`.
 * @param {"status" | "alert"} role
 * @param {string} className
 * @param {string} [text]
 */
export function live(role, className, text) {
  const node = make("p", className, text);
  node.setAttribute("role", role);
  node.setAttribute("aria-live", "off");
  return node;
}

/**
 * Change a live line. The same sentence set again would be read aloud again.
 * @param {Node} node
 * @param {string} text
 */
export function tell(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Names and what they stand for, as the children of a `dl`.
 * @param {[name: string, value: string][]} rows
 */
export const defined = (rows) => rows.flatMap(([name, value]) => [make("dt", "", name), make("dd", "", value)]);

/**
 * A term, and the lines that the glossary has about it. Closed until somebody asks.
 * @param {string} term
 * @param {string[]} lines
 */
export function explain(term, lines) {
  const asked = make("details", "btl-term");
  asked.append(make("summary", "", `What does “${term}” mean?`), ...lines.map((line) => make("p", "", line)));
  return asked;
}

/**
 * Live lines speak while their widget is in use: outputs come into view by themselves, when all cells run and while one
 * scrolls, and each line would be read aloud each time.
 * @param {HTMLElement} root
 */
function speakInUse(root) {
  /** @param {boolean} aloud */
  const speak = (aloud) => {
    for (const line of root.querySelectorAll("[aria-live]")) {
      line.setAttribute("aria-live", !aloud ? "off" : line.matches("[role=alert]") ? "assertive" : "polite");
    }
  };
  root.addEventListener("focusin", () => speak(true));
  root.addEventListener("click", () => speak(true)); // in Safari it moves no focus
  root.addEventListener("focusout", ({ relatedTarget: to }) => {
    if (to instanceof Node && !root.contains(to)) speak(false);
  });
}

/**
 * The outermost element of a widget; no landmark, since a lesson has many widgets. Saving is still JupyterLab's, also
 * while the widget keeps its keys. An Escape that closes nothing leads back to the cell, from where arrow keys go on to
 * the next; not while typing: letters are commands there.
 * @param {string} name
 * @param {string} label
 */
export function frame(name, label) {
  const root = group(`btl btl-${name} mathjax_ignore tex2jax_ignore`, label); // a dollar is money
  root.lang = "en";
  speakInUse(root);
  // JupyterLab lets no line begin and undoes nothing in a field that stands in a notebook, unless it never hears of it.
  root.addEventListener("beforeinput", (event) => {
    if (/^(insertLineBreak|history(Un|Re)do)$/.test(event.inputType)) event.stopPropagation();
  }, true);
  root.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !targetOf(event).matches("textarea, [type=text]")) {
      setTimeout(() => { // after its own keys
        if (!event.defaultPrevented) closest(root, ".jp-Cell")?.focus();
      });
    }
    if (!(event.ctrlKey || event.metaKey) || event.key !== "s") return;
    event.preventDefault();
    root.closest(".jp-Notebook")?.dispatchEvent(new KeyboardEvent("keydown", event));
  });
  return root;
}

// What a page is made of here are HTML elements, and what these look for is there; the type checker can't know it.

/** @type {(event: Event) => HTMLElement} */
export const targetOf = (event) => /** @type {HTMLElement} */ (event.target);

/** @type {(node: Element, selector: string) => HTMLElement | null} */
export const closest = (node, selector) => node.closest(selector);

/** @type {(root: Element, selector: string) => any} */
export const find = (root, selector) => root.querySelector(selector);

/** @type {(root: Element, selector: string) => HTMLElement[]} */
export const findAll = (root, selector) => [...root.querySelectorAll(/** @type {"div"} */ (selector))];

/**
 * What has the focus within an element.
 * @param {Element} root
 */
export function focused(root) {
  const held = document.activeElement;
  return held instanceof HTMLElement && root.contains(held) ? held : null;
}

/**
 * All of a card where there is room for it, else its beginning.
 * @param {Element} card
 */
export function bringIntoView(card) {
  for (const node of [card, card.firstElementChild]) node?.scrollIntoView({ block: "nearest" });
}

/** Whoever closes something with a double click does not mean what is below it: call this when it has gone. */
export function ignoreSecondClick() {
  /** @param {MouseEvent} event */
  const ignore = (event) => {
    if (event.detail < 2) return;
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("mousedown", ignore, { capture: true, once: true });
  document.addEventListener("click", ignore, { capture: true, once: true });
}

/**
 * Where a key leads in a row of things, from one of them; undefined if it leads nowhere.
 * @param {string} key
 * @param {number} at
 * @param {number} last
 */
export function along(key, at, last) {
  return { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: last }[key];
}

/**
 * Set a trait here and in Python. Where the kernel was started again nobody hears, but the page goes on.
 * @template Traits
 * @template {keyof Traits} Name
 * @param {Model<Traits>} model
 * @param {Name} name
 * @param {Traits[Name]} value
 */
export function put(model, name, value) {
  model.set(name, value);
  try {
    model.save_changes();
  } catch (error) {
    console.warn(error);
  }
}
