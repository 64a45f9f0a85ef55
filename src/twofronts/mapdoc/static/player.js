/** Playing through the days, a few of them per second. */

/** Days per second of the three speeds. */
export const SPEEDS = [2, 7, 14];

/** Advances a day counter; hooks = {day(): number, last(): number, go(day), changed(playing)}. */
export class Player {
  constructor(hooks) {
    this._hooks = hooks;
    this.speed = SPEEDS[1];
    this.playing = false;
  }

  /** Days per second. */
  setSpeed(speed) {
    this.speed = this._pace = speed;
  }

  play() {
    this._start(null, this.speed);
  }

  /** Play to a day at so many days per second, whatever speed is set. */
  run(until, speed) {
    this._start(until, speed);
  }

  _start(until, speed) {
    if (this.playing) return;
    this.playing = true;
    this._until = until;
    this._pace = speed;
    this._before = null;
    this._owed = 0;
    this._hooks.changed(true);
    requestAnimationFrame((now) => this._tick(now));
  }

  pause() {
    if (!this.playing) return;
    this.playing = false;
    this._hooks.changed(false);
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  _tick(now) {
    if (!this.playing) return;
    const elapsed = this._before === null ? 0 : Math.min(250, now - this._before);
    this._before = now;
    this._owed += (elapsed * this._pace) / 1000;
    const whole = Math.floor(this._owed);
    if (whole > 0) {
      this._owed -= whole;
      const last = Math.min(this._hooks.last(), this._until ?? Infinity);
      const day = Math.min(last, this._hooks.day() + whole);
      this._hooks.go(day);
      if (day >= last) {
        this.pause();
        return;
      }
    }
    requestAnimationFrame((next) => this._tick(next));
  }
}
