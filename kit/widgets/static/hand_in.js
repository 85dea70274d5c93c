// HandIn: a name, two buttons, and what hand_in.py wrote: the file to download, the code to copy or to photograph.

import { button, find, frame, live, make, tell } from "./dom.js";
import { requests, SILENT } from "./exercise.js";
import { qrCode } from "./hand_in_qr.js";

const NAME = "Your name, or the name that you and your teacher have agreed on. You may leave it empty.";
const BY_CODE = "No place for files? Hand in by code";
const ABOUT_CODE = "Copy it into a message to your teacher, or show the picture to your teacher's camera. It holds your marks and choices in this lesson and the name above, not what you wrote in words.";
const COPIED = "Copied.";
const NOT_COPIED = "It can't be copied here by itself. It is selected: press Ctrl+C, or on a Mac Cmd+C.";

/** @param {View<HandInTraits>} view */
function render({ model, el, signal }) {
  const root = frame("hand-in", `Hand in: ${model.get("title")}`);
  const label = make("label", "", NAME);
  const name = make("input");
  name.type = "text";
  name.autocomplete = "off";
  name.maxLength = model.get("longest");
  label.append(name);
  const actions = make("div", "btl-tools");
  actions.append(
    button("btl-main", "Hand in this lesson", () => ask("lesson")),
    button("", "Hand in all lessons", () => ask("all")),
  );
  const problem = live("alert", "btl-problem");
  const written = live("status", "btl-written");
  const download = make("a", "btl-download");
  root.append(label, actions, problem, written, download);

  const byCode = make("details", "btl-by-code");
  const code = make("textarea", "btl-code");
  code.readOnly = true;
  code.rows = 6;
  code.spellcheck = false;
  code.setAttribute("aria-label", "The code");
  const copied = live("status", "btl-status");
  const picture = make("div", "btl-qr");
  byCode.append(make("summary", "", BY_CODE), make("p", "", ABOUT_CODE), code, button("", "Copy the code", copy), copied, picture);
  root.append(byCode);

  async function copy() {
    try {
      await navigator.clipboard.writeText(code.value);
      tell(copied, COPIED);
    } catch {
      code.select(); // a page without https, or a browser that was told not to
      tell(copied, NOT_COPIED);
    }
  }

  /** @param {string} sentence */
  const say = (sentence) => {
    tell(problem, sentence);
    problem.hidden = !sentence;
  };
  let address = "";
  const update = () => {
    say(model.get("problem"));
    tell(written, model.get("written"));
    written.hidden = !model.get("written");
    URL.revokeObjectURL(address);
    download.hidden = !model.get("file");
    if (model.get("file")) {
      address = URL.createObjectURL(new Blob([model.get("content")], { type: "application/json" }));
      download.href = address;
      download.download = model.get("file");
      download.textContent = `Download ${model.get("file")}`;
    }
    byCode.hidden = !model.get("code");
    code.value = model.get("code");
    tell(copied, "");
    picture.replaceChildren(...(model.get("qr").length ? [qrCode(model.get("qr"), "The code as a picture")] : []));
  };

  const python = requests({ model, heard: update, silent: () => say(SILENT) });
  /** @param {"lesson" | "all"} what */
  function ask(what) {
    say(""); // the same problem is news if it comes back
    python.ask(what, { name: name.value });
  }
  name.addEventListener("keydown", (event) => {
    if (event.key === "Enter") find(actions, "button").click();
  });
  signal.addEventListener("abort", () => URL.revokeObjectURL(address));
  update();
  el.append(root);
}

export default { render };
