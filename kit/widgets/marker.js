// The Marker. Draws the state that marker.py holds, and sends back the student's marks and what was asked for.
// Words are counted, never characters. Text reaches the page by textContent only. Element ids are not used.

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
const GROUPS = [
  ["missed", "Marked by others, not by you"],
  ["extra", "Marked by you alone"],
  ["label", "The same place, another label"],
  ["same", "Marked alike"],
];
const ADOPT = { missed: "Mark it, too", extra: "Take my mark away", label: "Take their label" };
const PARTS = ["source", "cue", "content"];
const SLOW = 5000; // milliseconds after which a change that is not confirmed counts as not saved

function make(tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  if (tag !== "span") node.dataset.lmSuppressShortcuts = "true"; // see reader.js: it must be on what is in focus
  return node;
}

function button(text, act, className) {
  const node = make("button", className, text);
  node.type = "button";
  node.addEventListener("click", act);
  return node;
}

function render({ model, el }) {
  const listening = new AbortController();
  const on = (target, type, handle) => target.addEventListener(type, handle, { signal: listening.signal });
  const layer = model.get("layer");
  const sentences = model.get("sentences");
  const choices = model.get("choices");
  const nameOf = (label) => choices.find((choice) => choice.label === label)?.name ?? "marked";

  const root = make("section", `btl btl-marker btl-show-${layer}`);
  root.lang = "en";
  root.setAttribute("aria-label", `Mark words in: ${model.get("title")}`);
  const status = make("p", "btl-status", "Click a word, or drag over several. On a touch screen tap the first word, then the last.");
  status.setAttribute("role", "status");
  const saved = make("span", "btl-saved");
  const undo = button("Undo", () => ask("undo"));
  const redo = button("Redo", () => ask("redo"));
  const reset = button("Start again", () => ask("reset"));
  const page = make("div", "btl-page");
  page.tabIndex = 0;
  page.setAttribute("role", "application");
  page.setAttribute("aria-roledescription", "text to mark");
  page.setAttribute("aria-label", "The text. Arrow keys move by word and by sentence, with Shift they choose several words, Enter marks.");
  const form = make("form", "btl-card");
  const list = make("section", "btl-list");
  const reveal = make("section", "btl-reveal");

  // The text: each word and each gap is an element of its own; runs that carry the same marks are wrapped together.
  const wordAt = []; // the element of each word
  const gapAfter = []; // the element after each word, if it stands in the same paragraph
  const blocks = model.get("blocks").map(({ kind, pieces }) => {
    const block = make("p", `btl-${kind}`);
    const parts = pieces.map(({ text, word }) => {
      const node = make("span", word < 0 ? "btl-gap" : "btl-word", text);
      if (word >= 0) {
        wordAt[word] = node;
        node.dataset.word = word;
      }
      return { node, word };
    });
    parts.forEach(({ node, word }, n) => {
      if (word < 0 && n > 0) {
        gapAfter[parts[n - 1].word] = node;
        node.dataset.word = parts[n - 1].word;
      }
    });
    page.append(block);
    return { block, parts, drawn: null };
  });
  const blockOf = (word) => wordAt[word].closest("p");

  let from = 0; // the chosen words reach from here
  let at = 0; // to here, where the cursor is
  let editing = null; // while the form is open: {first, last, mark}; mark is null for a new one
  let dragging = false;
  let marks = []; // as the student sees them; the kernel confirms
  let awaited = ""; // the last request that is not confirmed yet
  let timer = 0;
  let wasCommitted = model.get("committed");
  const chosen = () => [Math.min(from, at), Math.max(from, at)];
  const marksAt = (word) =>
    marks.filter((mark) => mark.first <= word && word <= mark.last).sort((a, b) => a.last - a.first - (b.last - b.first));

  // Saying and sending.
  const say = (text) => (status.textContent = text);

  // All requests go the same way, so that they arrive in order.
  function ask(what, more) {
    awaited = `${Date.now()} ${Math.random()}`;
    saved.textContent = "Saving …";
    saved.dataset.state = "saving";
    clearTimeout(timer);
    timer = setTimeout(() => {
      saved.textContent = "Not saved yet: is the kernel running? Run the cell again if this stays.";
      saved.dataset.state = "failed";
    }, SLOW);
    model.send({ do: what, id: awaited, ...more });
  }

  function setMarks(changed) {
    marks = changed;
    ask("mark", { marks });
    draw();
  }

  const textOf = (first, last) => {
    let text = "";
    for (let word = first; word <= last; word++) {
      text += wordAt[word].textContent;
      if (word < last) text += gapAfter[word]?.textContent ?? " ";
    }
    return text;
  };
  const brief = (text) => (text.length > 90 ? `${text.slice(0, 55)} … ${text.slice(-25)}` : text);
  const sameMark = (a, b) => a && b && a.first === b.first && a.last === b.last && a.label === b.label;
  const told = (mark) => `${nameOf(mark.label)}${mark.sure ? "" : ", not sure"}`;

  // Drawing the text.
  function drawMarks() {
    const places = model.get("reveal").places ?? [];
    const layers = [
      ...marks.map((mark) => ({ ...mark, mark })),
      ...places.flatMap((place, n) => place.words.map(([first, last], piece) => ({
        first, last, place, number: piece === place.words.length - 1 ? n + 1 : 0,
      }))),
    ];
    for (const block of blocks) {
      const words = block.parts.filter(({ word }) => word >= 0).map(({ word }) => word);
      const [low, high] = [words[0], words.at(-1)];
      const here = layers.filter(({ first, last }) => first <= high && last >= low);
      const look = JSON.stringify(here);
      if (look === block.drawn) continue;
      block.drawn = look;
      drawBlock(block, here);
    }
  }

  function drawBlock({ block, parts }, here) {
    const nodes = [];
    let run = null;
    let previous = -1;
    for (const { node, word } of parts) {
      const covering = here.filter(({ first, last }) =>
        word >= 0 ? first <= word && word <= last : first <= previous && previous < last);
      if (word >= 0) previous = word;
      const key = covering.map((one) => here.indexOf(one)).join();
      if (run?.key !== key) {
        run = { key, node: covering.length ? make("span", classes(covering, word)) : null };
        if (run.node) nodes.push(run.node);
      }
      if (run.node) run.node.append(node);
      else nodes.push(node);
      const ending = word < 0 ? [] : covering.filter(({ last }) => last === word);
      for (const one of ending) {
        if (one.mark) run.node.classList.add("btl-ends");
        const text = one.number ? String(one.number) : one.mark && tag(one.mark);
        if (!text) continue;
        const note = make("span", one.number ? "btl-number" : "btl-tag", text);
        note.setAttribute("aria-hidden", "true");
        if (one.number) note.dataset.place = one.number - 1;
        run.node.append(note);
      }
      if (ending.length) run = null; // what follows stands after the tags
    }
    block.replaceChildren(...nodes);
  }

  function classes(covering, word) {
    const names = new Set(["btl-run"]);
    for (const { mark, place, first } of covering) {
      if (place) names.add(`btl-is-${place.kind}`);
      if (!mark) continue;
      names.add(PARTS.includes(mark.label) ? `btl-${mark.label}` : `btl-marked btl-${layer === "attribution" ? "cue" : layer}`);
      if (first === word) names.add("btl-begins");
    }
    return [...names].join(" ");
  }

  const tag = (mark) => `${PARTS.includes(mark.label) || !choices.length ? "" : nameOf(mark.label)}${mark.sure ? "" : " ?"}`.trim();

  function drawChoice() {
    const [first, last] = chosen();
    wordAt.forEach((node, word) => {
      node.classList.toggle("btl-chosen", first <= word && word <= last && (first < last || editing !== null || dragging));
      node.classList.toggle("btl-at", word === at);
      gapAfter[word]?.classList.toggle("btl-chosen", first <= word && word < last);
    });
  }

  function move(to, extend, whole) {
    at = Math.max(0, Math.min(wordAt.length - 1, to));
    if (!extend) from = at;
    drawChoice();
    wordAt[at].scrollIntoView({ block: "nearest" });
    const [first, last] = chosen();
    const number = sentences.findLastIndex((start) => start <= at);
    const end = (sentences[number + 1] ?? wordAt.length) - 1;
    const place = whole && !extend
      ? `Sentence ${number + 1} of ${sentences.length}: ${textOf(sentences[number], end)}`
      : `Word ${at + 1} of ${wordAt.length}: ${wordAt[at].textContent}`;
    const more = first < last ? `; ${last - first + 1} words chosen: ${brief(textOf(first, last))}` : "";
    const here = marksAt(at).map((mark) => `; your mark: ${told(mark)}`).join("");
    say(`${place}${more}${here}`);
  }

  // The form: what is this, and how sure are you?
  function open(first, last, mark) {
    editing = { first, last, mark };
    [from, at] = [first, last];
    drawForm(mark?.label ?? (choices.length === 1 ? choices[0].label : null), mark?.sure ?? null);
    const block = blockOf(last);
    if (form.previousElementSibling !== block) block.after(form);
    settle();
    drawChoice();
    (form.querySelector("input:checked") ?? form.querySelector("input")).focus({ preventScroll: true });
    form.scrollIntoView({ block: "nearest" });
    say(mark ? `Your mark: ${told(mark)}. Change it, or delete it.` : "Choose what it is and how sure you are, then Mark it. Another word in this paragraph, clicked or tapped, marks up to there.");
  }

  function drawForm(label, sure) {
    const { first, last, mark } = editing;
    const head = make("p", "btl-words", brief(textOf(first, last)));
    const edges = make("div", "btl-edges");
    for (const [name, edge] of [["Start", "first"], ["End", "last"]]) {
      const group = make("span", "", `${name} `);
      for (const [sign, by, where] of [["←", -1, "earlier"], ["→", 1, "later"]]) {
        const step = button(sign, () => shift(edge, by), `btl-${edge}${by}`);
        step.setAttribute("aria-label", `${name} one word ${where}`);
        group.append(step);
      }
      edges.append(group);
    }
    const problem = make("p", "btl-problem");
    problem.setAttribute("role", "alert");
    const buttons = make("div", "btl-buttons");
    const submit = make("button", "btl-main", mark ? "Keep the change" : "Mark it");
    submit.type = "submit";
    buttons.append(submit);
    if (mark) {
      buttons.append(button("Delete", () => remove(mark)), button("New mark here", () => open(first, last, null)));
    }
    buttons.append(button("Cancel", () => close("Nothing was changed.")));
    const groups = [];
    if (choices.length > 1) {
      groups.push(radios("What is it?", "label", choices.map(({ label: value, name, means }) => ({ value, name, means })), label));
    }
    const how = [{ value: "sure", name: "I’m sure" }, { value: "unsure", name: "not sure" }];
    groups.push(radios("How sure are you?", "sure", how, sure === null ? null : sure ? "sure" : "unsure"));
    form.className = `btl-card btl-of-${layer}`;
    form.setAttribute("aria-label", mark ? "Change this mark" : "A new mark");
    form.noValidate = true;
    form.replaceChildren(head, edges, ...groups, problem, buttons);
  }

  function radios(legend, name, options, value) {
    const group = make("fieldset", `btl-choose-${name}`);
    group.append(make("legend", "", legend));
    for (const option of options) {
      const label = make("label");
      const input = make("input");
      Object.assign(input, { type: "radio", name, value: option.value, checked: option.value === value });
      const text = make("span", "", option.name);
      if (option.means) text.append(" ", make("span", "btl-means", option.means));
      label.append(input, text);
      group.append(label);
    }
    return group;
  }

  const given = (name) => form.querySelector(`input[name=${name}]:checked`)?.value ?? null;

  function shift(edge, by) {
    const to = editing[edge] + by;
    if (to < 0 || to >= wordAt.length || (edge === "first" ? to > editing.last : to < editing.first)) return;
    extend(...(edge === "first" ? [to, editing.last] : [editing.first, to]));
    form.querySelector(`.btl-${edge}${by}`).focus();
  }

  function extend(first, last) {
    const [label, sure] = [given("label"), given("sure")];
    Object.assign(editing, { first, last });
    [from, at] = [first, last];
    drawForm(label ?? (choices.length === 1 ? choices[0].label : null), sure === null ? null : sure === "sure");
    drawChoice();
    settle();
    say(`${last - first + 1} ${first === last ? "word" : "words"} chosen: ${brief(textOf(first, last))}`);
  }

  function keep() {
    const { first, last, mark } = editing;
    const label = choices.length > 1 ? given("label") : (choices[0]?.label ?? "");
    const sure = given("sure");
    if (label === null || sure === null) {
      form.querySelector(".btl-problem").textContent = label === null ? "Choose what it is." : "Say how sure you are.";
      form.querySelector(`input[name=${label === null ? "label" : "sure"}]`).focus();
      return;
    }
    const made = { first, last, label, sure: sure === "sure" };
    setMarks([...marks.filter((one) => !sameMark(one, mark) && !sameMark(one, made)), made]
      .sort((a, b) => a.first - b.first || a.last - b.last || (a.label < b.label ? -1 : 1)));
    close(`Marked: ${brief(textOf(first, last))}, ${told(made)}.`);
  }

  function remove(mark) {
    setMarks(marks.filter((one) => !sameMark(one, mark)));
    close(`Mark deleted: ${brief(textOf(mark.first, mark.last))}. Undo brings it back.`);
  }

  function close(text) {
    editing = null;
    from = at;
    form.remove();
    page.style.removeProperty("--reach");
    drawChoice();
    page.focus({ preventScroll: true });
    say(text);
  }

  // In a wide window the form stands in the margin beside the words; in a narrow one it follows the paragraph.
  function settle() {
    if (!form.isConnected || !editing) return;
    const top = wordAt[editing.first].offsetTop;
    form.style.setProperty("--top", `${top}px`);
    page.style.setProperty("--reach", `${top + form.offsetHeight}px`);
  }

  // Below the text: the marks as a list, the button that commits, and then the comparison.
  function drawList() {
    const head = make("h3", "", marks.length ? `Your marks: ${marks.length}` : "You have marked nothing yet.");
    const items = make("ol");
    for (const mark of marks) {
      const item = make("li");
      const words = button(brief(textOf(mark.first, mark.last)), () => open(mark.first, mark.last, mark), "btl-quote");
      words.setAttribute("aria-label", `Change the mark: ${words.textContent}`);
      item.append(words, " ", make("span", "btl-label", told(mark)));
      items.append(item);
    }
    const details = make("details");
    details.open = list.querySelector("details")?.open ?? false;
    details.append(make("summary", "", "Show them as a list"), items);
    list.replaceChildren(head, ...(marks.length ? [details] : []));
    if (!model.get("committed")) {
      const done = button("I’m done: compare", () => ask("commit"), "btl-main");
      const note = make("p", "btl-label", "Your marks of now are kept as your first round; after that you see how others read it, and can go on marking.");
      list.append(done, note);
    }
  }

  function drawReveal() {
    const { readers = [], places = [] } = model.get("reveal");
    const held = document.activeElement?.dataset?.key;
    const role = document.activeElement?.dataset?.role;
    reveal.hidden = !model.get("committed");
    if (reveal.hidden) return;
    const head = make("h3", "", "Beside other readers");
    head.tabIndex = -1;
    const intro = make("p", "", "None of them is the key. Careful readers differ, and the kit makes mistakes: look at each reason, then decide.");
    const sums = make("div", "btl-sums");
    for (const { name, number, words, lines } of readers) {
      const sum = make("div", "btl-sum");
      const big = make("p", "btl-number-big", number);
      big.append(make("small", "", " of 1"));
      sum.append(make("h4", "", `You and ${name}`), big, make("p", "btl-alike", words));
      for (const line of lines) sum.append(make("p", "btl-label", line));
      sums.append(sum);
    }
    const nodes = [head, intro, sums];
    for (const [kind, title] of GROUPS) {
      const some = places.filter((place) => place.kind === kind);
      if (!some.length) continue;
      const group = make("details", `btl-group btl-group-${kind}`);
      const before = reveal.querySelector(`.btl-group-${kind}`);
      group.open = before ? before.open : kind !== "same";
      group.append(make("summary", "", `${title}: ${some.length}`));
      const cards = make("ol");
      for (const place of some) cards.append(drawPlace(place, places.indexOf(place) + 1));
      group.append(cards);
      nodes.push(group);
    }
    if (!readers.length) nodes.push(make("p", "", "There is no other reading of this text yet."));
    reveal.replaceChildren(...nodes);
    if (held) reveal.querySelector(`[data-key="${CSS.escape(held)}"][data-role="${role}"]`)?.focus();
  }

  function drawPlace(place, number) {
    const item = make("li", `btl-place btl-is-${place.kind}`);
    const quote = make("p", "btl-passage");
    quote.append(place.before, make("mark", "", place.quote), place.after);
    const rows = make("dl");
    for (const { who, marked, label, why } of place.rows) {
      const term = make("dt", "", who);
      term.prepend(make("span", "btl-tick", marked ? "✓ " : "– "));
      const says = make("dd", marked ? "" : "btl-label", label);
      if (why) says.append(make("p", "btl-why", why));
      rows.append(term, says);
    }
    const show = button(String(number), () => {
      page.focus({ preventScroll: true });
      move(place.words[0][0], false);
      wordAt[at].scrollIntoView({ block: "center" });
    }, "btl-number");
    show.setAttribute("aria-label", `Place ${number}: show it in the text`);
    item.append(show, quote, rows);
    if (place.kind !== "same") item.append(drawAnswer(place));
    item.dataset.place = number - 1;
    return item;
  }

  // "I still disagree" is an answer that counts; a sentence may say why.
  function drawAnswer(place) {
    const disagree = model.get("disagree");
    const answer = make("div", "btl-answer");
    const still = make("label");
    const box = make("input");
    box.type = "checkbox";
    box.checked = place.key in disagree;
    box.dataset.key = place.key;
    box.dataset.role = "still";
    still.append(box, "I still disagree");
    const because = make("input", "btl-because");
    Object.assign(because, { type: "text", maxLength: 2000, value: disagree[place.key] ?? "", placeholder: "because … (if you like)" });
    because.setAttribute("aria-label", "Why I still disagree, in a sentence");
    because.hidden = !box.checked;
    let typed = 0;
    const send = () => {
      clearTimeout(typed);
      if (box.checked && because.value !== (model.get("disagree")[place.key] ?? null)) {
        ask("hold", { key: place.key, because: because.value });
      }
    };
    box.addEventListener("change", () => {
      because.hidden = !box.checked;
      ask("hold", { key: place.key, because: box.checked ? because.value : null });
      say(box.checked ? "You still disagree: noted." : "No longer noted.");
    });
    because.addEventListener("input", () => {
      clearTimeout(typed);
      typed = setTimeout(send, 800);
    });
    because.addEventListener("change", send);
    const adopt = button(ADOPT[place.kind], () => {
      ask("adopt", { key: place.key });
      say("You changed your mind; your first round is kept.");
    });
    adopt.dataset.key = place.key;
    adopt.dataset.role = "adopt";
    answer.append(still, because, adopt);
    return answer;
  }

  function drawTools() {
    const steps = model.get("steps");
    for (const [node, can] of [[undo, steps.undo], [redo, steps.redo], [reset, marks.length || model.get("committed")]]) {
      node.setAttribute("aria-disabled", String(!can));
    }
  }

  function drawSaved() {
    clearTimeout(timer);
    const { ok, text } = model.get("saved");
    saved.textContent = text;
    saved.dataset.state = ok ? "saved" : "failed";
  }

  // Pointer: press and drag with a mouse; a click or a tap chooses a word, and the next one marks up to there.
  const wordUnder = (event) => {
    const node = event.target.closest?.("[data-word]");
    return node && page.contains(node) ? Number(node.dataset.word) : null;
  };

  on(page, "pointerdown", (event) => {
    const word = wordUnder(event);
    if (word === null || event.button !== 0 || event.pointerType === "touch" || editing) return;
    dragging = true;
    if (event.shiftKey) at = word;
    else from = at = word;
    drawChoice();
  });
  on(page, "pointerover", (event) => {
    const word = wordUnder(event);
    if (!dragging || word === null) return;
    at = word;
    drawChoice();
  });
  on(document, "pointerup", () => {
    if (!dragging) return;
    dragging = false;
    const [first, last] = chosen();
    if (first < last) open(first, last, null);
  });
  on(document, "pointercancel", () => (dragging = false));

  on(page, "click", (event) => {
    const place = event.target.closest(".btl-number")?.dataset.place;
    if (place !== undefined && !form.contains(event.target)) {
      const item = reveal.querySelector(`li[data-place="${place}"]`);
      item.closest("details").open = true;
      item.scrollIntoView({ block: "center" });
      item.querySelector("button").focus({ preventScroll: true });
      return;
    }
    const word = wordUnder(event);
    if (word === null) return;
    const [first, last] = chosen();
    if (editing && blockOf(word) === blockOf(editing.first)) {
      if (word < first) extend(word, last);
      else if (word > last) extend(first, word);
      else extend(word, word);
    } else if (editing || first === last) {
      const here = marksAt(word);
      if (here.length) open(here[0].first, here[0].last, here[0]);
      else open(word, word, null);
    }
  });

  on(form, "submit", (event) => {
    event.preventDefault();
    keep();
  });

  on(root, "keydown", (event) => {
    const typing = event.target.matches("input[type=text]");
    const command = event.ctrlKey || event.metaKey;
    if (command && !typing && ["z", "y"].includes(event.key.toLowerCase())) {
      ask(event.key.toLowerCase() === "y" || event.shiftKey ? "redo" : "undo");
    } else if (event.key === "Escape" && editing) {
      close("Nothing was changed.");
    } else if (event.key === "Escape" && event.target === page && from !== at) {
      move(at, false);
    } else if (event.target === page && !event.altKey) {
      const here = sentences.findLastIndex((start) => start <= at);
      const ends = (sentences[here + 1] ?? wordAt.length) - 1;
      const up = sentences[sentences[here] < at ? here : Math.max(0, here - 1)];
      const down = sentences[here + 1] ?? wordAt.length - 1;
      const key = command ? `Control+${event.key}` : event.key;
      const to = {
        ArrowRight: at + 1, ArrowLeft: at - 1, Home: sentences[here], End: ends, ArrowUp: up,
        ArrowDown: event.shiftKey && at < ends ? ends : down, "Control+ArrowRight": down, "Control+ArrowLeft": up,
        "Control+ArrowUp": up, "Control+ArrowDown": down, "Control+Home": 0, "Control+End": wordAt.length - 1,
      }[key];
      const [first, last] = chosen();
      const mark = marksAt(at)[0];
      if (to !== undefined) move(to, event.shiftKey, /Up|Down|Control/.test(key));
      else if (key === "Enter" || key === " ") first === last && mark ? open(mark.first, mark.last, mark) : open(first, last, null);
      else if ((key === "Delete" || key === "Backspace") && mark) remove(mark);
      else return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });

  // What depends on the state. Drawing the same state twice changes nothing.
  function draw() {
    if (editing?.mark && !marks.some((mark) => sameMark(mark, editing.mark))) close("");
    drawMarks();
    drawChoice();
    drawList();
    drawTools();
    settle();
  }

  // The kernel's last word in each change: until it answers the last request, what is on the page is newer.
  function heard() {
    if (awaited && model.get("saved").heard !== awaited) return;
    awaited = "";
    marks = model.get("marks");
    draw();
    drawReveal();
    drawSaved();
    if (model.get("message")) say(model.get("message"));
    if (model.get("committed") && !wasCommitted) showReveal();
    wasCommitted = model.get("committed");
  }

  function showReveal() {
    say("Here is your reading beside others, below the text.");
    const head = reveal.querySelector("h3");
    head.focus({ preventScroll: true });
    head.scrollIntoView({ block: "start" });
  }

  model.on("change:saved", heard);
  const resized = new ResizeObserver(settle);
  resized.observe(root);

  const bar = make("div", "btl-bar");
  const tools = make("div", "btl-tools");
  tools.append(undo, redo, reset, saved);
  const legend = make("p", "btl-legend");
  for (const { label, name, means } of choices.filter((choice) => PARTS.includes(choice.label))) {
    const one = make("span", "");
    one.append(make("span", `btl-sample btl-${label} btl-begins btl-ends`, name), ` ${means}`);
    legend.append(one);
  }
  const keys = make("details", "btl-keys");
  const rows = make("dl");
  for (const [key, does] of KEYS) rows.append(make("dt", "", key), make("dd", "", does));
  keys.append(make("summary", "", "With the keyboard"), rows);
  bar.append(make("p", "btl-task", model.get("task")), ...(legend.childElementCount ? [legend] : []), tools, status);
  root.append(bar, page, keys, list, reveal);
  heard();
  el.append(root);

  return () => {
    clearTimeout(timer);
    listening.abort();
    resized.disconnect();
    model.off("change:saved", heard);
  };
}

export default { render };
