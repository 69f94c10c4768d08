// What a form asks for. Its path begins at our own origin; the token goes into the header alone.

function bodyOf(form, fields) {
  const json = form.querySelector("[data-in=body]");
  if (json) return json.value;
  const parts = fields("form");
  if (!parts.length) return undefined;
  const body = new FormData();
  for (const { name, value, files } of parts) body.append(name, files ? files[0] : value);
  return body;
}

export function requestOf(form, token, org) {
  const fields = (where) =>
    [...form.querySelectorAll(`[data-in=${where}]`)].filter(({ value }) => value);
  const pairs = (where) => fields(where).map(({ name, value }) => [name, value]);
  const { method, path } = form.dataset;
  const names = { org, ...Object.fromEntries(pairs("path")) };
  const place = path.replace(/{(\w+)}/g, (_, name) => encodeURIComponent(names[name]));
  const query = new URLSearchParams(pairs("query"));
  const body = bodyOf(form, fields);
  const headers = { Authorization: `Bearer ${token}` };
  if (typeof body === "string") headers["Content-Type"] = "application/json";
  return {
    ...{ address: query.size ? `${place}?${query}` : place, method, headers, body },
    ...{ credentials: "omit", redirect: "error", cache: "no-store" },
  };
}
