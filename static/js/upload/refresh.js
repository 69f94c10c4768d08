// After the last upload the list and the meter are fetched anew, and put in place of the old ones.

const PARTS = ["listing", "storage"];

export async function refreshPage() {
  const list = document.querySelector("#listing");
  if (!list) return;
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of PARTS) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id)?.replaceWith(fresh);
  }
}
