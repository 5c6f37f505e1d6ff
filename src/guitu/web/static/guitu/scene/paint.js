// Draws a place, and in a headset the board with words before it. Raw WebGL2.

import { shaderOf } from "./places.js";
import { inverse, times } from "./matrix.js";

const WHOLE = `#version 300 es
out vec2 spot;
void main() {
  spot = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
  gl_Position = vec4(spot, 1.0, 1.0);
}`;

const BOARD = `#version 300 es
uniform mat4 seen;
uniform vec4 at; // middle of the board, and its half width; it is half as high as wide
out vec2 on;
void main() {
  vec2 corner = vec2(gl_VertexID % 2 == 0 ? -1.0 : 1.0, gl_VertexID < 2 ? -1.0 : 1.0);
  on = vec2(corner.x, -corner.y) * 0.5 + 0.5;
  gl_Position = seen * vec4(at.xyz + vec3(corner * vec2(at.w, at.w * 0.5), 0.0), 1.0);
}`;

const WORDS = `#version 300 es
precision mediump float;
in vec2 on;
out vec4 colour;
uniform sampler2D words;
void main() { colour = texture(words, on); }`;

function program(gl, vertex, fragment) {
  const made = gl.createProgram();
  for (const [kind, text] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const shader = gl.createShader(kind);
    gl.shaderSource(shader, text);
    gl.compileShader(shader);
    gl.attachShader(made, shader);
  }
  gl.linkProgram(made);
  if (!gl.getProgramParameter(made, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(made) || "no program");
  return { made, at: (name) => gl.getUniformLocation(made, name) };
}

const NEARNESS = { none: 0, far: 0.12, near: 1 };

/** What draws. Made once for a canvas; null where there is no WebGL2, or it cannot draw this. */
export class Painter {
  static on(canvas, place) {
    const gl = canvas.getContext("webgl2", { antialias: false, alpha: false, xrCompatible: "xr" in navigator });
    if (!gl) return null;
    try {
      return new Painter(gl, place);
    } catch {
      return null;
    }
  }

  constructor(gl, place) {
    this.gl = gl;
    this.place = program(gl, WHOLE, shaderOf(place));
    this.board = program(gl, BOARD, WORDS);
    this.nothing = gl.createVertexArray();
    this.words = gl.createTexture();
    this.figure = 0;
    this.shown = 0;
    this.lit = 0;
  }

  /** Move what moves a little nearer to where it should be: the other one, and the lantern's light. */
  settle(seconds, step, breathing, still) {
    const share = still ? 1 : 1 - Math.exp(-seconds * 1.6);
    const wanted = NEARNESS[step.figure] ?? 0;
    if (wanted) this.figure += (wanted - this.figure) * (this.shown < 0.02 ? 1 : share);
    this.shown += (Number(wanted > 0) - this.shown) * share;
    this.lit += (Number(breathing) - this.lit) * share;
  }

  /** One eye: `projection` and `view` as WebGL has them, `eye` in metres above the ground. */
  draw({ projection, view, eye, time, breath, still }) {
    const { gl, place } = this;
    const turn = Float32Array.from(view);
    turn[12] = turn[13] = turn[14] = 0; // rays start from the eye; where it is, is said apart
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.BLEND);
    gl.useProgram(place.made);
    gl.bindVertexArray(this.nothing);
    gl.uniformMatrix4fv(place.at("rays"), false, inverse(times(projection, turn)));
    gl.uniform3fv(place.at("eye"), eye);
    const values = { time, breath, lit: this.lit, still: Number(still), figure: this.shown < 0.02 ? 0 : this.figure, shown: this.shown };
    for (const [name, value] of Object.entries(values)) gl.uniform1f(place.at(name), value);
    gl.drawArrays(gl.TRIANGLES, 0, 3);
  }

  /** The words of the board are new. */
  take(canvas) {
    const { gl } = this;
    gl.bindTexture(gl.TEXTURE_2D, this.words);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, canvas);
    for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T]) gl.texParameteri(gl.TEXTURE_2D, side, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
  }

  /** The board, at a place in metres, so wide to each side of its middle. */
  drawBoard({ projection, view, at, half }) {
    const { gl, board } = this;
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.SRC_ALPHA, gl.ONE_MINUS_SRC_ALPHA);
    gl.useProgram(board.made);
    gl.bindVertexArray(this.nothing);
    gl.bindTexture(gl.TEXTURE_2D, this.words);
    gl.uniformMatrix4fv(board.at("seen"), false, times(projection, view));
    gl.uniform4f(board.at("at"), ...at, half);
    gl.drawArrays(gl.TRIANGLE_STRIP, 0, 4);
  }
}
