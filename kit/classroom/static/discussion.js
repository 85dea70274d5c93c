// The class's text on the projector: Reveal shows the kit and the careful reader. Until then it is read anew, since
// students may still hand in.
"use strict";

const EVERY = 5000; // milliseconds
const button = document.getElementById("reveal");
const legend = document.getElementById("legend");

button?.addEventListener("click", () => {
  const revealed = document.body.classList.toggle("revealed");
  button.setAttribute("aria-pressed", String(revealed));
  button.textContent = revealed ? "Hide" : "Reveal";
  if (legend) legend.hidden = !revealed;
});
setInterval(() => {
  if (!document.body.classList.contains("revealed")) location.reload();
}, EVERY);
