/* The forms of a document: rows that buttons move, names for what a screen reader would find nameless, fields that
   are shown when a choice needs them, and texts that survive the Back button. */
(() => {
  "use strict";

  const ROW = ".inline-related:not(.empty-form)";

  const rowsOf = (group) => [...group.querySelectorAll(ROW)];
  const positionOf = (row) => row.querySelector("input[name$='-position']");
  const nameOf = (row) => {
    const field = row.querySelector("input[type=text], .select2-selection__rendered");
    return (field && (field.value || field.textContent)) || "row";
  };

  function number(group) {
    const rows = rowsOf(group);
    rows.forEach((row, place) => {
      positionOf(row).value = place;
      row.querySelector(".move-up").disabled = place === 0;
      row.querySelector(".move-down").disabled = place === rows.length - 1;
    });
  }

  function move(group, row, button) {
    const rows = rowsOf(group);
    const place = rows.indexOf(row);
    const target = rows[place + (button.classList.contains("move-up") ? -1 : 1)];
    if (!target) return;
    if (button.classList.contains("move-up")) target.before(row);
    else target.after(row);
    number(group);
    (button.disabled ? row.querySelector(".move:not(:disabled)") : button).focus();
    const now = rowsOf(group).indexOf(row) + 1;
    group.querySelector(".moved").textContent = `${nameOf(row)} is now number ${now} of ${rows.length}.`;
  }

  function addButtons(group, row) {
    if (row.querySelector(".move")) return;
    const heading = row.querySelector("h3");
    for (const [direction, text] of [["up", "Move up"], ["down", "Move down"]]) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = `move move-${direction}`;
      button.textContent = text;
      button.addEventListener("click", () => move(group, row, button));
      heading.append(button);
    }
  }

  function order(group) {
    group.classList.add("ordered");
    const live = document.createElement("p");
    live.className = "moved";
    live.setAttribute("role", "status");
    group.append(live);
    const refresh = () => {
      rowsOf(group).forEach((row) => addButtons(group, row));
      number(group);
    };
    refresh();
    group.addEventListener("formset:added", refresh);
    document.addEventListener("formset:removed", refresh);
    group.closest("form").addEventListener("submit", () => number(group));
  }

  /* The rich-text editor and the autocompletes put an element of their own in place of the field that has the label. */
  function nameEditors(root) {
    for (const area of root.querySelectorAll("textarea[data-django-prose-editor-configurable]")) {
      const label = document.querySelector(`label[for="${area.id}"]`);
      const editor = area.closest(".prose-editor, .form-row, .flex-container, div")?.parentElement
        ?.querySelector(".ProseMirror[contenteditable]:not([aria-labelledby])");
      if (!label || !editor) continue;
      label.id ||= `label_${area.id}`;
      editor.setAttribute("aria-labelledby", label.id);
    }
    for (const select of root.querySelectorAll("select.admin-autocomplete")) {
      const label = document.querySelector(`label[for="${select.id}"]`);
      const nameless = ":is(.select2-selection, .select2-selection__rendered[role=textbox]):not([aria-label])";
      for (const box of select.nextElementSibling?.querySelectorAll(nameless) ?? []) {
        if (label) box.setAttribute("aria-label", label.textContent.replace(/:\s*$/, ""));
      }
    }
  }

  /* Fields that one choice alone needs. What is hidden is not sent either, so that it cannot be refused. */
  function showWhatIsNeeded() {
    for (const control of document.querySelectorAll("[data-only-when]")) {
      const [name, value] = control.dataset.onlyWhen.split("=");
      const isNeeded = control.form.elements[name].value === value;
      control.closest(".act__field").hidden = control.disabled = !isNeeded;
    }
  }

  /* Back in a form, the browser restores the texts after the editors have read them: let them read once more. */
  document.addEventListener("prose-editor:ready", ({ detail: { editor, textarea } }) => {
    addEventListener("pageshow", ({ persisted }) => {
      if (!persisted && textarea.value !== textarea.defaultValue) editor.commands.setContent(textarea.value);
    });
  });

  document.addEventListener("change", showWhatIsNeeded);
  addEventListener("pageshow", showWhatIsNeeded);

  document.addEventListener("DOMContentLoaded", () => {
    showWhatIsNeeded();
    document.querySelectorAll(".inline-group").forEach((group) => {
      if (group.querySelector("input[name$='-position']")) order(group);
    });
    const form = document.querySelector("#content-main form");
    if (!form) return;
    nameEditors(form);
    new MutationObserver(() => nameEditors(form)).observe(form, { childList: true, subtree: true });
  });
})();
