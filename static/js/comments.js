/* Comments beside the form: written, resolved and reopened without leaving what was typed in it. */
(() => {
  "use strict";

  const PARTS = "#comments, .row-comments";

  async function send(form, button) {
    const data = new FormData(form);
    if (button && button.name) data.append(button.name, button.value);
    const response = await fetch(form.action, { method: "POST", body: data }).catch(() => null);
    if (!response || !response.ok) throw new Error("The desk did not answer, or you are signed out: try again.");
    return new DOMParser().parseFromString(await response.text(), "text/html");
  }

  const textsIn = (page, selector) => [...page.querySelectorAll(selector)].map((each) => each.textContent.trim());

  /* Show the comments as the answer has them; a comment that somebody is still writing stays. */
  function show(page, sent) {
    if (!page.querySelector(".panel #comments")) throw new Error(textsIn(page, ".errorlist li").join(" "));
    const writing = document.querySelector("#comments textarea");
    const text = writing && !sent.contains(writing) ? writing.value : "";
    document.querySelectorAll(PARTS).forEach((part) => {
      const now = page.getElementById(part.id);
      if (now) part.replaceWith(document.adoptNode(now));
    });
    if (text) document.querySelector("#comments textarea").value = text;
    say(textsIn(page, ".messagelist li").join(" ")).focus();
  }

  function say(sentence) {
    const status = document.querySelector("#comments .comments__said");
    status.textContent = sentence;
    status.tabIndex = -1;
    return status;
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.closest(".panel #comments")) return;
    event.preventDefault();
    try {
      show(await send(form, event.submitter), form);
    } catch (error) {
      say(`This was not done. ${error.message || "Try again."}`);
    }
  });
})();
