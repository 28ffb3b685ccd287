"use strict";

// Offers roles below a field while somebody types in it: a combobox with a list, as the ARIA Authoring Practices
// describe it (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). Without this, the form asks again where a name is
// not clear.

(() => {
  const QUIET_MS = 120;

  function build(input, found) {
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
    let asked = "";

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

    function choose(option) {
      input.value = asked = option.dataset.title;
      close();
    }

    function show(roles) {
      list.replaceChildren(
        ...roles.map((role, n) => {
          const option = document.createElement("li");
          option.id = `${list.id}-${n}`;
          option.dataset.title = role.title;
          option.setAttribute("role", "option");
          const about = document.createElement("small");
          about.textContent = role.called ? `${role.called}: ${role.definition}` : role.definition;
          option.append(role.title, about);
          return option;
        }),
      );
      list.hidden = roles.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
      activate(-1);
      status.textContent = roles.length === 1 ? "1 role" : `${roles.length} roles`;
    }

    async function ask() {
      const typed = input.value.trim();
      if (typed === asked) return;
      asked = typed;
      if (!typed) return close();
      try {
        const response = await fetch(`${found}?q=${encodeURIComponent(typed)}`);
        if (!response.ok) return close();
        const { roles } = await response.json();
        if (typed === asked && document.activeElement === input) show(roles);
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
        choose(options()[active]);
        event.preventDefault();
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !list.hidden) {
        const count = options().length;
        const step = event.key === "ArrowDown" ? 1 : -1;
        activate(active < 0 && step < 0 ? count - 1 : (active + step + count) % count);
        event.preventDefault();
      }
    });
    input.addEventListener("blur", close);
    // A press, before the field loses the focus.
    list.addEventListener("pointerdown", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(option);
      event.preventDefault();
    });
  }

  for (const form of document.querySelectorAll("form[data-found]")) {
    for (const input of form.querySelectorAll("input[type=text]")) build(input, form.dataset.found);
  }
})();
