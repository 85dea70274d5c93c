import assert from "node:assert/strict";
import { test } from "node:test";

import { along, put, tell } from "../../kit/widgets/static/dom.js";

test("arrow keys lead along a row, Home and End to its ends", () => {
  const keys = ["ArrowLeft", "ArrowRight", "Home", "End", "a"];
  assert.deepEqual(keys.map((key) => along(key, 2, 5)), [1, 3, 0, 5, undefined]);
});

test("a line that says the same again is not touched: it would be read aloud again", () => {
  let touched = 0;
  const line = {
    get textContent() { return "Saved."; },
    set textContent(_) { touched += 1; },
  };
  tell(line, "Saved.");
  assert.equal(touched, 0);
  tell(line, "Undone.");
  assert.equal(touched, 1);
});

test("a kernel that has gone stops no page", (t) => {
  const warned = t.mock.method(console, "warn", () => {});
  const state = {};
  const model = {
    set: (name, value) => (state[name] = value),
    save_changes: () => { throw new Error("Comm is closed"); },
  };
  put(model, "selected", 3);
  assert.deepEqual([state, warned.mock.callCount()], [{ selected: 3 }, 1]);
});
