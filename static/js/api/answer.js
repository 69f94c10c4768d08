// An answer: its status, the headers that matter, and JSON to read, or how many bytes there are.

const TOLD = ["content-type", "x-request-id", "retry-after"];

function fact(name, value) {
  const [pair, term, words] = ["div", "dt", "dd"].map((tag) => document.createElement(tag));
  term.textContent = name;
  words.textContent = value;
  pair.append(term, words);
  return pair;
}

async function read(answer, words) {
  const { headers, body } = answer;
  if (/\bjson\b/.test(headers.get("content-type"))) {
    return JSON.stringify(await answer.json(), null, 2);
  }
  const size = Number(headers.get("content-length"));
  await body?.cancel();
  return size ? words.bytes.replace("{size}", size.toLocaleString()) : words.nothing;
}

export async function showAnswer(place, answer, words) {
  const shown = place.querySelector("[data-answer]");
  const told = TOLD.filter((name) => answer.headers.has(name));
  shown.querySelector("pre").textContent = await read(answer, words);
  shown.querySelector("dl").replaceChildren(
    ...told.map((name) => fact(name, answer.headers.get(name))),
  );
  shown.hidden = false;
  const status = place.querySelector("[role=status]");
  status.textContent = `${answer.status} ${answer.statusText}`;
  status.dataset.ok = answer.ok;
}
