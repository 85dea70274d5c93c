import assert from "node:assert/strict";
import { test } from "node:test";

import { darkPath } from "../../kit/widgets/static/hand_in_qr.js";

test("each run of dark modules is one rectangle, in its row", () => {
  assert.equal(darkPath(["1101", "0000", "0010"]), "M0 0h2v1h-2zM3 0h1v1h-1zM2 2h1v1h-1z");
  assert.equal(darkPath([]), "");
});
