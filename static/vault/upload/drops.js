// Files may be dropped anywhere on the page; a veil says into which folder they go.

const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");

function filesOf(transfer) {
  return [...transfer.items].flatMap((item) => {
    const file = item.getAsFile();
    if (!file) return [];
    return [Object.assign(file, { isFolder: item.webkitGetAsEntry?.()?.isDirectory ?? false })];
  });
}

export function acceptDrops(take) {
  const veil = document.querySelector("#upload-veil").content.firstElementChild.cloneNode(true);
  // dragenter and dragleave come for every element that the pointer crosses.
  let depth = 0;
  const lift = () => {
    depth = 0;
    veil.remove();
  };

  addEventListener("dragenter", (event) => {
    if (!holdsFiles(event)) return;
    depth += 1;
    document.body.append(veil);
  });
  addEventListener("dragleave", (event) => {
    if (!holdsFiles(event)) return;
    depth -= 1;
    if (depth <= 0) lift();
  });
  addEventListener("dragover", (event) => {
    if (holdsFiles(event)) event.preventDefault();
  });
  addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    lift();
    take(filesOf(event.dataTransfer));
  });
}
