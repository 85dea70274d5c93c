// The Marker. Draws the state that marker.py holds, and sends back the student's marks and what was asked for.
// Words are counted, never characters. Its text, form, list and comparison are in files of their own.

import { closest, frame, group, ignoreSecondClick, live, make, targetOf, tell } from "./dom.js";
import { requests, stepButtons, tellSaved } from "./exercise.js";
import { keysHelp, taskBar } from "./marker_bar.js";
import { markForm } from "./marker_form.js";
import { markList } from "./marker_list.js";
import { comparison } from "./marker_reveal.js";
import { markedText } from "./marker_text.js";
import { brief, destination, grabbed, marksOn, reaching, sameMark, withMark } from "./marker_words.js";

const HINT = "Click or tap a word to mark it. To mark several together, drag over them.";
const KEYS_HINT = "Arrow keys move by word and by sentence, with Shift they choose several words, Enter marks.";
const REACH_HINT = "Now click or tap the word that the mark should reach to, or use the arrow keys.";
const STEPS = { undo: "Undone.", redo: "Done again.", reset: "Started again; Undo brings your marks back." };
const NOT_SAVED = "Not saved yet: is the kernel running? Run the cell again if this stays.";

/** @param {View<MarkerTraits>} view */
function render({ model, el, signal }) {
  const [layer, choices, sentences] = [model.get("layer"), model.get("choices"), model.get("sentences")];
  const looks = model.get("looks");
  const usual = choices.length ? choices[0].label : "";
  const nameOf = (label) => choices.find((choice) => choice.label === label)?.name ?? "marked";
  const told = (mark) => `${nameOf(mark.label)}${mark.sure ? "" : ", not sure"}`;
  const isPart = (label) => looks[label] === label;

  const root = frame("marker", `Mark words in: ${model.get("title")}`);
  root.classList.add(`btl-show-${layer}`);
  const status = live("status", "btl-status", HINT);
  const say = (text) => (status.textContent = text);
  const saved = make("span", "btl-saved");
  const page = group("btl-page", `The text. ${KEYS_HINT}`);
  const text = markedText({
    page, looks, blocks: model.get("blocks"),
    tagOf: ({ label, sure }) => `${isPart(label) || !choices.length ? "" : nameOf(label)}${sure ? "" : " ?"}`.trim(),
  });
  const { wordAt, textOf, inPlace } = text;
  const form = markForm({ page, layer, choices, text, actions: { change, alone, reach, remove } });
  const reveal = comparison({ model, ask, say, showWord });
  const count = () => (marks.length ? `Your marks: ${marks.length}` : "You have marked nothing yet.");
  const list = markList({ actions: { open: (mark) => open(mark, true), commit }, told, textOf, count });

  /** @type {Mark[]} */
  let marks = []; // as the student sees them; the kernel confirms
  let from = 0; // the chosen words reach from here
  let at = 0; // to here, where the cursor is
  /** @type {string | null} */
  let pressed = null; // the word where the mouse went down
  let isDragged = false;
  let pointed = 0; // the word that was clicked last; a mark may reach further
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
    const show = () => {
      tellSaved(saved, sentence, ok);
      draw();
    };
    if (page.contains(document.activeElement)) inPlace(at, show);
    else show();
    reveal.draw();
    if (step) say(`${step} ${count()}`);
    step = "";
    if (model.get("committed") && !wasCommitted) {
      say("Here is your reading beside others, below the text.");
      reveal.show();
    } else if (wasCommitted && !model.get("committed")) root.scrollIntoView({ block: "start" });
    wasCommitted = model.get("committed");
  }

  function commit() {
    form.shut();
    ask("commit");
  }

  // Drawing the same state twice changes nothing.
  function draw() {
    followMark();
    text.drawMarks(marks, model.get("reveal").places ?? []);
    drawChoice();
    list.draw(marks, model.get("committed"), python.isAwaiting() ? "" : model.get("message"));
    steps.draw({ ...model.get("steps"), reset: marks.length > 0 || model.get("committed") });
    form.settle();
  }

  // The row stays with its mark when that is changed from elsewhere, as by Undo, and goes when it is gone.
  function followMark() {
    const was = form.mark();
    if (!was) return;
    const same = marks.filter(({ first, last }) => first === was.first && last === was.last);
    const now = same.find(({ label }) => label === was.label) ?? same[0];
    if (now) return form.open(now);
    const isUsed = form.node.contains(document.activeElement);
    form.shut();
    if (isUsed) focusText();
  }

  function drawChoice() {
    text.drawChoice(...chosen(), at, from !== at || form.mark() !== null);
  }

  // What a student does.
  function move(to, extend, whole) {
    const mark = form.mark();
    at = Math.max(0, Math.min(wordAt.length - 1, to));
    if (!extend) from = at;
    const [first, last] = chosen();
    if (mark && extend) return put({ ...mark, first, last }, mark);
    form.shut();
    drawChoice();
    focusText();
    wordAt[at].scrollIntoView({ block: "nearest" });
    const number = sentences.findLastIndex((start) => start <= at);
    const end = (sentences[number + 1] ?? wordAt.length) - 1;
    const place = `Sentence ${number + 1} of ${sentences.length}: ${textOf(sentences[number], end)}`;
    const more = `${last - first + 1} words chosen: ${brief(textOf(first, last))}`;
    const here = marksAt(at).map((one) => `Your mark: ${told(one)}`);
    // The word itself is read aloud, since it has the focus.
    tell(status, [...(whole && !extend ? [place] : []), ...(first < last ? [more] : []), ...here].join(". "));
  }

  const focusText = () => wordAt[at].focus({ preventScroll: true });

  function showWord(word) {
    move(word, false);
    wordAt[word].scrollIntoView({ block: "center" });
  }

  // The row about a mark. The focus stays on the word, unless it is wanted in the row.
  function open(mark, inRow = false, word = mark.last) {
    [from, at] = [mark.first, mark.last];
    pointed = word;
    inPlace(at, () => {
      form.shut();
      form.open(mark);
      say(`Your mark: ${told(mark)}. ${inRow ? "" : "Enter leads to its row."}`);
    });
    form.bringIntoView();
    drawChoice();
    if (inRow) form.focus();
    else focusText();
  }

  // A new mark, or one in the place of another; `chosen` words keep their direction.
  function put(mark, before) {
    marks = withMark(marks, mark, before);
    if (chosen().join() !== `${mark.first},${mark.last}`) [from, at] = [mark.first, mark.last];
    pointed = at;
    const inRow = form.node.contains(document.activeElement);
    inPlace(at, () => {
      ask("mark", { marks });
      if (!before) form.shut();
      form.open(mark);
      draw();
      say(`${before ? "Changed" : "Marked"}: ${brief(textOf(mark.first, mark.last))}, ${told(mark)}.`);
    });
    form.bringIntoView();
    if (!inRow) focusText();
  }

  function change(mark, to) {
    put({ ...mark, ...to }, mark);
  }

  function alone() {
    put({ first: pointed, last: pointed, label: usual, sure: true }, null);
  }

  function reach() {
    focusText();
    say(REACH_HINT);
  }

  function remove(mark) {
    marks = marks.filter((one) => !sameMark(one, mark));
    ask("mark", { marks });
    close(`Mark deleted: ${brief(textOf(mark.first, mark.last))}. Undo brings it back.`);
    draw();
  }

  function close(message) {
    inPlace(at, () => {
      form.shut();
      say(message);
    });
    ignoreSecondClick();
    from = at;
    drawChoice();
    focusText();
  }

  // With a mouse: press and drag, from a word or from the edge of a mark. With mouse or finger: a word at a time.
  const wordUnder = (event) => {
    const word = closest(targetOf(event), "[data-word]");
    return (page.contains(word) && word?.dataset.word) || null;
  };

  page.addEventListener("pointerdown", (event) => {
    if (event.button === 0 && event.pointerType !== "touch" && !event.shiftKey) pressed = wordUnder(event);
  });
  page.addEventListener("pointerover", (event) => {
    const word = wordUnder(event);
    if (pressed === null || word === null || (word === pressed && !isDragged)) return;
    isDragged = true;
    [from, at] = [grabbed(marks, Number(pressed)).stays, Number(word)];
    drawChoice();
  });
  const released = () => {
    const { mark } = grabbed(marks, Number(pressed));
    if (pressed !== null && isDragged) markWords(...chosen(), mark);
    [pressed, isDragged] = [null, false];
  };
  document.addEventListener("pointerup", released, { signal });
  document.addEventListener("pointercancel", () => ([pressed, isDragged] = [null, false]), { signal });

  page.addEventListener("dragstart", (event) => event.preventDefault()); // of what was chosen with Ctrl+A elsewhere

  page.addEventListener("click", (event) => {
    const target = targetOf(event);
    if (form.node.contains(target)) return;
    const place = closest(target, ".btl-number")?.dataset.place;
    if (place !== undefined) return reveal.showPlace(place);
    if (wordUnder(event) === null || event.detail > 1) return;
    const word = Number(wordUnder(event));
    const mark = form.mark();
    if (mark && (event.shiftKey || form.isReaching())) {
      form.setReach(false);
      put({ ...mark, ...reaching(mark, word) }, mark);
    } else if (event.shiftKey) markWords(Math.min(word, from), Math.max(word, from), null);
    else if (mark && mark.first <= word && word <= mark.last) close("");
    else openAt(word, word);
  });

  // Mark these words as usual, or have an earlier mark reach over them.
  function markWords(first, last, before) {
    put({ ...(before ?? { label: usual, sure: true }), first, last }, before);
  }

  // The mark that is there, or a new one.
  function openAt(first, last, inRow = false) {
    const here = first === last ? marksAt(first)[0] : marks.find((one) => one.first === first && one.last === last);
    if (here) open(here, inRow, first);
    else markWords(first, last, null);
  }

  root.addEventListener("keydown", (event) => {
    const command = event.ctrlKey || event.metaKey;
    const key = command ? `Control+${event.key}` : event.key;
    const inText = targetOf(event).matches("[role=option]") && !event.altKey;
    const extend = event.shiftKey || form.isReaching();
    const place = { at, sentences, last: wordAt.length - 1, extend };
    const to = inText ? destination(key, place) : undefined;
    if (/^Control\+[zy]$/i.test(key) && !targetOf(event).matches("[type=text]")) {
      steps.go(/y/i.test(event.key) || event.shiftKey ? "redo" : "undo");
    } else if (key === "Escape" && form.mark()) close("");
    else if (key === "Enter" && targetOf(event).matches(".btl-kind, .btl-unsure input")) close("");
    else if (key === "Escape" && from !== at) move(at, false);
    else if (inText && key === "Control+a") {
      from = 0;
      move(wordAt.length - 1, true);
    } else if (to !== undefined) move(to, extend, /Up|Down|Control/.test(key));
    else if (inText && (key === "Enter" || key === " ")) enter();
    else if (inText && (key === "Delete" || key === "Backspace") && marksAt(at).length) remove(marksAt(at)[0]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  // Enter marks; on a mark it leads into its row.
  function enter() {
    if (form.mark()) form.focus();
    else openAt(...chosen(), true);
  }

  model.on("change:saved", () => python.isAwaiting() || heard()); // the last of every change
  new ResizeObserver(form.settle).observe(root);
  const parts = choices.filter(({ label }) => isPart(label));
  const bar = taskBar({ task: model.get("task"), parts: choices.length > 1 ? parts : [], steps, saved, status });
  root.append(bar, page, keysHelp(), list.node, reveal.node);
  heard();
  el.append(root);
}

export default { render };
