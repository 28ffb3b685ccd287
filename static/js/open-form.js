/* The change form of a document while somebody types: it says who else has it open, keeps what was typed (on the
   server and, for when that cannot be reached, in this browser), offers it back, and warns before it is left. */
(() => {
  "use strict";

  const HEARTBEAT = 15_000;
  const IDLE = 2_000;
  const LEFT_OUT = new Set(["csrfmiddlewaretoken"]);

  function watch(form, box) {
    const { keepUrl, storeKey } = box.dataset;
    const status = box.querySelector("[data-status]");
    const base = form.elements._base?.value ?? "";
    let isDirty = false;
    let isLeaving = false;
    let timer = 0;

    const typed = () => JSON.stringify(
      [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !LEFT_OUT.has(name)),
    );

    function say(text) {
      if (status.textContent !== text) status.textContent = text;
    }

    function tell({ others, newest }) {
      const parts = [];
      if (others.length) parts.push(`Also open at: ${others.join(", ")}.`);
      if (newest && base && String(newest.id) !== base) parts.push(`${newest.by} has saved a newer version.`);
      box.querySelector("[data-others]").textContent = parts.join(" ");
    }

    async function send(fields) {
      const body = new FormData();
      body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      body.set("_base", base);
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      const response = await fetch(keepUrl, { method: "POST", body, redirect: "error" });
      if (!response.ok) throw new Error(String(response.status));
      tell(await response.json());
    }

    function keepHere() {
      try {
        localStorage.setItem(storeKey, typed());
      } catch {
        /* Full, or forbidden: the server keeps it all the same. */
      }
    }

    async function keep() {
      keepHere();
      try {
        await send({ typed: typed() });
        localStorage.removeItem(storeKey);
        say(`Kept at ${new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })}, not saved yet.`);
      } catch {
        say("The site cannot be reached, or you were signed out: what you type is kept in this browser.");
      }
    }

    function changed() {
      isDirty = true;
      say("Not saved yet.");
      clearTimeout(timer);
      timer = setTimeout(keep, IDLE);
    }

    form.addEventListener("input", changed);
    form.addEventListener("change", changed);
    form.addEventListener("click", (event) => {
      if (event.target.closest(".move, .inline-deletelink, .add-row a")) changed();
    });
    form.addEventListener("submit", (event) => {
      isLeaving = !event.submitter?.formTarget;
    });
    addEventListener("beforeunload", (event) => {
      if (!isDirty || isLeaving) return;
      keepHere();
      event.preventDefault();
    });
    setInterval(() => send({}).catch(() => {}), HEARTBEAT);
    send({}).catch(() => {});

    box.querySelector("[data-discard]")?.addEventListener("click", async () => {
      localStorage.removeItem(storeKey);
      try {
        await send({ discard: "1" });
        box.querySelector("[data-offer]").hidden = true;
        say("What was kept has been given up.");
      } catch {
        say("The site cannot be reached, or you were signed out: nothing was given up.");
      }
    });

    offerWhatIsHere(box, storeKey, send);
  }

  /* What only this browser has is handed to the server, which offers it like everything else that was kept. */
  async function offerWhatIsHere(box, storeKey, send) {
    const here = localStorage.getItem(storeKey);
    if (!here || "isOffer" in box.dataset) return;
    try {
      await send({ typed: here });
      localStorage.removeItem(storeKey);
      box.querySelector("[data-offer]").hidden = false;
    } catch {
      /* Next time. */
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const box = document.querySelector("[data-keep-url]");
    const form = document.querySelector("#content-main form");
    if (box && form) watch(form, box);
  });
})();
