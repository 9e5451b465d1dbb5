/** Renders the almanac: by path, the text of every file that the image holds. */
export function renderAlmanac(harbours, version) {
  const pages = harbours.map((harbour) => [`${slugOf(harbour.name)}.html`, harbourPage(harbour)]);
  return new Map([
    ["index.html", indexPage(harbours, version)],
    ...pages,
    ["almanac.json", `${JSON.stringify({ version, harbours: harbours.map(({ name }) => name) })}\n`],
    ["VERSION", `${version}\n`],
  ]);
}

/** The name of a harbour's page, without its ending. */
export function slugOf(name) {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}

function indexPage(harbours, version) {
  const items = harbours.map(({ name }) => `<li><a href="${slugOf(name)}.html">${escapeHtml(name)}</a></li>`);
  return page("Tide almanac", `<ul>${items.join("")}</ul><p>Edition ${escapeHtml(version)}. Not for navigation.</p>`);
}

function harbourPage({ name, high, low }) {
  const rows = [...high.map((time) => [time, "high"]), ...low.map((time) => [time, "low"])].sort();
  const cells = rows.map(([time, water]) => `<tr><td>${time}</td><td>${water} water</td></tr>`);
  return page(name, `<table>${cells.join("")}</table><p><a href="index.html">All harbours</a></p>`);
}

function page(title, body) {
  const head = `<meta charset="utf-8"><title>${escapeHtml(title)}</title>`;
  return `<!doctype html><html lang="en"><head>${head}</head><body><h1>${escapeHtml(title)}</h1>${body}</body></html>\n`;
}

function escapeHtml(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
