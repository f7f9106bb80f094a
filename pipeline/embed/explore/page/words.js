// The page's words: those of the run's language, from the same table as the video's.

/** A text with values in the place of their names in braces; of two forms the first is for a count of 1. */
export function filled(text, values) {
  const [one, many] = text.split(" | ");
  const form = many === undefined || values.count === 1 ? one : many;
  return form.replace(/\{([a-z_]+)\}/g, (braces, name) => values[name] ?? braces);
}

/** The same of the page's own words, by their name. */
export function said(run, name, values = {}) {
  return filled(run.words.page[name], values);
}

/** Plain text as HTML, also within an attribute. */
export function inHtml(text) {
  return text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}
