/* The preview beside the form: the page as readers would get it, at the width of a phone or of a desktop. */
(() => {
  "use strict";

  const WIDTHS = { phone: 390, desktop: 1280 };

  function pane(form, button) {
    const box = document.createElement("aside");
    box.className = "preview";
    box.setAttribute("aria-label", "Preview");
    box.innerHTML = `
      <div class="preview__bar">
        <button type="button" data-width="phone" aria-pressed="false">Phone</button>
        <button type="button" data-width="desktop" aria-pressed="true">Desktop</button>
        <button type="button" data-again>Show again</button>
        <button type="button" data-tab>In a tab</button>
        <button type="button" data-close>Close</button>
      </div>
      <div class="preview__stage"><iframe name="preview-pane" title="The page as readers would get it"></iframe></div>`;
    const [stage, frame] = [box.querySelector(".preview__stage"), box.querySelector("iframe")];

    function fit(kind) {
      const scale = Math.min(1, stage.clientWidth / WIDTHS[kind]);
      frame.style.width = `${WIDTHS[kind]}px`;
      frame.style.height = `${stage.clientHeight / scale}px`;
      frame.style.transform = `scale(${scale})`;
      for (const each of box.querySelectorAll("[data-width]")) {
        each.setAttribute("aria-pressed", String(each.dataset.width === kind));
      }
    }

    function show(target) {
      button.formTarget = target;
      form.requestSubmit(button);
    }

    box.addEventListener("click", ({ target }) => {
      if (target.dataset.width) fit(target.dataset.width);
      if ("again" in target.dataset) show("preview-pane");
      if ("tab" in target.dataset) show("preview");
      if ("close" in target.dataset) {
        box.hidden = true;
        document.body.classList.remove("previewing");
        button.focus();
      }
    });
    addEventListener("resize", () => fit(box.querySelector("[aria-pressed=true]").dataset.width));
    return { box, fit };
  }

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("button[name=_preview]");
    if (!button || matchMedia("(max-width: 1100px)").matches) return;
    const { box, fit } = pane(button.form, button);
    document.body.append(box);
    box.hidden = true;
    button.addEventListener("click", (event) => {
      if (event.detail === 0 && button.formTarget === "preview" && !box.hidden) return;
      box.hidden = false;
      document.body.classList.add("previewing");
      button.formTarget = "preview-pane";
      fit(box.querySelector("[aria-pressed=true]").dataset.width);
    });
  });
})();
