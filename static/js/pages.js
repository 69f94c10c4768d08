// Pages that are asked for by a script: the same pages as always, of which a part is shown.

export async function fetchPage(address, options = {}) {
  const answer = await fetch(address, { ...options, headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  return { answer, page };
}

/** What has come into the page anew: grids, times and the like are offered there. */
export function announce(root) {
  document.dispatchEvent(new CustomEvent("fresh", { detail: root }));
}
