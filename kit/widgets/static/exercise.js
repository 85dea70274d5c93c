// What Quiz, Marker, Rewriter and Paste share: what they ask of Python and hear from it, what is not lost meanwhile, and
// the steps to undo. The other side is exercise.py.

import { button, put, tell } from "./dom.js";

export const PATIENCE = 8000; // milliseconds until a silent kernel is worth a sentence
export const AGAIN = 10000; // milliseconds until Python is asked once more to save what it could not
export const PAUSE = 500; // milliseconds without a key until what was typed goes to Python
export const SILENT = "Python does not answer. Run this cell again; what was saved is still there.";

/**
 * Calls `act` once after these milliseconds; `start` begins anew.
 * @param {number} milliseconds
 * @param {() => void} act
 */
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

/**
 * What goes to Python and comes back. `ask` sends a message with an id of its own; all go the same way, so that they
 * arrive in order. When the last one is done and saved, `heard` gets what it asked for; until then what is on the page
 * is newer than the model. `draft` sets a trait, which carries no id: it is heard as "draft". If nothing comes back in
 * time, `silent` is called. What Python can't save it is asked to save again, as long as the page is open: heard as "save".
 * @template Traits
 * @param {{ model: Model<Traits>, heard: (done: string) => void, silent: () => void }} parts
 */
export function requests({ model, heard, silent }) {
  let awaited = "";
  let number = 0;
  const mine = Math.random().toString(36).slice(2); // the same model may be on the page twice
  const waiting = timer(PATIENCE, silent);

  /** @type {(what: string, more?: object, buffers?: ArrayBuffer[]) => void} */
  function ask(what, more = {}, buffers = undefined) {
    number += 1;
    awaited = `${mine} ${number}`;
    waiting.start();
    model.send({ ...more, do: what, id: awaited }, undefined, buffers);
  }

  /** @type {<Name extends keyof Traits>(name: Name, value: Traits[Name]) => void} */
  function draft(name, value) {
    waiting.start();
    put(model, name, value);
  }

  const again = timer(AGAIN, () => {
    try {
      model.send({ do: "save", id: "" });
    } catch (error) {
      console.warn(error); // the kernel was restarted: this model has nobody to talk to
    }
  });
  const watch = () => (/** @type {any} */ (model).get("unsaved") ? again.start() : again.stop());
  model.on("change:unsaved", watch);
  watch();

  model.on("msg:custom", ({ done, id }) => {
    if (done === "save") watch();
    if (id !== awaited) return;
    awaited = "";
    waiting.stop();
    heard(done);
  });
  return { ask, draft, isAwaiting: () => awaited !== "" };
}

/**
 * The buttons that lead through the steps of a text exercise. While an answer is awaited they show what was possible
 * before it, and work all the same.
 * @param {(what: string) => void} ask
 * @param {() => boolean} isAwaiting
 */
export function stepButtons(ask, isAwaiting) {
  const undo = button("", "Undo", () => go("undo"));
  const redo = button("", "Redo", () => go("redo"));
  const reset = button("", "Start again", () => go("reset"));
  const buttons = { undo, redo, reset };

  /** @param {keyof typeof buttons} what */
  function go(what) {
    if (isAwaiting() || buttons[what].getAttribute("aria-disabled") !== "true") ask(what);
  }

  /** @param {Steps} can */
  function draw(can) {
    undo.setAttribute("aria-disabled", String(!can.undo));
    redo.setAttribute("aria-disabled", String(!can.redo));
    reset.setAttribute("aria-disabled", String(!can.reset));
  }

  return { nodes: [undo, redo, reset], go, draw };
}

/**
 * A text that Python has not heard or not saved yet outlives a reload and a restart of the kernel, in this tab alone.
 * @param {string} name
 */
export function unheard(name) {
  const key = `btl ${name}`;
  return {
    get: () => sessionStorage.getItem(key),
    /** @param {string} text */
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

/**
 * What Python says about saving, with a sign before it; see theme.css.
 * @param {HTMLElement} node
 * @param {string} text
 */
export function tellSaved(node, text, ok = true) {
  tell(node, text);
  node.dataset.state = !ok ? "failed" : text.startsWith("Saved") ? "saved" : "";
}
