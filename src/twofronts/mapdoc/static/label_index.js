/** Which boxes on the plate are taken; boxes may be bound to a run of days. */

const CELL = 96;

/** A grid of boxes {x0, y0, x1, y1, first?, last?}; two boxes only clash if their days meet too. */
export class LabelIndex {
  constructor() {
    this._cells = new Map();
  }

  /** Whether none of the boxes clashes with one taken before. */
  isFree(boxes) {
    return boxes.every((box) => !this._touchesAny(box));
  }

  take(boxes) {
    for (const box of boxes) {
      this._eachCell(box, (key) => {
        if (!this._cells.has(key)) this._cells.set(key, []);
        this._cells.get(key).push(box);
        return false;
      });
    }
  }

  _touchesAny(box) {
    return this._eachCell(box, (key) => (this._cells.get(key) ?? []).some((other) => clash(box, other)));
  }

  _eachCell(box, visit) {
    for (let i = Math.floor(box.x0 / CELL); i <= Math.floor(box.x1 / CELL); i++) {
      for (let j = Math.floor(box.y0 / CELL); j <= Math.floor(box.y1 / CELL); j++) {
        if (visit(i * 65536 + j)) return true;
      }
    }
    return false;
  }
}

function clash(a, b) {
  if (a.x0 >= b.x1 || b.x0 >= a.x1 || a.y0 >= b.y1 || b.y0 >= a.y1) return false;
  return !((a.first ?? -Infinity) > (b.last ?? Infinity) || (b.first ?? -Infinity) > (a.last ?? Infinity));
}

/** Small boxes along a slanted text instead of one big one around it. */
export function boxesAlong(x, y, angle, width, height) {
  const count = Math.max(1, Math.round(width / height));
  const step = width / count;
  const boxes = [];
  for (let i = 0; i < count; i++) {
    const along = (i + 0.5) * step - width / 2;
    const cx = x + along * Math.cos(angle);
    const cy = y + along * Math.sin(angle);
    const half = height / 2 + Math.abs(Math.sin(angle)) * (step - height) * 0.5;
    const halfWide = (step / 2) * Math.abs(Math.cos(angle)) + (height / 2) * Math.abs(Math.sin(angle));
    boxes.push({ x0: cx - halfWide, y0: cy - half, x1: cx + halfWide, y1: cy + half });
  }
  return boxes;
}
