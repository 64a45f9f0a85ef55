/** Where pictures of the scene are painted to order; it stands in a worker or, for want of one, on the page. */

import { Easel } from "./frame.js";
import { Scene } from "./scene.js";

/**
 * Calls deliver(picture, order) for each order {frame, look}, and again for the latest when more has come in;
 * rest(step) is to call step() when there is nothing better to do.
 */
export class Studio {
  constructor(data, deliver, rest) {
    this._scene = new Scene(data);
    this._easel = new Easel();
    this._deliver = deliver;
    this._rest = rest;
    this._latest = null;
    this._missing = 0;
    this.expect(this._scene.loadRelief());
  }

  /** Whether nothing is still to come in. */
  get isComplete() {
    return this._missing === 0;
  }

  /** Paint again when something has come in. */
  async expect(arrival) {
    this._missing++;
    await arrival;
    this._missing--;
    if (this._latest) this.order(this._latest);
  }

  order(order) {
    this._latest = order;
    this._deliver(this._easel.picture(order.frame, (ctx, frame) => this._scene.paint(ctx, frame, order.look)), order);
    this._prepare(order.frame);
  }

  _prepare(frame) {
    if (frame.zoom === this._preparedZoom) return;
    this._preparedZoom = frame.zoom;
    const days = this._scene.prepare(frame);
    const step = () => {
      if (frame.zoom === this._preparedZoom && !days.next().done) this._rest(step);
    };
    this._rest(step);
  }
}
