/* How the page will look in search results and when somebody shares it, as the form stands, with counters. */
(() => {
  "use strict";

  const CUT = { search_title: 60, search_description: 155 };

  const value = (id) => document.getElementById(id)?.value.trim() ?? "";
  /* Once the address is known to readers, the roles are text. */
  const named = (field) => document.querySelector(`#id_${field} option:checked, .fieldBox.field-${field} .readonly`);
  const cut = (text, length) => (text.length > length ? `${text.slice(0, length - 1).trimEnd()}…` : text);

  function titled() {
    const roles = ["role_a", "role_b"].map((field) => named(field)?.textContent.trim()).filter(Boolean);
    return value("id_title") || (roles.length === 2 ? `${roles.join(" vs. ")}: What Are the Differences?` : "");
  }

  function counter(field) {
    const text = document.createElement("p");
    text.className = "help listing__count";
    document.getElementById(`id_${field}`).after(text);
    return () => {
      const { length } = value(`id_${field}`);
      text.textContent = length ? `${length} characters; about ${CUT[field]} are shown.` : "";
      text.classList.toggle("listing__count--over", length > CUT[field]);
    };
  }

  function card(heading) {
    const box = document.createElement("div");
    box.className = "listing__card";
    const parts = ["h3", "p", "p", "p"].map((tag) => box.appendChild(document.createElement(tag)));
    parts[0].textContent = heading;
    return [box, parts];
  }

  /* The picture that stands beside a link to the page, of the draft as it was last saved. */
  async function drawn(box) {
    const answer = await fetch("../preview/");
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const address = page.querySelector('meta[property="og:image"]');
    if (!address) return;
    const picture = new Image(300, 158);
    picture.src = new URL(address.content).pathname;
    picture.alt = page.querySelector('meta[property="og:image:alt"]').content;
    box.append(picture);
  }

  function onceSeen(box, act) {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      act(box);
    });
    observer.observe(box);
  }

  document.addEventListener("DOMContentLoaded", () => {
    const group = document.querySelector("fieldset.listing");
    if (!group || !document.getElementById("id_search_title")) return;
    const site = document.querySelector("#site-name")?.textContent.trim().replace(/: the desk$/, "") ?? "";
    const counters = Object.keys(CUT).map(counter);
    const [inResults, result] = card("In search results");
    const [onCards, shared] = card("When it is shared");
    group.append(inResults, onCards);
    if (location.pathname.endsWith("/change/")) onceSeen(onCards, drawn);

    function show() {
      const title = value("id_search_title") || titled();
      const words = value("id_search_description") || value("id_standfirst") || value("id_definition");
      const isListed = document.getElementById("id_is_indexable").checked;
      result[1].textContent = isListed ? cut(`${title} · ${site}`, CUT.search_title) : "Search engines are asked not to list it.";
      result[2].textContent = isListed ? value("id_canonical_url") || location.host : "";
      result[3].textContent = isListed ? cut(words, CUT.search_description) : "";
      shared[1].textContent = title;
      shared[2].textContent = words;
      shared[3].textContent = site;
      counters.forEach((count) => count());
    }
    document.addEventListener("input", show);
    document.addEventListener("change", show);
    show();
  });
})();
