/* What O*NET says of the occupation that a role's form holds: each item gets a button that puts it into its field, and
   another occupation brings other items. Nothing is saved before the form is. Without this script the items are shown. */
(() => {
  "use strict";

  const editors = new Map(); // by the id of the text area
  document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => editors.set(textarea.id, editor));

  const linesOf = (field) => field.value.split("\n").map((line) => line.trim()).filter(Boolean);
  const alike = (text) => text.toLocaleLowerCase();

  /* A field of lines, one of choices, or rich text: whether it holds an item, and how it takes one. */
  const LINES = {
    holds: (field, text) => linesOf(field).some((line) => alike(line) === alike(text)),
    take(field, text) {
      field.value = [...linesOf(field), text].join("\n");
      field.dispatchEvent(new Event("input", { bubbles: true }));
    },
  };
  const CHOICES = {
    holds: (field, value) => field.value === value,
    take(field, value) {
      field.value = value;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    },
  };
  const SENTENCES = {
    holds: (field, text) => Boolean(editors.get(field.id)?.state.doc.textContent.includes(text)),
    take(field, text) {
      const editor = editors.get(field.id);
      if (editor) addSentence(editor, text, document.querySelector("[data-credit]"));
    },
  };

  function kindOf(field) {
    if (field.matches("select")) return CHOICES;
    return field.matches("[data-django-prose-editor-configurable]") ? SENTENCES : LINES;
  }

  /* The sentence joins the list above the credit; the first one brings both. */
  function addSentence(editor, text, credit) {
    const item = { type: "listItem", content: [{ type: "paragraph", content: [{ type: "text", text }] }] };
    const list = { type: "bulletList", content: [item] };
    const doc = () => editor.state.doc;
    const insert = (place, what) => editor.commands.insertContentAt(place, what, { updateSelection: false });
    let end = doc().content.size;
    let isCredited = false;
    doc().forEach((node, offset) => {
      if (node.textContent !== credit.textContent) return;
      isCredited = true;
      end = offset;
    });
    const last = doc().resolve(end).nodeBefore;
    if (last?.type.name === "bulletList") insert(end - 1, item);
    else if (doc().textContent === "" && doc().childCount === 1) insert({ from: 0, to: end }, list);
    else insert(end, list);
    if (!isCredited) insert(doc().content.size, `<p>${credit.innerHTML}</p>`);
  }

  function itemOf(entry) {
    const shown = entry.querySelector("[data-item]");
    return { text: shown.textContent, value: shown.dataset.value ?? shown.textContent };
  }

  const fieldOf = (entry) => document.getElementById(entry.closest("[data-adds-to]").dataset.addsTo);

  /* Say on every button whether its item is in the field. */
  function mark(section) {
    for (const button of section.querySelectorAll("[data-adds-to] button")) {
      const { text, value } = itemOf(button.parentElement);
      const field = fieldOf(button);
      const isThere = kindOf(field).holds(field, value);
      button.textContent = isThere ? section.dataset.added : section.dataset.add;
      button.setAttribute("aria-label", `${button.textContent}: ${text}`);
      button.setAttribute("aria-disabled", isThere);
    }
  }

  function addButtons(section) {
    for (const entry of section.querySelectorAll("[data-adds-to] > li")) {
      const button = document.createElement("button");
      button.type = "button";
      entry.prepend(button);
    }
    mark(section);
  }

  function add(section, button) {
    const { text, value } = itemOf(button.parentElement);
    const field = fieldOf(button);
    const kind = kindOf(field);
    if (kind.holds(field, value)) return;
    kind.take(field, value);
    if (!kind.holds(field, value)) return; // an editor that is not there yet
    mark(section);
    const folded = field.closest("details");
    if (folded) folded.open = true;
    const label = document.querySelector(`label[for="${field.id}"]`).textContent.trim().replace(/:$/, "");
    section.querySelector("[role=status]").textContent =
      section.dataset.said.replace("{field}", () => label).replace("{item}", () => text);
  }

  async function fetched(section, occupation) {
    const asked = new URLSearchParams({ occupation, role: section.dataset.role });
    const response = await fetch(`${section.dataset.url}?${asked}`, { redirect: "error" });
    if (!response.ok) throw new Error(String(response.status));
    return response.text();
  }

  async function show(section, choice) {
    const asked = choice.value;
    const offers = section.querySelector("[data-offers]");
    try {
      const html = await fetched(section, asked);
      if (asked !== choice.value) return;
      offers.innerHTML = html;
      addButtons(section);
    } catch {
      offers.textContent = section.dataset.failed;
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const section = document.querySelector(".suggestions");
    const choice = document.getElementById("id_occupation");
    if (!section || !choice) return;
    addButtons(section);
    section.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-adds-to] button");
      if (button) add(section, button);
    });
    section.addEventListener("focusin", () => mark(section));
    document.addEventListener("change", () => mark(section));
    document.addEventListener("prose-editor:ready", () => mark(section));
    // The autocomplete tells jQuery alone.
    django.jQuery(choice).on("change", () => {
      choice.dispatchEvent(new Event("input", { bubbles: true }));
      show(section, choice);
    });
  });
})();
