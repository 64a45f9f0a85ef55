/** What the reader is looking at, and who wants to know when it changes. */

/** A small event hub: on(name, fn) returns the function that unsubscribes. */
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

/** State of the document; `set(name, value)` emits `name` only on a change. */
export class Store extends Hub {
  constructor(values) {
    super();
    this._values = { ...values };
  }

  get(name) {
    return this._values[name];
  }

  set(name, value) {
    if (Object.is(this._values[name], value)) return;
    this._values[name] = value;
    this.emit(name, value);
  }
}
