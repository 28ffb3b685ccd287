"use strict";

// Offers something below a field while somebody types in it: a combobox with a list, as the ARIA Authoring Practices
// describe it (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Without this, the form around the field does the
// same in one more step.
//
// `found` is the address that answers what was typed (`?q=`), `read` takes the offers ({ title, about, ... }) out of an
// answer, `choose` does what choosing one of them means, `count` says how many there are.
function combobox(input, { found, read, choose, count }) {
  const QUIET_MS = 120;
  const list = document.createElement("ul");
  list.id = `${input.id}-list`;
  list.className = "offers";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0].textContent);
  list.hidden = true;
  const status = document.createElement("p");
  status.className = "unseen";
  status.setAttribute("role", "status");
  input.after(list, status);
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  input.setAttribute("aria-expanded", "false");

  let active = -1;
  let timer = 0;
  let asked = input.value.trim();
  let offers = [];

  const options = () => [...list.children];

  function activate(place) {
    active = place;
    options().forEach((option, n) => option.setAttribute("aria-selected", String(n === place)));
    if (place < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", options()[place].id);
      options()[place].scrollIntoView({ block: "nearest" });
    }
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    activate(-1);
  }

  function take(place) {
    const offer = offers[place];
    input.value = asked = offer.title;
    close();
    choose(offer);
  }

  function show(found_) {
    offers = found_;
    list.replaceChildren(
      ...offers.map((offer, n) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${n}`;
        option.setAttribute("role", "option");
        const about = document.createElement("small");
        about.textContent = offer.about;
        option.append(offer.title, about);
        return option;
      }),
    );
    list.hidden = offers.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    activate(-1);
    status.textContent = count(offers.length);
  }

  async function ask() {
    const typed = input.value.trim();
    if (typed === asked) return;
    asked = typed;
    if (!typed) return close();
    try {
      const response = await fetch(`${found}?q=${encodeURIComponent(typed)}`);
      if (!response.ok) return close();
      const answer = read(await response.json());
      if (typed === asked && document.activeElement === input) show(answer);
    } catch {
      close(); // offline: the form itself still works
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, QUIET_MS);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      close();
      event.preventDefault();
    } else if (event.key === "Enter" && active >= 0) {
      take(active);
      event.preventDefault();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
      const many = options().length;
      const step = event.key === "ArrowDown" ? 1 : -1;
      activate(active < 0 && step < 0 ? many - 1 : (active + step + many) % many);
      event.preventDefault();
    }
  });
  input.addEventListener("blur", close);
  // A press, before the field loses the focus.
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(options().indexOf(option));
    event.preventDefault();
  });
}
