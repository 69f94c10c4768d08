// The words stand in the page, where they are translated.

export function wordsOfPage(list) {
  const terms = [...document.querySelectorAll(`${list} dt`)];
  return Object.fromEntries(
    terms.map((term) => [term.textContent, term.nextElementSibling.textContent]),
  );
}

const UNITS = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];

/** 1,024-based like the server's own sizes, in the reader's language. */
export function sizeWords(bytes) {
  const step = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), UNITS.length - 1);
  const format = new Intl.NumberFormat(document.documentElement.lang, {
    style: "unit",
    unit: UNITS[step],
    unitDisplay: "short",
    maximumFractionDigits: step ? 1 : 0,
  });
  return format.format(bytes / 1024 ** step);
}
