// One run, large, over the page.

let current = null; // the run that is shown

function open(run) {
  current = run;
  if (run.card) stop(run.card);
  $("large-label").textContent = run.label;
  $("large-message").hidden = run.state === "done";
  $("large-message").textContent = run.message || say(run.state);
  $("large-media").replaceChildren(...large(run));
  const facts = COLUMNS.filter((column) => !column.hidden && figures(column.of(run)) !== "");
  const terms = facts.map((column) => {
    const value = element("dd", { textContent: told(column, run) });
    return element("div", {}, element("dt", { textContent: column.title }), value);
  });
  $("large-facts").replaceChildren(...terms);
  const links = [[say("folder"), run.folder], [say("video"), run.video], [say("failure"), run.failure], [say("laboratory"), run.laboratory]];
  const there = links.filter(([, href]) => href).map(([textContent, href]) => element("a", { href, textContent }));
  $("large-links").replaceChildren(...there);
  $("large-claim").replaceChildren(...(run.claim ? [claimOf(run.claim)] : []));
  $("large-command").hidden = !run.command;
  $("large-command").textContent = run.command || "";
  if (!$("large").open) $("large").showModal();
}

function large(run) {
  if (!run.video || isPicture(run.video)) {
    const src = run.video || still(run);
    return src ? [element("img", { src, alt: run.label })] : [];
  }
  const settings = { controls: true, muted: true, loop: true, playsInline: true, autoplay: !calm.matches };
  const video = element("video", { src: run.video, poster: run.poster || "", ...settings });
  video.setAttribute("aria-label", [run.label, run.spoken].filter(Boolean).join(". "));
  const words = { kind: "subtitles", srclang: run.lang, src: run.track };
  if (run.track) video.append(element("track", words));
  return [video];
}

function close() {
  $("large").close();
}

function go(step) {
  const next = runs[runs.indexOf(current) + step];
  if (next) open(next);
}

function followLarge() {
  $("large").addEventListener("click", (event) => {
    if (event.target === $("large") || event.target.closest("[data-close]")) close();
    const step = event.target.closest("[data-go]");
    if (step) go(Number(step.dataset.go));
  });
  $("large").addEventListener("close", () => {
    $("large-media").replaceChildren(); // ends its decoding
    if (current && runs.includes(current)) move(current);
  });
}
