// The words of a scene in a headset: a board with what is said and the choices, drawn on a canvas, and which
// of its buttons a ray meets. On a screen the page itself shows them.

export const AT = [0, 1.18, -1.75];
export const HALF = 0.8;
const WIDE = 1024;
const HIGH = 512;
const FONT = "'Noto Sans SC','Microsoft YaHei',sans-serif";

export class Board {
  constructor() {
    this.canvas = document.createElement("canvas");
    this.canvas.width = WIDE;
    this.canvas.height = HIGH;
    this.pen = this.canvas.getContext("2d");
    this.buttons = [];
    this.said = "";
  }

  /** Write it anew. `rows` are the choices, `keys` the buttons along the foot: [what, label]. True if it changed. */
  write(title, text, rows, keys) {
    const said = JSON.stringify([title, text, rows, keys]);
    if (said === this.said) return false;
    this.said = said;
    const { pen } = this;
    pen.clearRect(0, 0, WIDE, HIGH);
    pen.fillStyle = "rgba(14,18,24,.82)";
    pen.fillRect(0, 0, WIDE, HIGH);
    this.buttons = [];
    pen.fillStyle = "#ffe3b0";
    pen.font = `600 28px ${FONT}`;
    pen.fillText(title, 36, 48);
    pen.fillStyle = "#fff";
    const size = rows.length > 2 ? 27 : 33;
    let y = this._wrapped(text, 36, 66 + size, WIDE - 72, size) + 12;
    for (const [what, label] of rows) {
      this._button(what, label, 36, y, WIDE - 72, 50, 25);
      y += 56;
    }
    const each = (WIDE - 72 - 16 * (keys.length - 1)) / keys.length;
    keys.forEach(([what, label], place) => this._button(what, label, 36 + place * (each + 16), HIGH - 70, each, 54, 26));
    return true;
  }

  _button(what, label, x, y, wide, high, size) {
    const { pen } = this;
    pen.fillStyle = "rgba(255,255,255,.16)";
    pen.fillRect(x, y, wide, high);
    pen.strokeStyle = "#ffe3b0";
    pen.lineWidth = 2;
    pen.strokeRect(x, y, wide, high);
    pen.fillStyle = "#fff";
    pen.font = `${size}px ${FONT}`;
    pen.fillText(label, x + 16, y + high / 2 + size * 0.36, wide - 32);
    this.buttons.push({ what, x, y, wide, high });
  }

  _wrapped(text, x, y, wide, size) {
    const { pen } = this;
    pen.font = `${size}px ${FONT}`;
    let line = "";
    for (const piece of text.match(/[\u0020-\u024f\u2010-\u2027]+?(?:\s|$)|./gu) ?? []) {
      if (line && pen.measureText(line + piece).width > wide) {
        pen.fillText(line, x, y);
        y += size * 1.35;
        line = "";
      }
      line += piece;
    }
    pen.fillText(line, x, y);
    return y;
  }

  /** Which button a ray meets: from where, and in which direction. */
  met([x, y, z], [dx, dy, dz]) {
    const far = (AT[2] - z) / dz;
    if (!(far > 0)) return null;
    const across = (((x + dx * far - AT[0]) / HALF) * 0.5 + 0.5) * WIDE;
    const down = (0.5 - ((y + dy * far - AT[1]) / (HALF / 2)) * 0.5) * HIGH;
    return this.buttons.find((b) => across >= b.x && across <= b.x + b.wide && down >= b.y && down <= b.y + b.high)?.what ?? null;
  }
}
