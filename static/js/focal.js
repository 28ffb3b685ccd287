/* The focal point of a picture, chosen on the picture itself: by a click, or with the arrow keys. It fills the two
   fields, which do without this script. */
(() => {
  "use strict";

  const STEP = 1; // per cent of the picture's side
  const LEAP = 10; // with Shift
  const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  const percent = (field) => Math.min(100, Math.max(0, Math.round(100 * Number(field.value)))) || 0;

  function stage() {
    const box = document.createElement("div");
    box.className = "focal";
    box.hidden = true;
    box.innerHTML = `
      <p class="focal__help" id="focal-help">Click what must stay in view, or use the arrow keys (with Shift in larger
        steps). Where a page shows only part of the picture, it shows the part around this point.</p>
      <div class="focal__picture"><img alt="">
        <div class="focal__mark" role="slider" tabindex="0" aria-label="Focal point" aria-valuemin="0"
          aria-valuemax="100" aria-describedby="focal-help"></div></div>
      <figure class="focal__crop"><img alt=""><figcaption>As role pages crop it</figcaption></figure>
      <p class="focal__said" aria-hidden="true"></p>`;
    return box;
  }

  function start(across, down) {
    const box = stage();
    const [picture, crop] = box.querySelectorAll("img");
    const mark = box.querySelector(".focal__mark");
    across.closest(".form-row").before(box);

    function draw() {
      const [x, y] = [percent(across), percent(down)];
      mark.style.left = `${x}%`;
      mark.style.top = `${y}%`;
      crop.style.objectPosition = `${x}% ${y}%`;
      const text = `${x}% from the left, ${y}% from the top`;
      mark.setAttribute("aria-valuenow", x);
      mark.setAttribute("aria-valuetext", text);
      box.querySelector(".focal__said").textContent = text;
    }

    function move(x, y) {
      for (const [field, value] of [[across, x], [down, y]]) {
        field.value = Math.min(100, Math.max(0, Math.round(value))) / 100;
      }
      draw();
    }

    picture.addEventListener("click", (event) => {
      const { left, top, width, height } = picture.getBoundingClientRect();
      move((100 * (event.clientX - left)) / width, (100 * (event.clientY - top)) / height);
      mark.focus();
    });
    mark.addEventListener("keydown", (event) => {
      const direction = MOVES[event.key];
      if (!direction) return;
      event.preventDefault();
      const step = event.shiftKey ? LEAP : STEP;
      move(percent(across) + direction[0] * step, percent(down) + direction[1] * step);
    });
    for (const field of [across, down]) field.addEventListener("input", draw);
    picture.addEventListener("load", () => {
      box.hidden = false;
    });
    picture.addEventListener("error", () => {
      box.hidden = true;
    });
    draw();
    return (address) => {
      picture.src = crop.src = address;
    };
  }

  document.addEventListener("DOMContentLoaded", () => {
    const [across, down] = ["id_focus_x", "id_focus_y"].map((id) => document.getElementById(id));
    if (!across || !down) return;
    const show = start(across, down);
    const shown = document.querySelector(".field-preview img");
    if (shown) {
      shown.closest(".form-row").hidden = true; // the picture stands below, with its mark
      show(shown.src);
    }
    const file = document.querySelector("input[type=file][name=file]");
    file?.addEventListener("change", () => {
      if (!file.files.length) return;
      const reader = new FileReader();
      reader.addEventListener("load", () => show(reader.result));
      reader.readAsDataURL(file.files[0]);
    });
  });
})();
