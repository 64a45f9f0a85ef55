/** Passes what the page asks for on to the map; draws nothing. */
export default function remote({ data }) {
  const line = (globalThis.twofrontsLine ??= { waiting: [] });
  line.opened ??= new Promise((resolve) => { line.openWith = resolve; });
  line.openWith({ ...data.start, title: data.title });
  if (line.frame) line.frame.title = data.title;
  sayForAdd(data.seek);
  // a server that lost the visit counts from the start again
  if (!data.command) line.seq = 0;
  else if (data.command.seq !== line.seq) {
    line.seq = data.command.seq;
    const message = { twofronts: 1, ...data.command.message };
    // a list may stand far below the map it moves; a browser draws no frame out of sight
    if (message.type === "select" || message.type === "choose") line.frame?.scrollIntoView({ block: "nearest" });
    if (line.send) line.send(message);
    else line.waiting.push(message);
  }
}

const ADD = "Add: ";

/** The search writes "Add: " before a text that is none of its options, in English only; say what it does instead. */
function sayForAdd(seek) {
  globalThis.twofrontsSeek?.disconnect();
  const reword = () => {
    for (const option of document.querySelectorAll('[role="option"]')) {
      const words = document.createTreeWalker(option, NodeFilter.SHOW_TEXT).nextNode();
      if (words?.nodeValue.startsWith(ADD)) words.nodeValue = seek + words.nodeValue.slice(ADD.length);
    }
  };
  globalThis.twofrontsSeek = new MutationObserver(reword);
  globalThis.twofrontsSeek.observe(document.body, { childList: true, characterData: true, subtree: true });
}
