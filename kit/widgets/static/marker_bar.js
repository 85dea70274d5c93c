// Around the Marker's text: above it the task and what goes with it, below it what the keys do.

import { defined, make } from "./dom.js";

/** @type {[keys: string, does: string][]} */
const KEYS = [
  ["← →", "one word back, one on"],
  ["↑ ↓ (or Ctrl with ← →)", "one sentence back, one on"],
  ["Home, End", "start and end of the sentence; with Ctrl: of the text"],
  ["Enter or Space", "mark the word; once more: change its mark"],
  ["Shift with any of these", "choose several words; right after marking: make the mark longer or shorter"],
  ["Delete", "delete the mark that is there"],
  ["Ctrl+Z, Ctrl+Shift+Z", "undo, redo"],
  ["Escape", "close the row about a mark"],
];

/**
 * `parts`: the labels that need a legend, since their marks look different.
 * @param {{ task: string, parts: Choice[], steps: { nodes: Node[] }, saved: Node, status: Node }} given
 */
export function taskBar({ task, parts, steps, saved, status }) {
  const bar = make("div", "btl-bar");
  const tools = make("div", "btl-tools");
  tools.append(...steps.nodes, saved);
  const legend = make("p", "btl-legend");
  for (const { label, name, means } of parts) {
    const one = make("span");
    one.append(make("span", `btl-sample btl-${label} btl-begins btl-ends`, name), ` ${means}`);
    legend.append(one);
  }
  bar.append(make("p", "btl-task", task), ...(parts.length ? [legend] : []), tools, status);
  return bar;
}

export function keysHelp() {
  const keys = make("details", "btl-keys");
  const rows = make("dl");
  rows.append(...defined(KEYS));
  keys.append(make("summary", "", "With the keyboard"), rows);
  return keys;
}
