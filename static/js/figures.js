/* Figures in rich text: a button of the editor offers those that the record has, with their amounts. What is stored names
   the figure; the editor shows the amount as it is now, and readers get it as it is when they read. */
import { Node, crel } from "django-prose-editor/editor";

const data = document.getElementById("quotable-figures");
const { title, cancel, figures } = data ? JSON.parse(data.textContent) : { figures: [] };
const figureAt = (href) => figures.find((figure) => figure.href === href);

function choose(editor, insert) {
  const dialog = crel("dialog", { className: "figures-dialog", "aria-label": title }, [
    crel("h2", { textContent: title }),
  ]);
  for (const figure of figures) {
    const button = crel("button", { type: "button", textContent: `${figure.words}: ${figure.amount}` });
    button.append(crel("small", { textContent: figure.about }));
    button.addEventListener("click", () => {
      dialog.close();
      insert(figure);
    });
    dialog.append(button);
  }
  const close = crel("button", { type: "button", textContent: cancel });
  close.addEventListener("click", () => dialog.close());
  dialog.append(close);
  dialog.addEventListener("close", () => {
    dialog.remove();
    editor.commands.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

export const QuotedFigure = Node.create({
  name: "quotedFigure",
  group: "inline",
  inline: true,
  atom: true,

  addAttributes() {
    return {
      href: { default: "" },
      words: { default: "", rendered: false, parseHTML: (element) => element.textContent },
    };
  },

  parseHTML: () => [{ tag: 'a[href^="figure:"]', priority: 100 }],
  renderHTML: ({ node, HTMLAttributes }) => ["a", HTMLAttributes, node.attrs.words],
  renderText: ({ node }) => node.attrs.words,

  addNodeView: () => ({ node }) => {
    const figure = figureAt(node.attrs.href);
    const dom = crel("span", {
      className: "quoted-figure",
      title: figure ? `${node.attrs.words}. ${figure.about}` : node.attrs.words,
      textContent: figure ? figure.amount : node.attrs.words,
    });
    return { dom };
  },

  addMenuItems({ buttons, menu }) {
    if (!figures.length) return;
    menu.defineItem({
      name: "quotedFigure",
      groups: "link",
      button: buttons.material("attach_money", title),
      command: (editor) =>
        choose(editor, ({ href, words }) => {
          editor.chain().focus().insertContent({ type: "quotedFigure", attrs: { href, words } }).run();
        }),
    });
  },
});
