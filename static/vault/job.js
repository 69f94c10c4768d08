// A job's page while it is under way: asked for again and again, and only its progress put in place,
// so that nothing under a hand or the focus is taken away. When it has ended, the page is fresh.
import { fetchPage } from "../js/pages.js";

const PAUSE = 1500;
const PARTS = ["[data-job-progress]", "[data-job-words]"];

function show(page) {
  const [progress, words] = PARTS.map((part) => document.querySelector(part));
  const [fresh, told] = PARTS.map((part) => page.querySelector(part));
  progress.value = fresh.value;
  words.textContent = told.textContent;
}

async function follow() {
  const { answer, page } = await fetchPage(location.href);
  if (!answer.ok || !page.querySelector("[data-job]")) {
    location.reload();
    return;
  }
  show(page);
  setTimeout(follow, PAUSE);
}

setTimeout(follow, PAUSE);
