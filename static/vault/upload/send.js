// One file in one request. Answers {state: "filed" | "refused" | "failed", words?}.
// XMLHttpRequest, because fetch tells nothing about how much was sent.

function outcome(request, words) {
  const answer = request.response;
  if (request.status < 300 && answer?.documents?.length) return { state: "filed" };
  const refusal = answer?.refused?.[0] ?? answer;
  if (refusal?.title) return { state: "refused", words: refusal.detail || refusal.title };
  if (request.status >= 400 && request.status < 500) return { state: "refused" };
  return { state: "failed", words: words.unanswered };
}

export function send(file, form, { words, progress }) {
  const body = new FormData(form);
  body.set("file", file);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress(event.loaded / event.total);
    });
    request.addEventListener("load", () => resolve(outcome(request, words)));
    request.addEventListener("error", () => resolve({ state: "failed", words: words.failed }));
    request.send(body);
  });
}
