// Results while typing: the same page, asked for again, and only its results put in place.
import { announce, fetchPage } from "../js/pages.js";

const form = document.querySelector("form[data-search]");
const PAUSE = 200;

/** One short sentence for whoever hears the page: how many there are, or that there is nothing. */
function tell(place) {
  const words = place.querySelector(".listing-footer span, .empty h2").textContent;
  document.querySelector("#results-words").textContent = words.replace(/\s+/g, " ").trim();
}

if (form) {
  let waiting;
  let asking;

  const ask = async () => {
    asking?.abort();
    asking = new AbortController();
    const query = new URLSearchParams(new FormData(form));
    const address = `${location.pathname}?${query}`;
    try {
      const { answer, page } = await fetchPage(address, { signal: asking.signal });
      if (!answer.ok) return;
      const place = document.querySelector(form.dataset.search);
      place.replaceChildren(...page.querySelector(form.dataset.search).children);
      tell(place);
      announce(place);
      history.replaceState(null, "", address);
    } catch (error) {
      if (error.name !== "AbortError") throw error; // a newer question took its place
    }
  };

  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
}
