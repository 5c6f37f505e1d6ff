// The few matrices that two eyes need. Column by column, as WebGL has them.

/** A view of so many radians from top to bottom. */
export function perspective(angle, aspect, near = 0.1, far = 100) {
  const f = 1 / Math.tan(angle / 2);
  const d = 1 / (near - far);
  return new Float32Array([f / aspect, 0, 0, 0, 0, f, 0, 0, 0, 0, (far + near) * d, -1, 0, 0, 2 * far * near * d, 0]);
}

/** The view of who has turned so far to the left, and then up. */
export function turned(left, up) {
  const [cl, sl, cu, su] = [Math.cos(left), Math.sin(left), Math.cos(up), Math.sin(up)];
  const aside = new Float32Array([cl, 0, sl, 0, 0, 1, 0, 0, -sl, 0, cl, 0, 0, 0, 0, 1]);
  const above = new Float32Array([1, 0, 0, 0, 0, cu, -su, 0, 0, su, cu, 0, 0, 0, 0, 1]);
  return times(above, aside);
}

export function times(a, b) {
  const out = new Float32Array(16);
  for (let column = 0; column < 4; column += 1) {
    for (let row = 0; row < 4; row += 1) {
      let sum = 0;
      for (let k = 0; k < 4; k += 1) sum += a[k * 4 + row] * b[column * 4 + k];
      out[column * 4 + row] = sum;
    }
  }
  return out;
}

/** The inverse of any matrix that has one; null of one that has none. */
export function inverse(m) {
  const a = Array.from({ length: 4 }, (_, row) => [...Array(8).keys()].map((c) => (c < 4 ? m[c * 4 + row] : Number(c - 4 === row))));
  for (let i = 0; i < 4; i += 1) {
    let best = i;
    for (let row = i + 1; row < 4; row += 1) if (Math.abs(a[row][i]) > Math.abs(a[best][i])) best = row;
    if (Math.abs(a[best][i]) < 1e-12) return null;
    [a[i], a[best]] = [a[best], a[i]];
    const pivot = a[i][i];
    for (let c = 0; c < 8; c += 1) a[i][c] /= pivot;
    for (let row = 0; row < 4; row += 1) {
      if (row === i) continue;
      const by = a[row][i];
      for (let c = 0; c < 8; c += 1) a[row][c] -= by * a[i][c];
    }
  }
  const out = new Float32Array(16);
  for (let row = 0; row < 4; row += 1) for (let c = 0; c < 4; c += 1) out[c * 4 + row] = a[row][c + 4];
  return out;
}

/** A direction turned by a matrix, without its place. */
export function along(m, [x, y, z]) {
  return [m[0] * x + m[4] * y + m[8] * z, m[1] * x + m[5] * y + m[9] * z, m[2] * x + m[6] * y + m[10] * z];
}
