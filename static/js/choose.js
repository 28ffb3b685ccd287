"use strict";

// Offers roles below the fields in which somebody chooses two. Without this, the form asks again where a name is not
// clear.

for (const form of document.querySelectorAll("form[data-found]")) {
  for (const input of form.querySelectorAll("input[type=text]")) {
    combobox(input, {
      found: form.dataset.found,
      read: ({ roles }) =>
        roles.map(({ title, definition, called }) => ({ title, about: called ? `${called}: ${definition}` : definition })),
      choose: () => {},
      count: (number) => (number === 1 ? "1 role" : `${number} roles`),
    });
  }
}
