// After the last upload the list and the meter are fetched anew, and put in place of the old ones.
import { announce, fetchPage } from "../../js/pages.js";

const PARTS = ["listing", "storage"];

export async function refreshPage() {
  if (!document.querySelector("#listing")) return;
  const { answer, page } = await fetchPage(location.href);
  if (!answer.ok) return;
  for (const id of PARTS) {
    const fresh = page.getElementById(id);
    if (!fresh) continue;
    document.getElementById(id)?.replaceWith(fresh);
    announce(fresh);
  }
}
