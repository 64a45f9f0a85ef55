/** Telling others that something happened. */

/** A small event hub: on(name, listener) returns the function that unsubscribes. */
export class Hub {
  constructor() {
    this._listeners = new Map();
  }

  on(name, listener) {
    if (!this._listeners.has(name)) this._listeners.set(name, new Set());
    this._listeners.get(name).add(listener);
    return () => this._listeners.get(name).delete(listener);
  }

  emit(name, detail) {
    for (const listener of [...(this._listeners.get(name) ?? [])]) listener(detail);
  }
}
