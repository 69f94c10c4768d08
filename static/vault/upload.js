// Uploads with progress, one request per file; the plain form does the same without this.
import { acceptDrops } from "./upload/drops.js";
import { refreshPage } from "./upload/refresh.js";
import { createQueue } from "./upload/queue.js";
import { createTray } from "./upload/tray.js";

const form = document.querySelector("form[data-upload]");

if (form) {
  const input = form.querySelector("input[type=file]");
  const tray = createTray();
  const queue = createQueue(form, tray, { whenEmpty: refreshPage });

  const take = (files) => {
    tray.show();
    for (const file of files) queue.add(file);
  };

  acceptDrops(take);
  input.addEventListener("change", () => {
    take([...input.files]);
    input.value = "";
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-upload-open]")) return;
    event.preventDefault();
    input.click();
  });
}
