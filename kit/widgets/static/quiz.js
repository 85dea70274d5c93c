// The Quiz. Draws the state that quiz.py holds; sends back what is chosen and typed, and which button was pressed.
// The key is not in here: feedback comes from Python after the commit.
// Its inputs and its feedback are in files of their own.

import { button, find, findAll, frame, heading, live, make, option, tell } from "./dom.js";
import { requests, SILENT, tellSaved } from "./exercise.js";
import { passage, quizAnswer } from "./quiz_answer.js";
import { quizFeedback } from "./quiz_feedback.js";

const SURE = [["sure", "I’m sure"], ["unsure", "I’m not sure"]];

/** @param {View<QuizTraits>} view */
function render({ model, el }) {
  const asked = model.get("question");
  const group = `btl-${Math.random().toString(36).slice(2)}`;
  const root = frame("quiz", `Question: ${asked.title}`);
  root.append(heading(3, "btl-title", asked.title));

  const form = make("form");
  const python = requests({ model, heard, silent });
  const status = live("status", "btl-status");
  const answer = quizAnswer({ asked, draft: python.draft, model, group, say: (text) => tellSaved(status, text) });
  const given = quizFeedback({ asked, model, ask: python.ask });
  const sureness = make("fieldset", "btl-sure");
  const hints = make("div", "btl-hints");
  const hintList = make("ol");
  const hintButton = button("", "", () => ask("hint"));
  const problem = live("alert", "btl-problem");
  const actions = make("div", "btl-tools");
  const commit = button("btl-main", "Commit my answer");
  commit.type = "submit";
  const reopen = button("", "Change my mind", () => ask("reopen"));
  const undo = button("", "Undo: bring my earlier answer back", () => ask("undo"));
  const reset = button("", "Start this question over", () => ask("reset"));

  if (asked.passage && asked.kind !== "span") root.append(passage(asked, make("p", "", asked.passage)));
  drawSureness();
  hintList.setAttribute("aria-label", "Hints");
  hints.setAttribute("aria-live", "off"); // until the question is in use, see `speakInUse`
  hints.append(hintList);
  actions.append(commit, reopen, hintButton, undo, reset);
  form.append(answer.node, sureness, given.node, hints, problem, actions, status);
  root.append(form);

  function drawSureness() {
    sureness.append(make("legend", "", "How sure are you?"));
    for (const [value, text] of SURE) {
      const radio = { type: "radio", name: `${group}-sure`, value };
      sureness.append(option("btl-option", radio, make("span", "", text)).label);
    }
    sureness.addEventListener("change", (event) => python.draft("sure", /** @type {HTMLInputElement} */ (event.target).value));
  }

  // What depends on the state. Drawing the same state twice changes nothing.
  function update() {
    const committed = model.get("committed");
    answer.show(model.get("picked"));
    for (const input of sureness.querySelectorAll("input")) input.checked = input.value === model.get("sure");
    // After the commit the options stand in the feedback; a passage with its picked words stays.
    for (const node of findAll(answer.node, ":scope > *")) {
      if (node.tagName !== "LEGEND") node.hidden = committed && !node.matches(".btl-passage");
    }
    sureness.hidden = committed || !asked.asks_sure;
    given.node.hidden = !committed;
    if (committed) given.draw();
    const shown = model.get("hints");
    while (hintList.children.length > shown.length) hintList.lastElementChild?.remove();
    for (const hint of shown.slice(hintList.children.length)) hintList.append(make("li", "", hint));
    const isLast = shown.length >= asked.hints;
    hintButton.hidden = committed || !asked.hints;
    hintButton.textContent = isLast ? "No more hints" : `Hint ${shown.length + 1} of ${asked.hints}`;
    hintButton.setAttribute("aria-disabled", String(isLast)); // not hidden: it may have the focus
    tell(problem, committed ? "" : model.get("problem")); // of a point, it stands there
    problem.hidden = !problem.textContent;
    commit.hidden = committed;
    reopen.hidden = !committed;
    undo.hidden = !model.get("can_undo");
    reset.hidden = !committed && !model.get("picked").length && !model.get("text") && !shown.length;
    tellSaved(status, model.get("saved"));
  }

  function silent() {
    problem.textContent = SILENT;
    problem.hidden = false;
    tellSaved(status, "Not saved yet.", false);
  }

  function ask(action) {
    answer.flush();
    tell(problem, ""); // the same problem is news if it comes back
    // The answer goes along: traits that were just set may still be on their way.
    python.ask(action, { picked: model.get("picked"), text: model.get("text"), sure: model.get("sure") });
  }

  function heard(done) {
    answer.heard();
    update();
    if (["draft", "tick", "untick", "save"].includes(done)) return;
    if (done === "hint") hintList.lastElementChild?.scrollIntoView({ block: "nearest" });
    else if (model.get("committed")) given.headline.focus();
    else if (done !== "commit") focusAnswer();
  }

  function focusAnswer() {
    (find(answer.node, "input:checked") ?? find(answer.node, "input, textarea, button")).focus();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!model.get("committed")) ask("commit");
  });
  model.on("change", update);
  update();
  answer.restore();
  el.append(root);
  return answer.flush; // what is typed when the widget goes
}

export default { render };
