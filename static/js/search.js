"use strict";

// Offers pages below the search field while somebody types; choosing one goes there. Without this, the form leads to
// the page of results.

for (const form of document.querySelectorAll("form[data-offered]")) {
  combobox(form.querySelector("input[type=search]"), {
    found: form.dataset.offered,
    read: ({ offers }) => offers,
    choose: ({ url }) => location.assign(url),
    count: (number) => (number === 1 ? "1 page" : `${number} pages`),
  });
}
