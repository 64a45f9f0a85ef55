/** The interface's words in the reader's language. */

// Making a format costs more than all else a new day writes.
const NUMBERS = Object.fromEntries(["de", "en"].map((lang) => [lang, new Intl.NumberFormat(lang === "de" ? "de-DE" : "en-GB", { maximumFractionDigits: 0 })]));

/** Phrases of one language at a time, with {name} places filled in. */
export class Words {
  constructor(tables, lang) {
    this._tables = tables;
    this.lang = lang;
  }

  /** The phrase of a key; unknown keys show themselves. */
  say(key, values = {}) {
    const phrase = this._tables[this.lang][key] ?? key;
    return phrase.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  }

  /** One of {de, en}. */
  pick(pair) {
    return pair ? pair[this.lang] : "";
  }

  /** A whole number with the language's grouping. */
  number(value) {
    return NUMBERS[this.lang].format(value);
  }
}

/** "de" or "en": what was asked for, else the browser's first known language, else English. */
export function chooseLanguage(wanted) {
  if (wanted === "de" || wanted === "en") return wanted;
  const known = (navigator.languages ?? [navigator.language]).map((tag) => tag.slice(0, 2));
  return known.find((tag) => tag === "de" || tag === "en") ?? "en";
}
