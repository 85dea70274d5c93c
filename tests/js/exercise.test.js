import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";

import { AGAIN, PATIENCE, requests, tellSaved, timer, unheard } from "../../kit/widgets/static/exercise.js";

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

// A model that keeps what it is sent, and lets Python speak.
function fakeModel() {
  const sent = [];
  const hear = {};
  const traits = {};
  return {
    sent,
    get: (name) => traits[name],
    set: (name, value) => sent.push({ [name]: value }),
    save_changes: () => {},
    send: (content) => sent.push(content),
    on: (event, act) => (hear[event] = act),
    answer: (done, id = "") => hear["msg:custom"]({ done, id }),
    tell: (name, value) => {
      traits[name] = value;
      hear[`change:${name}`]();
    },
  };
}

function conversation() {
  const model = fakeModel();
  const heard = [];
  const silences = [];
  const python = requests({ model, heard: (done) => heard.push(done), silent: () => silences.push("silent") });
  return { model, heard, silences, python };
}

test("a request is awaited until Python has done it", () => {
  const { model, heard, silences, python } = conversation();
  assert.ok(!python.isAwaiting());
  python.ask("mark", { marks: [] });
  assert.ok(python.isAwaiting());
  const [{ id, ...content }] = model.sent;
  assert.deepEqual(content, { do: "mark", marks: [] });
  model.answer("mark", id);
  assert.ok(!python.isAwaiting());
  assert.deepEqual(heard, ["mark"]);
  mock.timers.tick(PATIENCE);
  assert.deepEqual(silences, []);
});

test("only the last of several requests counts, and none of another view's", () => {
  const { model, heard, python } = conversation();
  python.ask("undo");
  python.ask("redo");
  const [first, second] = model.sent.map(({ id }) => id);
  assert.notEqual(first, second);
  model.answer("undo", first);
  model.answer("undo", "another view's");
  model.answer("draft");
  assert.deepEqual(heard, []);
  model.answer("redo", second);
  assert.deepEqual(heard, ["redo"]);
});

test("what can't be saved is to be saved again and again, until it is", () => {
  const { model, heard } = conversation();
  model.tell("unsaved", true);
  for (const times of [1, 2]) {
    mock.timers.tick(AGAIN);
    assert.deepEqual(model.sent, Array(times).fill({ do: "save", id: "" }));
    model.answer("save");
  }
  assert.deepEqual(heard, ["save", "save"]);
  model.tell("unsaved", false);
  mock.timers.tick(2 * AGAIN);
  assert.equal(model.sent.length, 2);
});

test("a kernel that has gone is asked to save, and that is all", () => {
  const { model } = conversation();
  const warnings = mock.method(console, "warn", () => {});
  model.send = () => {
    throw new Error("Cannot send");
  };
  model.tell("unsaved", true);
  mock.timers.tick(2 * AGAIN);
  assert.equal(warnings.mock.callCount(), 1);
  warnings.mock.restore();
});

test("saving again takes no answer from another request", () => {
  const { model, heard, python } = conversation();
  model.tell("unsaved", true);
  python.ask("commit");
  mock.timers.tick(AGAIN);
  model.answer("save");
  assert.deepEqual(heard, []);
  model.answer("commit", model.sent[0].id);
  assert.deepEqual(heard, ["commit"]);
});

test("a silent Python is told of once, and its late answer still counts", () => {
  const { model, heard, silences, python } = conversation();
  python.ask("commit");
  mock.timers.tick(PATIENCE - 1);
  assert.deepEqual(silences, []);
  mock.timers.tick(1);
  assert.deepEqual(silences, ["silent"]);
  model.answer("commit", model.sent[0].id);
  assert.deepEqual(heard, ["commit"]);
});

test("a draft is a trait, and heard as such", () => {
  const { model, heard, silences, python } = conversation();
  python.draft("text", "The reporter");
  assert.deepEqual(model.sent, [{ text: "The reporter" }]);
  assert.ok(!python.isAwaiting());
  model.answer("draft");
  mock.timers.tick(PATIENCE);
  assert.deepEqual([heard, silences], [["draft"], []]);
});

test("a timer acts once, and begins anew", () => {
  let acted = 0;
  const one = timer(100, () => (acted += 1));
  one.start();
  mock.timers.tick(99);
  one.start();
  mock.timers.tick(99);
  assert.deepEqual([acted, one.isRunning()], [0, true]);
  mock.timers.tick(1);
  assert.deepEqual([acted, one.isRunning()], [1, false]);
  one.start();
  one.stop();
  mock.timers.tick(100);
  assert.equal(acted, 1);
});

test("what Python has not heard is kept under its name, also where the browser has no room", (t) => {
  const kept = new Map();
  t.after(() => delete globalThis.sessionStorage);
  globalThis.sessionStorage = {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, text) => {
      if (text.length > 9) throw new Error("QuotaExceededError");
      kept.set(key, text);
    },
    removeItem: (key) => kept.delete(key),
  };
  const warned = t.mock.method(console, "warn", () => {});
  const [one, other] = [unheard("a"), unheard("b")];
  one.keep("typed");
  assert.deepEqual([one.get(), other.get()], ["typed", null]);
  one.keep("much too long");
  assert.deepEqual([one.get(), warned.mock.callCount()], ["typed", 1]);
  one.drop();
  assert.equal(one.get(), null);
});

test("the line about saving says by its sign whether it went well", () => {
  const node = { textContent: "", dataset: { state: "" } };
  const states = [["Saved in answers/x.json.", true], ["Saving …", true], ["Can't be saved", false]];
  assert.deepEqual(states.map(([text, ok]) => (tellSaved(node, text, ok), node.dataset.state)), ["saved", "", "failed"]);
});
