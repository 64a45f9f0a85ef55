/** Passes what the page asks for on to the map; draws nothing. */
export default function remote({ data }) {
  const line = (globalThis.twofrontsLine ??= { waiting: [] });
  line.opened ??= new Promise((resolve) => { line.openWith = resolve; });
  line.openWith({ ...data.start, title: data.title });
  if (line.frame) line.frame.title = data.title;
  if (data.command && data.command.seq !== line.seq) {
    line.seq = data.command.seq;
    const message = { twofronts: 1, ...data.command.message };
    if (line.send) line.send(message);
    else line.waiting.push(message);
  }
}
