// The class's page: one student alone, one kind of mark alone, a place in the text, points for written answers.
// All that students wrote comes from the data on the page and reaches it by textContent only.
"use strict";

/**
 * @typedef {{words: number[], quote: string, labels: [string, number][], sure: number, careful: string[] | null,
 *   kit: string[] | null, class: string}} Place
 * @typedef {{labels: string[], marks: Record<string, number[]>, places: Place[]}} Text
 * @typedef {{points: number, of: string, at: string}} Given
 */

const STEPS = 5;
const data = JSON.parse(document.getElementById("data")?.textContent ?? "{}");
/** @type {[string, string][]} */
const students = data.students;
const chosen = /** @type {HTMLSelectElement} */ (document.getElementById("student"));

/**
 * @param {string} tag
 * @param {string} className
 * @param {string} [text]
 */
function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  return node;
}

/** @param {string} selector @param {ParentNode} [within] @returns {HTMLElement[]} */
function all(selector, within = document) {
  return [...within.querySelectorAll(selector)].filter((node) => node instanceof HTMLElement);
}

// ------------------------------------------------------------------------------------------------- points
// Kept in the browser at once, and in a file that `kit class --points FILE` takes: the newest of both counts.

const STORE = "between-the-lines/points";

/** @returns {Record<string, Record<string, Given>>} */
function stored() {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? "{}");
  } catch {
    return {}; // A browser that keeps nothing: the file is what stays.
  }
}

/** @type {Record<string, Record<string, Given>>} */
const points = Object.create(null);
for (const source of [data.points, stored()]) {
  for (const [exercise, byStudent] of Object.entries(source)) {
    points[exercise] ??= Object.create(null);
    for (const [key, given] of Object.entries(byStudent)) {
      const before = points[exercise][key];
      if (!before || String(before.at) < String(given.at)) points[exercise][key] = given;
    }
  }
}
let unsaved = false;

function countPoints() {
  const keys = new Set(students.map(([key]) => key));
  const given = Object.values(points).flatMap((byStudent) => Object.entries(byStudent));
  const count = given.filter(([key, one]) => keys.has(key) && one.points !== null).length;
  const output = document.getElementById("points");
  if (output) output.textContent = `Points for ${count} ${count === 1 ? "answer" : "answers"}${unsaved ? ", not yet in a file" : ""}`;
  const tool = output?.parentElement;
  if (tool) tool.hidden = count === 0 && !unsaved;
}

/** @param {string} exercise @param {string} key @param {number | null} value @param {string} of */
function givePoints(exercise, key, value, of) {
  points[exercise] ??= Object.create(null);
  points[exercise][key] = { points: /** @type {number} */ (value), of, at: new Date().toISOString() };
  unsaved = true;
  try {
    localStorage.setItem(STORE, JSON.stringify(points));
  } catch {
    // Said by the button: not yet in a file.
  }
  countPoints();
}

