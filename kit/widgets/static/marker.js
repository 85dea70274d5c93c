// The Marker. Draws the state that marker.py holds, and sends back the student's marks and what was asked for.
// Words are counted, never characters. Its text, form, list and comparison are in files of their own.

import { closest, defined, frame, group, ignoreSecondClick, live, make, targetOf, tell } from "./dom.js";
import { requests, stepButtons, tellSaved } from "./exercise.js";
import { markForm } from "./marker_form.js";
import { markList } from "./marker_list.js";
import { comparison } from "./marker_reveal.js";
import { markedText } from "./marker_text.js";
import { brief, destination, inOrder, marksOn, PARTS, sameMark } from "./marker_words.js";

/** @type {[keys: string, does: string][]} */
const KEYS = [
  ["← →", "one word back, one on"],
  ["↑ ↓ (or Ctrl with ← →)", "one sentence back, one on"],
  ["Home, End", "start and end of the sentence; with Ctrl: of the text"],
  ["Shift with any of these", "choose several words"],
  ["Enter or Space", "mark the chosen words, or change the mark that is there"],
  ["Delete", "delete the mark that is there"],
  ["Ctrl+Z, Ctrl+Shift+Z", "undo, redo"],
  ["Escape", "close without marking"],
];
const HINT = "Click a word, or drag over several. On a touch screen tap the first word, then the last.";
const KEYS_HINT = "Arrow keys move by word and by sentence, with Shift they choose several words, Enter marks.";
const FORM_HINT = "To take in more words, click or tap the last one, or move the end with the arrows here.";
const STEPS = { undo: "Undone.", redo: "Done again.", reset: "Started again; Undo brings your marks back." };
const NOT_SAVED = "Not saved yet: is the kernel running? Run the cell again if this stays.";

