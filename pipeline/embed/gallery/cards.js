// The runs as cards with posters that play, and as a table. Media are fetched only when a card comes near.

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const drawn = DATA.runs.some((run) => run.poster);
const loss = DATA.measures.findIndex((one) => one.name === "final_loss");
let showsLast = true;

const $ = (id) => document.getElementById(id);

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

const still = (run) => (showsLast ? run.last || run.poster : run.poster || run.last);

function picture(run) {
  if (!still(run)) return element("p", { textContent: say(run.state === "failed" ? "failed" : "no_picture") });
  return element("img", { src: still(run), alt: "", loading: "lazy", decoding: "async", draggable: false });
}

// A claim's verdict, and its number against the predicted one.
function claimOf(claim) {
  const verdict = element("p", { className: `verdict ${claim.kind}`, textContent: claim.verdict });
  const numbers = claim.numbers.map(([name, value]) => {
    return element("div", {}, element("dt", { textContent: name }), element("dd", { textContent: value }));
  });
  return element("div", {}, verdict, element("dl", { className: "numbers" }, ...numbers));
}

function cardOf(run) {
  const media = element("div", { className: "media" });
  media.append(picture(run));
  const text = element("div", { className: "text" }, element("h3", { textContent: run.label }));
  if (run.claim) text.append(claimOf(run.claim));
  if (run.state !== "done") {
    text.append(element("p", { className: "fault", textContent: run.message || say(run.state) }));
  } else if (loss >= 0) {
    text.append(element("p", { className: "number", textContent: `${DATA.measures[loss].title} ${figures(run.numbers[loss])}` }));
  }
  const card = element("article", { className: `card ${run.state}`, tabIndex: -1 }, media, text);
  card.setAttribute("role", "listitem");
  card.setAttribute("aria-label", `${run.label}, ${say(run.state)}`);
  card.run = run;
  run.card = card;
  return card;
}

// Play over the poster, from the start; the poster stays under it until the first frame is there.
function play(card) {
  const { run } = card;
  if (!run.video || card.querySelector("video, .moving")) return;
  const media = card.querySelector(".media");
  if (isPicture(run.video)) {
    media.append(element("img", { className: "moving", src: run.video, alt: "" }));
    return;
  }
  const video = element("video", { src: run.video, muted: true, loop: true, playsInline: true, preload: "auto" });
  media.append(video);
  video.play().catch(() => {}); // it was taken away before it began
}

function stop(card) {
  for (const moving of card.querySelectorAll("video, .moving")) {
    if (moving.tagName === "VIDEO") {
      moving.pause();
      moving.removeAttribute("src");
      moving.load(); // frees the decoder
    }
    moving.remove();
  }
}

function layCards(runs) {
  const place = $("cards");
  const first = !place.childElementCount;
  place.replaceChildren(...runs.map((run) => run.card || cardOf(run)));
  if (first) {
    const near = (event) => event.target.closest?.(".card");
    const leaves = (event, card) => card && !card.contains(event.relatedTarget);
    place.addEventListener("pointerover", (event) => near(event) && !calm.matches && play(near(event)));
    place.addEventListener("pointerout", (event) => leaves(event, near(event)) && stop(near(event)));
    place.addEventListener("focusout", (event) => near(event) && stop(near(event)));
    place.addEventListener("click", (event) => near(event) && open(near(event).run));
  }
  for (const run of runs) run.card.tabIndex = run === runs[0] ? 0 : -1;
}

function turnPosters() {
  showsLast = !showsLast;
  for (const run of DATA.runs) if (run.card && still(run)) run.card.querySelector(".media img").src = still(run);
}

function layTable(runs) {
  const columns = COLUMNS.filter((column) => !column.hidden);
  const last = element("button", { textContent: say("message"), disabled: true });
  const head = element("tr", {}, ...columns.map(headOf), element("th", {}, last));
  const body = runs.map((run) => {
    const cells = columns.map((column) => {
      return element("td", { textContent: told(column, run), className: isNumber(column.of(run)) ? "figure" : "" });
    });
    const words = element("td", { className: "words fault", textContent: run.message });
    const row = element("tr", { tabIndex: run === runs[0] ? 0 : -1 }, ...cells, words);
    row.run = run;
    run.row = row;
    return row;
  });
  const table = element("table", {}, element("thead", {}, head), element("tbody", {}, ...body));
  table.tBodies[0].addEventListener("click", (event) => open(event.target.closest("tr").run));
  $("table").replaceChildren(table);
}

function headOf(column) {
  const sorted = asked.sort === column.name;
  const sign = sorted ? (asked.descending ? " ▾" : " ▴") : "";
  const button = element("button", { type: "button", textContent: column.title + sign });
  button.addEventListener("click", () => sortBy(column.name, sorted && !asked.descending));
  const head = element("th", { scope: "col", className: isNumber(column.of(DATA.runs[0])) ? "figure" : "" }, button);
  if (sorted) head.setAttribute("aria-sort", asked.descending ? "descending" : "ascending");
  return head;
}
