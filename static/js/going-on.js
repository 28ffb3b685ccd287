"use strict";

// What a reader keeps in this browser, and nowhere else: saved comparisons, and those read lately. And two ways of
// passing a page on. Without this a page has neither, and lacks nothing else.

(() => {
  const MOST = { saved: 200, recent: 12 };

  // The browser may refuse to keep anything: then nothing is kept, and nothing breaks.
  function read(name) {
    try {
      const found = JSON.parse(localStorage.getItem(name) ?? "[]");
      return Array.isArray(found) ? found.filter((each) => typeof each?.path === "string" && each.path.startsWith("/")) : [];
    } catch {
      return [];
    }
  }

  function keep(name, list) {
    try {
      localStorage.setItem(name, JSON.stringify(list.slice(0, MOST[name])));
    } catch {
      return;
    }
  }

  const without = (list, path) => list.filter((each) => each.path !== path);

  function button(text, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = text;
    made.addEventListener("click", () => act(made));
    return made;
  }

  function showTools(place) {
    const { path, title, save, saved, copy, copied, share } = place.dataset;
    const status = document.createElement("span");
    status.setAttribute("role", "status");
    const isSaved = () => read("saved").some((each) => each.path === path);
    const keeper = button("", () => {
      const others = without(read("saved"), path);
      keep("saved", isSaved() ? others : [{ path, title }, ...others]);
      show();
    });
    function show() {
      keeper.textContent = isSaved() ? saved : save;
      keeper.setAttribute("aria-pressed", String(isSaved()));
    }
    show();
    place.append(keeper);
    const address = () => new URL(path, location.href).href;
    if (navigator.clipboard) {
      place.append(
        button(copy, async () => {
          await navigator.clipboard.writeText(address());
          status.textContent = copied;
        }),
      );
    }
    if (navigator.share) {
      place.append(button(share, () => navigator.share({ title, url: address() }).catch(() => {})));
    }
    place.append(status);
    place.hidden = false;
    keep("recent", [{ path, title }, ...without(read("recent"), path)]);
  }

  function showList(place) {
    const { kept, remove } = place.dataset;
    const list = place.querySelector("ul");
    const found = read(kept);
    list.replaceChildren(
      ...found.map(({ path, title }) => {
        const item = document.createElement("li");
        const link = document.createElement("a");
        link.href = path;
        link.textContent = title;
        item.append(link);
        if (remove) {
          const remover = button(remove, () => {
            keep(kept, without(read(kept), path));
            showList(place);
            place.querySelector("h1, h2").focus();
          });
          remover.setAttribute("aria-label", `${remove}: ${title}`);
          item.append(" ", remover);
        }
        return item;
      }),
    );
    const empty = place.querySelector(".empty");
    if (empty) empty.hidden = found.length > 0;
    place.hidden = found.length === 0 && !empty;
  }

  document.querySelectorAll("[data-kept]").forEach(showList);
  document.querySelectorAll("[data-save]").forEach(showTools);
})();
