// The zone of this device is offered where another one is chosen.

export function offerZone() {
  const field = document.querySelector("select[data-zone]");
  const offer = document.querySelector("[data-zone-offer]");
  if (!field || !offer) return;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const option = [...field.options].find(({ value }) => value === zone);
  if (!option || option.selected) return;
  offer.querySelector("span").textContent = offer.dataset.zoneOffer.replace("{zone}", zone);
  offer.hidden = false;
  offer.querySelector("button").addEventListener("click", () => {
    option.selected = true;
    offer.hidden = true;
    field.focus();
  });
}
