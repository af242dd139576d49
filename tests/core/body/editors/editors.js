// The editors that people's bodies are recorded in, all behind open(name, html) and content().
import { Editor as TipTap } from "@tiptap/core";
import StarterKit from "@tiptap/starter-kit";
import Quill from "quill";
import * as rooster from "roosterjs";

let content = () => "";

function host(tag = "div") {
  document.body.replaceChildren();
  const element = document.body.appendChild(document.createElement(tag));
  element.id = "editor";
  return element;
}

const kinds = {
  contenteditable(html) {
    const element = host();
    element.innerHTML = html;
    element.contentEditable = "true";
    content = () => element.innerHTML;
    return element;
  },
  textarea(text) {
    const element = host("textarea");
    element.value = text;
    content = () => element.value;
    return element;
  },
  roosterjs(html) {
    const element = host();
    const plugins = [
      new rooster.AutoFormatPlugin({
        autoBullet: true, autoNumbering: true, autoHyphen: true, autoFraction: true,
        autoOrdinals: true, autoLink: true, autoUnlink: true, autoHorizontalLine: true,
      }),
      new rooster.EditPlugin(),
      new rooster.PastePlugin(),
      new rooster.ShortcutPlugin(),
    ];
    const initialModel = rooster.createModelFromHtml(html);
    const editor = new rooster.Editor(element, { plugins, initialModel });
    content = () => rooster.exportContent(editor);
    return element;
  },
  tiptap(html) {
    const editor = new TipTap({ element: host(), extensions: [StarterKit], content: html });
    content = () => editor.getHTML();
    return editor.view.dom;
  },
  quill(html) {
    const editor = new Quill(host());
    editor.clipboard.dangerouslyPasteHTML(html);
    editor.history.clear();
    content = () => editor.getSemanticHTML();
    return editor.root;
  },
};

let surface;

window.openEditor = (name, start) => {
  surface = kinds[name](start);
  surface.focus();
};
window.content = () => content();
window.has = (sign) => (surface.value ?? surface.textContent).includes(sign);

function textNode(snippet) {
  const walker = document.createTreeWalker(surface, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.data.includes(snippet)) return node;
  }
  throw new Error(`no text node holds ${snippet}`);
}

// Select `snippet`; collapse to "start" or "end" of it where asked for.
window.mark = (snippet, side) => {
  if (surface.value !== undefined) {
    const at = surface.value.indexOf(snippet);
    if (at < 0) throw new Error(`no ${snippet}`);
    const [from, to] = [at, at + snippet.length];
    surface.setSelectionRange(side === "end" ? to : from, side === "start" ? from : to);
    return;
  }
  const node = textNode(snippet);
  const at = node.data.indexOf(snippet);
  const from = side === "end" ? at + snippet.length : at;
  const to = side === "start" ? at : at + snippet.length;
  getSelection().setBaseAndExtent(node, from, node, to);
};

window.markEmptyBullet = () => {
  const items = [...surface.querySelectorAll("li")];
  const empty = items.find((item) => item.textContent.replace(/[\u200b\ufeff]/g, "").trim() === "");
  if (!empty) throw new Error("no empty bullet");
  let inner = empty;
  while (inner.firstElementChild && !["BR", "SPAN"].includes(inner.firstElementChild.tagName)) {
    inner = inner.firstElementChild;
  }
  getSelection().collapse(inner, 0);
};

window.pasteHtml = (html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", new DOMParser().parseFromString(html, "text/html").body.innerText);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  if (surface.dispatchEvent(event)) document.execCommand("insertHTML", false, html);
};
