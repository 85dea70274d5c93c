import assert from "node:assert/strict";
import { test } from "node:test";

import {
  brief, destination, grabbed, inOrder, marksOn, reaching, sameMark, withMark,
} from "../../kit/widgets/static/marker_words.js";

const mark = (first, last = first, label = "modal") => ({ first, last, label, sure: true });

test("a long text keeps its beginning and its end, and no word is cut", () => {
  const long = "It is not certain, the mayor of the old town said, whether the ferry can sail on Monday or on Tuesday";
  assert.equal(brief(long), "It is not certain, the mayor of the old town said, … on Monday or on Tuesday");
  assert.equal(brief("Short."), "Short.");
});

test("a mark is the same where its words and its label are", () => {
  assert.ok(sameMark(mark(1, 2), { ...mark(1, 2), sure: false }));
  assert.ok(!sameMark(mark(1, 2), mark(1, 3)));
  assert.ok(!sameMark(mark(1), mark(1, 1, "belief")));
  assert.ok(!sameMark(null, null));
});

test("marks stand in the order of the text, and those given stay as they were", () => {
  const given = [mark(5), mark(1, 4), mark(1, 2, "modal"), mark(1, 2, "belief")];
  const before = [...given];
  assert.deepEqual(inOrder(given), [mark(1, 2, "belief"), mark(1, 2, "modal"), mark(1, 4), mark(5)]);
  assert.deepEqual(given, before);
});

test("of the marks on a word the shortest comes first", () => {
  assert.deepEqual(marksOn([mark(0, 9), mark(3, 4), mark(5)], 4), [mark(3, 4), mark(0, 9)]);
  assert.deepEqual(marksOn([mark(5)], 4), []);
});

test("a mark takes the place of the one that it changes, and takes in those of its label within it", () => {
  const [may, be] = [mark(1), mark(2)];
  assert.deepEqual(withMark([be], may, null), [may, be]);
  assert.deepEqual(withMark([may, be], mark(1, 2), may), [mark(1, 2)]);
  assert.deepEqual(withMark([may, be], { ...may, label: "belief" }, may), [{ ...may, label: "belief" }, be]);
  const hope = mark(2, 2, "belief");
  assert.deepEqual(withMark([hope, mark(1, 9)], mark(1, 3), null), [mark(1, 3), mark(1, 9), hope]);
});

test("a mark reaches further to either side, and from within up to a word", () => {
  assert.deepEqual([1, 4, 9].map((word) => reaching(mark(3, 5), word)), [
    { first: 1, last: 5 }, { first: 3, last: 4 }, { first: 3, last: 9 },
  ]);
});

test("a mark is taken by its edges, and the other edge stays", () => {
  const marks = [mark(3, 5), mark(8)];
  assert.deepEqual([3, 5, 8].map((word) => grabbed(marks, word)), [
    { mark: marks[0], stays: 5 }, { mark: marks[0], stays: 3 }, { mark: marks[1], stays: 8 },
  ]);
  assert.deepEqual([4, 7].map((word) => grabbed(marks, word)), [{ mark: null, stays: 4 }, { mark: null, stays: 7 }]);
});

// Three sentences: words 0 to 3, 4 to 6, 7 to 9.
const place = (at, extend = false) => ({ at, sentences: [0, 4, 7], last: 9, extend });

test("keys lead by word, by sentence and to the ends", () => {
  const from = (at) => (key) => destination(key, place(at));
  assert.deepEqual(["ArrowLeft", "ArrowRight", "Home", "End"].map(from(5)), [4, 6, 4, 6]);
  assert.deepEqual(["Control+Home", "Control+End"].map(from(5)), [0, 9]);
  assert.deepEqual(["ArrowUp", "ArrowDown"].map(from(5)), [4, 7]);
  assert.deepEqual(["ArrowUp", "ArrowDown"].map(from(4)), [0, 7]); // at its start: the sentence before
  assert.deepEqual(["ArrowUp", "ArrowDown"].map(from(0)), [0, 4]);
  assert.equal(destination("ArrowDown", place(8)), 9);
  assert.equal(destination("Control+ArrowDown", place(1)), 4);
  assert.equal(destination("x", place(1)), undefined);
});

test("a choice grows to the end of its sentence before it takes in the next", () => {
  assert.equal(destination("ArrowDown", place(5, true)), 6);
  assert.equal(destination("ArrowDown", place(6, true)), 7);
  assert.equal(destination("ArrowDown", place(9, true)), 9);
});