document.getElementById("save-points")?.addEventListener("click", () => {
  const file = new Blob([JSON.stringify({ schema: "points/1", points }, null, 1)], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(file);
  link.download = "points.json";
  link.click();
  URL.revokeObjectURL(link.href);
  unsaved = false;
  countPoints();
});
addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

// ------------------------------------------------------------------------------------------------- written answers

/** @param {HTMLElement} frame */
function showAnswers(frame) {
  const into = frame.querySelector(".answers");
  const exercise = frame.dataset.exercise ?? "";
  if (!into) return;
  into.replaceChildren();
  for (const [student, text, of, note, ticked] of data.written[exercise] ?? []) {
    if (chosen.value !== "" && Number(chosen.value) !== student) continue;
    const [key, name] = students[student];
    const row = make("div", "answer");
    const given = points[exercise]?.[key];
    const told = [name];
    if (ticked) told.push(`ticked ${ticked} of the points`);
    if (given && given.of !== of) told.push("the answer has changed since you gave points");
    row.append(make("span", "who", told.join(" · ")), make("p", text ? "" : "quiet", text || note || "Nothing is written."));
    const label = make("label", "", "Points ");
    const field = document.createElement("input");
    field.type = "number";
    field.min = "0";
    field.max = frame.dataset.most ?? "3";
    field.step = "0.5";
    field.setAttribute("aria-label", `Points for ${name}, of ${field.max}`);
    if (given && given.points !== null) field.value = String(given.points);
    field.addEventListener("change", () => {
      if (!field.checkValidity()) return void field.reportValidity();
      givePoints(exercise, key, field.value === "" ? null : Number(field.value), of);
    });
    label.append(field, ` / ${field.max}`);
    row.append(label);
    into.append(row);
  }
  if (!into.firstChild) into.append(make("p", "quiet", "No answer of this student's."));
}

for (const frame of all("details.written")) {
  frame.addEventListener("toggle", () => {
    if (/** @type {HTMLDetailsElement} */ (frame).open) showAnswers(frame);
  });
}

// ------------------------------------------------------------------------------------------------- the text

/** @param {Text} text @param {string} student @param {string} label @returns {Map<number, number>} */
function countWords(text, student, label) {
  const count = new Map();
  for (const [one, marks] of Object.entries(text.marks)) {
    if (student !== "" && one !== student) continue;
    const words = new Set();
    for (let at = 0; at < marks.length; at += 4) {
      if (label !== "" && text.labels[marks[at + 2]] !== label) continue;
      for (let word = marks[at]; word <= marks[at + 1]; word += 1) words.add(word);
    }
    for (const word of words) count.set(word, (count.get(word) ?? 0) + 1);
  }
  return count;
}

/** @param {Text} text @param {number[]} words @param {string} label @returns {string[]} */
function markedBy(text, words, label) {
  const here = new Set(words);
  return Object.entries(text.marks).filter(([, marks]) => {
    for (let at = 0; at < marks.length; at += 4) {
      if (label !== "" && text.labels[marks[at + 2]] !== label) continue;
      for (let word = marks[at]; word <= marks[at + 1]; word += 1) if (here.has(word)) return true;
    }
    return false;
  }).map(([student]) => student);
}

/** @param {HTMLElement} frame */
function drawText(frame) {
  /** @type {Text} */
  const text = data.texts[frame.dataset.exercise ?? ""];
  const label = /** @type {HTMLSelectElement | null} */ (frame.querySelector(".label-choice"))?.value ?? "";
  const count = countWords(text, chosen.value, label);
  const of = chosen.value === "" ? Object.keys(text.marks).length : 1;
  for (const word of all(".w[data-word]", frame)) {
    const times = count.get(Number(word.dataset.word)) ?? 0;
    for (let step = 1; step <= STEPS; step += 1) word.classList.remove(`h${step}`);
    const step = Math.round((STEPS * times) / of);
    if (step) word.classList.add(`h${step}`);
  }
  const whole = chosen.value === "" && label === "";
  for (const number of all("button.n", frame)) {
    number.dataset.whole ??= number.textContent ?? "";
    const place = text.places[Number(number.dataset.place)];
    const marked = markedBy(text, place.words, label);
    const here = chosen.value === "" ? marked.length : Number(marked.includes(chosen.value));
    number.textContent = whole ? number.dataset.whole : chosen.value === "" ? String(here) : here ? "✓" : "–";
  }
}

/** @param {Text} text @param {number[]} words @param {string} student */
function marksOf(text, words, student) {
  const told = [];
  const marks = text.marks[student] ?? [];
  for (let at = 0; at < marks.length; at += 4) {
    if (words.some((word) => marks[at] <= word && word <= marks[at + 1])) {
      const label = text.labels[marks[at + 2]];
      told.push(`${text.labels.length > 1 ? `“${label}”` : "marked"}, ${marks[at + 3] ? "sure" : "not sure"}`);
    }
  }
  return told.join("; ") || "No mark here.";
}

/** @param {HTMLElement} frame @param {HTMLElement} number */
function showPlace(frame, number) {
  /** @type {Text} */
  const text = data.texts[frame.dataset.exercise ?? ""];
  const place = text.places[Number(number.dataset.place)];
  const card = frame.querySelector(".place-card");
  if (!card) return;
  for (const other of all("button.n", frame)) other.setAttribute("aria-pressed", String(other === number));
  const marked = markedBy(text, place.words, "");
  const list = make("dl", "");
  /** @param {string} term @param {string} told */
  const say = (term, told) => list.append(make("dt", "", term), make("dd", "", told));
  if (chosen.value !== "") say(students[Number(chosen.value)][1], marksOf(text, place.words, chosen.value));
  const labels = place.labels.length > 1 ? `: ${place.labels.map(([label, times]) => `${times} “${label}”`).join(", ")}` : "";
  const sure = marked.length ? ` ${place.sure} of them were sure.` : "";
  say("The class", `${marked.length} of ${Object.keys(text.marks).length} marked it${labels}.${sure} ${place.class}`);
  for (const [who, reference] of /** @type {const} */ ([["The careful reader", place.careful], ["The kit", place.kit]])) {
    if (!reference) {
      say(who, "No mark here.");
    } else {
      say(who, [reference[0] && `“${reference[0]}”.`, reference[1] || "Marked."].filter(Boolean).join(" "));
    }
  }
  const names = marked.map((student) => students[Number(student)][1]).sort();
  if (names.length && names.length <= 60) say("Who", names.join(", "));
  card.replaceChildren(make("p", "words", `“${place.quote}”`), list);
}

for (const frame of all(".text")) {
  for (const box of all("[data-show]", frame)) {
    const show = () => frame.classList.toggle(`show-${box.dataset.show}`, /** @type {HTMLInputElement} */ (box).checked);
    box.addEventListener("change", show);
    show();
  }
  frame.querySelector(".label-choice")?.addEventListener("change", () => drawText(frame));
  for (const number of all("button.n", frame)) number.addEventListener("click", () => showPlace(frame, number));
}

// ------------------------------------------------------------------------------------------------- all of it

for (const piece of all(".bar > span")) piece.style.flexGrow = piece.dataset.share ?? "1";

chosen.addEventListener("change", () => {
  for (const row of all("tr[data-student]")) row.classList.toggle("chosen", row.dataset.student === chosen.value);
  for (const frame of all(".text")) drawText(frame);
  for (const frame of all("details.written[open]")) showAnswers(frame);
});

function openLinked() {
  const lesson = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (lesson instanceof HTMLDetailsElement) lesson.open = true;
}
addEventListener("hashchange", openLinked);
openLinked();
countPoints();
