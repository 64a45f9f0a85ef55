/** Where a spot lies and how far things are, in words. */

const DECIMALS = 2;

/** "51.11° N, 17.03° E" of {lat, lon}. */
export function wordsOfSpot({ lat, lon }, words) {
  const degrees = (value) => numberWords(Math.abs(value), words.lang, DECIMALS);
  return words.say("map.spot", {
    lat: degrees(lat),
    ns: words.say(lat < 0 ? "map.spot.south" : "map.spot.north"),
    lon: degrees(lon),
    ew: words.say(lon < 0 ? "map.spot.west" : "map.spot.east"),
  });
}

/** A number with so many decimals as the language writes it. */
export function numberWords(value, lang, decimals = 0) {
  const locale = lang === "de" ? "de-DE" : "en-GB";
  return new Intl.NumberFormat(locale, { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(value);
}
