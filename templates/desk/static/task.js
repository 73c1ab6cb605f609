// Saves what an agency types a moment after it was typed. Without this script the page works too.
(() => {
  const form = document.getElementById("form-tra-loi");
  if (!form || !window.fetch) return;
  const told = document.getElementById("tu-luu");
  const wait = 1200;
  let timer = 0;
  let asking = null;
  let again = false;
  let leaving = false;

  const say = (name) => { told.textContent = form.dataset[name] || ""; };

  const typed = () => {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(form)) {
      if (typeof value === "string") body.append(name, value);
    }
    return body;
  };

  const save = async (last) => {
    if (leaving && !last) return;
    if (asking && !last) { again = true; return; }
    asking = new AbortController();
    if (!last) say("saving");
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST", body: typed(), credentials: "same-origin", keepalive: last,
        headers: { Accept: "application/json" }, signal: asking.signal,
      });
      const said = await answer.json();
      if (answer.ok) {
        form.elements.seen.value = said.number;
        say("saved");
      } else {
        told.textContent = said.message || form.dataset.unsaved;
      }
    } catch (error) {
      if (error.name !== "AbortError") say("unsaved");
    }
    asking = null;
    if (again) { again = false; save(false); }
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(() => { timer = 0; save(false); }, wait);
  };

  const tooBig = () => {
    let bytes = 0;
    for (const field of form.querySelectorAll("input[type=file]")) {
      for (const file of field.files) bytes += file.size;
    }
    return bytes > Number(form.dataset.limit);
  };

  form.addEventListener("input", (event) => { if (event.target.type !== "file") soon(); });
  form.addEventListener("change", (event) => {
    if (event.target.type === "file" && tooBig()) told.textContent = form.dataset.tooBig;
  });
  form.addEventListener("submit", (event) => {
    if (tooBig()) {
      event.preventDefault();
      told.textContent = form.dataset.tooBig;
      told.scrollIntoView({ block: "center" });
      return;
    }
    leaving = true;
    clearTimeout(timer);
    if (asking) asking.abort();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer && !leaving) {
      clearTimeout(timer);
      timer = 0;
      save(true);
    }
  });
})();
