/** Starts the worker of the scene while the rest of the document is still being read; painter.js gives it its work. */
{
  const script = document.getElementById("twofronts-worker").textContent;
  window.sceneWorker = null;
  try {
    window.sceneWorker = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
    window.sceneWorker.onerror = () => {
      window.sceneWorker = null;
    };
  } catch {
    // a browser without workers, or a page around the document that forbids them
  }
}
