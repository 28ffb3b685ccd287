/* Choosing a picture in a form: the number becomes buttons and a dialog with the library's pictures. Without this
   script, the number can be typed. */
(() => {
  "use strict";

  const PAUSE = 250; // milliseconds after the last letter of a search

  const fragment = async (address) => {
    const response = await fetch(address);
    if (!response.ok) throw new Error(String(response.status));
    return response.text();
  };

  const apology = () => {
    const text = document.createElement("p");
    text.textContent = "The pictures cannot be fetched: the site cannot be reached, or you were signed out.";
    return text;
  };

  function enhance(box) {
    const number = box.querySelector(".picked__number");
    const choose = box.querySelector(".picked__choose");
    const label = document.querySelector(`label[for="${CSS.escape(number.id)}"]`);
    number.type = "hidden";
    choose.id = `${number.id}_choose`;
    if (label) {
      label.htmlFor = choose.id;
      choose.setAttribute("aria-label", `${choose.textContent} (${label.textContent.trim().replace(/:$/, "")})`);
    }
    box.querySelector(".picked__buttons").hidden = false;
    box.querySelector(".picked__remove").hidden = !number.value;
  }

  async function show(number) {
    const box = number.closest(".picked");
    const shown = box.querySelector(".picked__shown");
    box.querySelector(".picked__remove").hidden = !number.value;
    try {
      shown.innerHTML = number.value ? await fragment(box.dataset.chosen.replace("/0/", `/${number.value}/`)) : "";
    } catch {
      shown.replaceChildren(apology());
    }
  }

  function set(number, value) {
    number.value = value;
    django.jQuery(number).trigger("change");
  }

  function dialogFor(box) {
    const dialog = document.createElement("dialog");
    dialog.className = "pictures";
    dialog.setAttribute("aria-labelledby", "pictures-title");
    dialog.innerHTML = `
      <form method="dialog">
        <h2 id="pictures-title">Choose a picture</h2>
        <p><label for="pictures-search">Search titles and alt texts</label>
          <input type="search" id="pictures-search" autofocus autocomplete="off"></p>
        <div class="pictures__found"></div>
        <p class="pictures__buttons">
          <button class="button default" value="choose">Choose</button>
          <button class="button" value="">Cancel</button>
        </p>
      </form>`;
    const search = dialog.querySelector("[type=search]");
    const found = dialog.querySelector(".pictures__found");
    const choose = dialog.querySelector("[value=choose]");
    const checked = () => found.querySelector(":checked");
    let timer = 0;
    let newest = 0;

    async function look() {
      const turn = ++newest;
      try {
        const html = await fragment(`${box.dataset.choices}?${new URLSearchParams({ q: search.value })}`);
        if (turn === newest) found.innerHTML = html;
      } catch {
        found.replaceChildren(apology());
      }
      choose.disabled = !checked();
    }

    search.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(look, PAUSE);
    });
    search.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== "ArrowDown") return;
      event.preventDefault();
      const first = found.querySelector("input");
      first?.focus();
      first?.click();
    });
    found.addEventListener("change", () => {
      choose.disabled = !checked();
    });
    found.addEventListener("dblclick", (event) => {
      if (event.target.closest("label")) choose.click();
    });
    dialog.addEventListener("close", () => {
      if (dialog.returnValue && checked()) set(box.querySelector(".picked__number"), checked().value);
      dialog.remove();
      box.querySelector(".picked__choose").focus();
    });
    look();
    return dialog;
  }

  document.addEventListener("click", ({ target }) => {
    const box = target.closest(".picked");
    if (!box) return;
    if (target.closest(".picked__choose")) {
      const dialog = dialogFor(box);
      document.body.append(dialog);
      dialog.showModal();
    }
    if (target.closest(".picked__remove")) {
      set(box.querySelector(".picked__number"), "");
      box.querySelector(".picked__choose").focus();
    }
  });

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".picked").forEach(enhance);
    // The admin's own scripts, which hand over what a popup added, tell jQuery alone.
    django.jQuery(document).on("change", ".picked__number", ({ target }) => {
      show(target);
      target.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
})();
