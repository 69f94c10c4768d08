// The tray: a row for each file with its progress, and one line that says how far all of it is.

const copyOf = (id) => document.querySelector(id).content.firstElementChild.cloneNode(true);

function createRow(name, size, words, changed) {
  const element = copyOf("#upload-row");
  const part = (selector) => element.querySelector(selector);
  const percent = new Intl.NumberFormat(document.documentElement.lang, { style: "percent" });
  const bar = part("progress");
  part(".tray-name").textContent = name;
  part(".tray-name").title = name;
  part(".tray-size").textContent = size;
  bar.ariaLabel = name;

  return {
    element,
    progress(share) {
      bar.value = Math.max(bar.value, share);
      element.dataset.state = "sending";
      part(".tray-state").textContent =
        share < 1 ? words.sending.replace("{percent}", percent.format(share)) : words.checking;
    },
    settle(state, sentence) {
      if (state === "queued") bar.value = 0;
      element.dataset.state = state;
      part(".tray-state").textContent = sentence;
      part("[data-again]").hidden = true;
      changed();
    },
    offerAgain(again) {
      const button = part("[data-again]");
      button.hidden = false;
      button.onclick = again;
    },
  };
}

export function createTray() {
  const element = copyOf("#upload-tray");
  const rows = element.querySelector(".tray-rows");
  const close = element.querySelector("[data-close]");
  const status = element.querySelector("[role=status]");
  const title = element.querySelector("#tray-title");
  let summary = "";

  const inState = (state) => rows.querySelectorAll(`[data-state="${state}"]`).length;
  const count = () => {
    title.textContent = summary
      .replace("{filed}", inState("filed"))
      .replace("{total}", rows.children.length);
  };

  close.addEventListener("click", () => {
    element.remove();
    rows.replaceChildren();
  });

  return {
    show() {
      document.body.append(element);
    },
    row(name, size, words) {
      summary = words.summary;
      const row = createRow(name, size, words, count);
      rows.append(row.element);
      close.hidden = true;
      return row;
    },
    finish() {
      close.hidden = inState("queued") + inState("sending") > 0;
      status.textContent = title.textContent;
    },
  };
}
