import assert from "node:assert/strict";
import { test } from "node:test";

import { quoted, wholeWords } from "../../kit/widgets/static/quiz_points.js";

const TEXT = "It takes no side,\nso “every” reader décides 😀.";
const piece = (words, from = 0, to = 0) => {
  const start = TEXT.indexOf(words);
  return wholeWords(TEXT, start + from, start + words.length - to);
};

test("what is selected within words is filled up to whole words", () => {
  assert.equal(piece("takes no", 2, 1), "takes no");
  assert.equal(piece("décides", 3, 3), "décides");
  assert.equal(wholeWords(TEXT, 0, TEXT.length), TEXT);
});

test("spaces and signs at the ends add nothing", () => {
  assert.equal(piece(" no "), "no");
  assert.equal(piece("“every”", 1, 1), "every");
  assert.equal(piece(",\n"), "side,");
  assert.equal(piece(" no", 0, 2), "");
  assert.equal(piece("😀"), "😀");
});

test("quotation marks within quoted words become inner ones", () => {
  for (const [words, shown] of [
    ["takes no side", "“takes no side”"],
    ["“every” reader", "“‘every’ reader”"],
    ["the reader’s own", "“the reader’s own”"],
  ]) assert.equal(quoted(words), shown);
});