/** @param {View<MarkerTraits>} view */
function render({ model, el, signal }) {
  const [layer, choices, sentences] = [model.get("layer"), model.get("choices"), model.get("sentences")];
  const nameOf = (label) => choices.find((choice) => choice.label === label)?.name ?? "marked";
  const told = (mark) => `${nameOf(mark.label)}${mark.sure ? "" : ", not sure"}`;
  const isPart = (label) => PARTS.includes(label);

  const root = frame("marker", `Mark words in: ${model.get("title")}`);
  root.classList.add(`btl-show-${layer}`);
  const status = live("status", "btl-status", HINT);
  const say = (text) => (status.textContent = text);
  const saved = make("span", "btl-saved");
  const page = group("btl-page", `The text. ${KEYS_HINT}`);
  const text = markedText({
    page, layer, blocks: model.get("blocks"),
    tagOf: ({ label, sure }) => `${isPart(label) || !choices.length ? "" : nameOf(label)}${sure ? "" : " ?"}`.trim(),
  });
  const { wordAt, textOf } = text;
  const cancel = () => close("Nothing was changed.");
  const form = markForm({ page, layer, choices, text, actions: { open, resize, keep, remove, cancel } });
  const reveal = comparison({ model, ask, say, showWord });
  const count = () => (marks.length ? `Your marks: ${marks.length}` : "You have marked nothing yet.");
  const list = markList({ actions: { open, commit: () => ask("commit") }, told, textOf, count });

  /** @type {Mark[]} */
  let marks = []; // as the student sees them; the kernel confirms
  let from = 0; // the chosen words reach from here
  let at = 0; // to here, where the cursor is
  /** @type {string | null} */
  let pressed = null; // the word where the mouse went down
  let step = ""; // what to say of the last request when it is done
  let wasCommitted = model.get("committed");
  const chosen = () => [Math.min(from, at), Math.max(from, at)];
  const marksAt = (word) => marksOn(marks, word);

  const python = requests({ model, heard, silent: () => tellSaved(saved, NOT_SAVED, false) });
  const steps = stepButtons(ask, python.isAwaiting);

  function ask(what, more) {
    step = STEPS[what] ?? "";
    tellSaved(saved, "Saving …");
    python.ask(what, more);
  }

  function heard() {
    const { ok, text: sentence } = model.get("saved");
    marks = model.get("marks");
    tellSaved(saved, sentence, ok);
    draw();
    reveal.draw();
    if (step) say(`${step} ${count()}`);
    step = "";
    if (model.get("committed") && !wasCommitted) {
      say("Here is your reading beside others, below the text.");
      reveal.show();
    } else if (wasCommitted && !model.get("committed")) root.scrollIntoView({ block: "start" });
    wasCommitted = model.get("committed");
  }

  function setMarks(changed) {
    marks = inOrder(changed);
    ask("mark", { marks });
    draw();
  }

  // Drawing the same state twice changes nothing.
  function draw() {
    if (form.isOpen() && form.mark && !marks.some((mark) => sameMark(mark, form.mark))) close("");
    text.drawMarks(marks, model.get("reveal").places ?? []);
    drawChoice();
    list.draw(marks, model.get("committed"), python.isAwaiting() ? "" : model.get("message"));
    steps.draw({ ...model.get("steps"), reset: marks.length > 0 || model.get("committed") });
    form.settle();
  }

  function drawChoice() {
    text.drawChoice(...chosen(), at, from !== at || form.isOpen());
  }

  // What a student does.
  function move(to, extend, whole) {
    at = Math.max(0, Math.min(wordAt.length - 1, to));
    if (!extend) from = at;
    drawChoice();
    focusText();
    wordAt[at].scrollIntoView({ block: "nearest" });
    const [first, last] = chosen();
    const number = sentences.findLastIndex((start) => start <= at);
    const end = (sentences[number + 1] ?? wordAt.length) - 1;
    const place = `Sentence ${number + 1} of ${sentences.length}: ${textOf(sentences[number], end)}`;
    const more = `${last - first + 1} words chosen: ${brief(textOf(first, last))}`;
    const here = marksAt(at).map((mark) => `Your mark: ${told(mark)}`);
    // The word itself is read aloud, since it has the focus.
    tell(status, [...(whole && !extend ? [place] : []), ...(first < last ? [more] : []), ...here].join(". "));
  }

  const focusText = () => wordAt[at].focus({ preventScroll: true });

  function showWord(word) {
    move(word, false);
    wordAt[word].scrollIntoView({ block: "center" });
  }

  function open(first, last, mark) {
    [from, at] = [first, last];
    form.open(first, last, mark);
    drawChoice();
    say(mark ? `Your mark: ${told(mark)}. Change it, or delete it.` : FORM_HINT);
  }

  function resize(first, last) {
    [from, at] = [first, last];
    form.resize(first, last);
    drawChoice();
    say(`${last - first + 1} ${first === last ? "word" : "words"} chosen: ${brief(textOf(first, last))}`);
  }

  function keep(made, before) {
    setMarks([...marks.filter((one) => !sameMark(one, before) && !sameMark(one, made)), made]);
    close(`Marked: ${brief(textOf(made.first, made.last))}, ${told(made)}.`);
  }

  function remove(mark) {
    setMarks(marks.filter((one) => !sameMark(one, mark)));
    close(`Mark deleted: ${brief(textOf(mark.first, mark.last))}. Undo brings it back.`);
  }

  function close(message) {
    form.close();
    ignoreSecondClick();
    from = at;
    drawChoice();
    focusText();
    wordAt[at].scrollIntoView({ block: "nearest" }); // in a narrow window the form has left a gap below it
    say(message);
  }

  // With a mouse: press and drag. With mouse or finger: a word, and then another one marks up to there.
  const wordUnder = (event) => {
    const word = closest(targetOf(event), "[data-word]");
    return (page.contains(word) && word?.dataset.word) || null;
  };

  page.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.pointerType !== "touch" && !event.shiftKey) pressed = wordUnder(event);
  });
  page.addEventListener("pointerover", (event) => {
    const word = wordUnder(event);
    if (pressed === null || word === null || (word === pressed && from === at)) return;
    if (form.isOpen()) form.close();
    [from, at] = [Number(pressed), Number(word)];
    drawChoice();
  });
  const released = () => {
    if (pressed !== null && from !== at && !form.isOpen()) open(...chosen(), null);
    pressed = null;
  };
  document.addEventListener("pointerup", released, { signal });
  document.addEventListener("pointercancel", () => (pressed = null), { signal });

  page.addEventListener("dragstart", (event) => event.preventDefault()); // of what was chosen with Ctrl+A elsewhere

  page.addEventListener("click", (event) => {
    const target = targetOf(event);
    if (form.node.contains(target)) return;
    const place = closest(target, ".btl-number")?.dataset.place;
    if (place !== undefined) return reveal.showPlace(place);
    if (wordUnder(event) === null) return;
    const word = Number(wordUnder(event));
    const [first, last] = chosen();
    const inParagraph = form.isOpen() && text.blockOf(word) === text.blockOf(form.first);
    if (inParagraph && word >= first && word <= last) resize(word, word);
    else if (inParagraph) resize(Math.min(word, first), Math.max(word, last));
    else if (event.shiftKey) open(Math.min(word, from), Math.max(word, from), null);
    else openAt(word, word);
  });

  // The mark that is there, or a new one.
  function openAt(first, last) {
    const mark = first === last ? marksAt(first)[0] : null;
    if (mark) open(mark.first, mark.last, mark);
    else open(first, last, null);
  }

  root.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey;
    const key = command ? `Control+${event.key}` : event.key;
    const inText = targetOf(event).matches("[role=option]") && !event.altKey;
    const place = { at, sentences, last: wordAt.length - 1, extend: event.shiftKey };
    const to = inText ? destination(key, place) : undefined;
    if (/^Control\+[zy]$/i.test(key) && !targetOf(event).matches("[type=text]")) {
      steps.go(/y/i.test(event.key) || event.shiftKey ? "redo" : "undo");
    } else if (key === "Escape" && form.isOpen()) cancel();
    else if (key === "Escape" && from !== at) move(at, false);
    else if (inText && key === "Control+a") {
      from = 0;
      move(wordAt.length - 1, true);
    } else if (to !== undefined) move(to, event.shiftKey, /Up|Down|Control/.test(key));
    else if (inText && (key === "Enter" || key === " ")) openAt(...chosen());
    else if (inText && (key === "Delete" || key === "Backspace") && marksAt(at).length) remove(marksAt(at)[0]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  // The task and what goes with it.
  function drawBar() {
    const bar = make("div", "btl-bar");
    const tools = make("div", "btl-tools");
    tools.append(...steps.nodes, saved);
    const legend = make("p", "btl-legend");
    for (const { label, name, means } of choices.filter((choice) => isPart(choice.label))) {
      const one = make("span");
      one.append(make("span", `btl-sample btl-${label} btl-begins btl-ends`, name), ` ${means}`);
      legend.append(one);
    }
    const needsLegend = choices.length > 1 && legend.firstChild;
    bar.append(make("p", "btl-task", model.get("task")), ...(needsLegend ? [legend] : []), tools, status);
    return bar;
  }

  function drawKeys() {
    const keys = make("details", "btl-keys");
    const rows = make("dl");
    rows.append(...defined(KEYS));
    keys.append(make("summary", "", "With the keyboard"), rows);
    return keys;
  }

  model.on("change:saved", () => python.isAwaiting() || heard()); // the last of every change
  new ResizeObserver(form.settle).observe(root);
  root.append(drawBar(), page, drawKeys(), list.node, reveal.node);
  heard();
  el.append(root);
}

export default { render };
