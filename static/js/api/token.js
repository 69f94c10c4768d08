// The token is kept in memory alone: its field gives it up at once, leaving the page forgets it.

export function holdToken(card) {
  const field = card.querySelector("#key");
  const kept = card.querySelector("[data-kept]");
  let secret = "";

  function hold(value) {
    secret = value.trim();
    field.value = "";
    kept.hidden = !secret;
  }

  field.addEventListener("change", () => field.value && hold(field.value));
  kept.querySelector("button").addEventListener("click", () => {
    hold("");
    field.focus();
  });
  addEventListener("pagehide", () => hold(""));
  return { value: () => secret, isHeld: () => Boolean(secret) || field.reportValidity() };
}
