// What readers' pages do beside what HTML does: offers below a field while somebody types, buttons to save a page and
// to pass it on, and the list of what was saved. Each part acts where its elements are. Without this script the forms
// do the same in one more step, and the rest stays hidden. Every word comes from a template or an answer of the site.

(() => {
  "use strict";

  function element(name, attributes, ...content) {
    const made = document.createElement(name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    made.append(...content);
    return made;
  }

  function button(text, act) {
    const made = element("button", { type: "button" }, text);
    made.addEventListener("click", act);
    return made;
  }

  /* Offers below a field: a combobox with a list, as the ARIA Authoring Practices describe it
     (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). */

  const QUIET_MS = 120; // after the last key, before the site is asked

  class Combobox {
    active = -1;
    offers = [];
    timer = 0;

    constructor(input) {
      this.input = input;
      this.asked = input.value.trim();
      this.list = element("ul", { id: `${input.id}-list`, class: "offers", role: "listbox", hidden: "" });
      this.list.setAttribute("aria-label", input.labels[0].textContent);
      this.status = element("p", { class: "unseen", role: "status" });
      input.after(this.list, this.status);
      input.setAttribute("role", "combobox");
      input.setAttribute("aria-autocomplete", "list");
      input.setAttribute("aria-controls", this.list.id);
      input.setAttribute("aria-expanded", "false");
      input.addEventListener("input", () => this.wait());
      input.addEventListener("keydown", (event) => this.press(event));
      input.addEventListener("blur", () => this.close());
      // A press, before the field loses the focus.
      this.list.addEventListener("pointerdown", (event) => this.point(event));
    }

    get isOpen() {
      return !this.list.hidden;
    }

    wait() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), QUIET_MS);
    }

    async ask() {
      const typed = this.input.value.trim();
      if (typed === this.asked) return;
      this.asked = typed;
      if (!typed) return this.close();
      try {
        const response = await fetch(`${this.input.dataset.offered}?q=${encodeURIComponent(typed)}`);
        if (!response.ok) return this.close();
        const answer = await response.json();
        if (typed === this.asked && document.activeElement === this.input) this.show(answer);
      } catch {
        this.close(); // offline: the form itself still works
      }
    }

    show({ offers, said }) {
      const chosen = this.offers[this.active]?.title; // the answer may come after somebody has begun to choose
      this.offers = offers;
      this.list.replaceChildren(...offers.map((offer, place) => this.option(offer, place)));
      this.list.hidden = offers.length === 0;
      this.input.setAttribute("aria-expanded", String(this.isOpen));
      this.activate(offers.findIndex(({ title }) => title === chosen));
      this.status.textContent = said;
    }

    option({ title, about }, place) {
      return element("li", { id: `${this.list.id}-${place}`, role: "option" }, title, element("small", {}, about));
    }

    close() {
      this.list.hidden = true;
      this.input.setAttribute("aria-expanded", "false");
      this.activate(-1);
    }

    activate(place) {
      this.active = place;
      const options = [...this.list.children];
      options.forEach((option, other) => option.setAttribute("aria-selected", String(other === place)));
      if (place < 0) return this.input.removeAttribute("aria-activedescendant");
      this.input.setAttribute("aria-activedescendant", options[place].id);
      options[place].scrollIntoView({ block: "nearest" });
    }

    /* An offer that has an address leads there; any other fills the field. */
    take(place) {
      const { title, url } = this.offers[place];
      this.input.value = this.asked = title;
      this.close();
      if (url) location.assign(url);
    }

    press(event) {
      const last = this.offers.length - 1;
      if (event.key === "Enter" && this.active >= 0) this.take(this.active);
      else if (event.key === "Escape" && this.isOpen) this.close();
      else if (event.key === "ArrowDown" && this.isOpen) this.activate(this.active < last ? this.active + 1 : 0);
      else if (event.key === "ArrowUp" && this.isOpen) this.activate(this.active > 0 ? this.active - 1 : last);
      else return;
      event.preventDefault();
    }

    point(event) {
      const option = event.target.closest("[role=option]");
      if (option) this.take([...this.list.children].indexOf(option));
      event.preventDefault();
    }
  }

  /* What a reader keeps in this browser, and nowhere else: comparisons that were saved, and those read lately. */

  const MOST = { saved: 200, recent: 12 };

  const isKept = (each) => typeof each?.path === "string" && each.path.startsWith("/");
  const without = (list, path) => list.filter((each) => each.path !== path);

  // The browser may refuse to keep anything: then nothing is kept, and nothing breaks.
  function read(name) {
    try {
      const found = JSON.parse(localStorage.getItem(name) ?? "[]");
      return Array.isArray(found) ? found.filter(isKept) : [];
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

  function showKept(place) {
    const found = read(place.dataset.kept);
    const empty = place.querySelector(".empty");
    place.querySelector("ul").replaceChildren(...found.map((each) => entry(place, each)));
    if (empty) empty.hidden = found.length > 0;
    place.hidden = found.length === 0 && !empty;
  }

  function entry(place, { path, title }) {
    const { kept, remove, removeNamed } = place.dataset;
    const item = element("li", {}, element("a", { href: path }, title));
    if (!remove) return item;
    const remover = button(remove, () => {
      keep(kept, without(read(kept), path));
      showKept(place);
      place.querySelector("h1, h2").focus();
    });
    remover.setAttribute("aria-label", removeNamed.replace("{title}", () => title));
    item.append(" ", remover);
    return item;
  }

  /* Buttons to save a page and to pass it on; that it was shown is kept as well. */

  function addTools(place) {
    const { path, title, copy, copied, share } = place.dataset;
    const { href } = new URL(path, location.href);
    const status = element("span", { role: "status" });
    const copyLink = async () => {
      await navigator.clipboard.writeText(href);
      status.textContent = copied;
    };
    place.append(saver(place.dataset));
    if (navigator.clipboard) place.append(button(copy, copyLink));
    if (navigator.share) place.append(button(share, () => navigator.share({ title, url: href }).catch(() => {})));
    place.append(status);
    place.hidden = false;
    keep("recent", [{ path, title }, ...without(read("recent"), path)]);
  }

  function saver({ path, title, save, saved }) {
    const isSaved = () => read("saved").some((each) => each.path === path);
    const show = () => {
      made.textContent = isSaved() ? saved : save;
      made.setAttribute("aria-pressed", String(isSaved()));
    };
    const made = button(save, () => {
      const others = without(read("saved"), path);
      keep("saved", isSaved() ? others : [{ path, title }, ...others]);
      show();
    });
    show();
    return made;
  }

  document.querySelectorAll("input[data-offered]").forEach((input) => new Combobox(input));
  document.querySelectorAll("[data-kept]").forEach(showKept);
  document.querySelectorAll("[data-save]").forEach(addTools);
})();
