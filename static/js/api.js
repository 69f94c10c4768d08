// "Try it" on the page of the API: each call is sent from its own form, and its answer shown there.
import { showAnswer } from "./api/answer.js";
import { holdToken } from "./api/token.js";
import { requestOf } from "./api/request.js";
import { openWhatIsNamed } from "./api/named.js";
import { wordsOfPage } from "./words.js";

const card = document.querySelector("[data-key]");
const org = card.querySelector("#org");
const token = holdToken(card);
const words = wordsOfPage("#api-words");

const isReady = (form) =>
  token.isHeld() && (!form.dataset.path.includes("{org}") || org.reportValidity());

async function send(form) {
  if (!isReady(form)) return;
  const place = form.parentElement;
  const status = place.querySelector("[role=status]");
  status.textContent = words.sending;
  try {
    const { address, ...options } = requestOf(form, token.value(), org.value.trim());
    await showAnswer(place, await fetch(address, options), words);
  } catch {
    place.querySelector("[data-answer]").hidden = true;
    status.textContent = words.failed;
  }
}

card.hidden = false;
for (const part of document.querySelectorAll("[data-try]")) {
  part.hidden = false;
  part.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.target);
  });
}
openWhatIsNamed();
