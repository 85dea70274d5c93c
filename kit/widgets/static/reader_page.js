// The Reader on a page of its own: what anywidget and Python do for it in a notebook. Nothing is kept, nothing is sent.
// The page shows the marked text anyway; where scripts run, the Reader takes its place.

import { render } from "./reader.js";

/** @type {ReaderTraits} */
const traits = JSON.parse(document.getElementById("data")?.textContent ?? "{}");
/** @type {Map<string, ((message?: any) => void)[]>} */
const listening = new Map();

/** @type {Model<ReaderTraits>} */
const model = {
  get: (name) => traits[name],
  set(name, value) {
    if (traits[name] === value) return;
    traits[name] = value;
    for (const act of listening.get(`change:${name}`) ?? []) act();
  },
  on(events, act) {
    for (const event of events.split(" ")) listening.set(event, [...(listening.get(event) ?? []), act]);
  },
  save_changes() {}, // Python isn't here
  send() {},
};

const alive = document.createElement("div");
render({ model, el: alive, signal: new AbortController().signal });
document.getElementById("reader")?.replaceChildren(alive);
