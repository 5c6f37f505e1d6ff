// The places, as what is seen along a ray: `vec3 place(eye, ray)`. Everything is drawn, nothing is a picture.
// Lengths are metres, the ground is y = 0; `breath` is 0…1, `time` seconds (it stands still on request).

const SHARED = `
float hash(vec2 p) { p = fract(p * vec2(123.34, 456.21)); p += dot(p, p + 45.32); return fract(p.x * p.y); }
float noise(vec2 p) {
  vec2 i = floor(p), f = fract(p);
  vec2 u = f * f * (3.0 - 2.0 * f);
  return mix(mix(hash(i), hash(i + vec2(1, 0)), u.x), mix(hash(i + vec2(0, 1)), hash(i + vec2(1, 1)), u.x), u.y);
}
float layers(vec2 p) { return noise(p) * 0.55 + noise(p * 2.1 + 7.0) * 0.3 + noise(p * 4.3 + 13.0) * 0.15; }
// The lantern that is breathed with: how much of it a ray meets.
vec3 lantern(vec3 c, vec3 eye, vec3 ray, vec3 at, vec3 colour) {
  vec3 to = at - eye;
  float along = max(dot(to, ray), 0.0);
  float off = length(to - ray * along);
  float size = still > 0.5 ? 0.26 : mix(0.18, 0.36, breath);
  float body = smoothstep(size, size * 0.82, off);
  float glow = exp(-off * off / (size * size * 3.5));
  float light = mix(0.35, 1.0, breath);
  float middle = smoothstep(size, 0.0, off);
  c += lit * glow * colour * 0.30 * light * (1.0 - body);
  return mix(c, mix(colour * vec3(1.0, 0.86, 0.66), vec3(1.0, 0.95, 0.8), middle) * mix(0.66, 1.08, breath), body * lit);
}
`;

const SHORE = `
vec3 sky(vec3 ray) {
  float h = max(ray.y, 0.0);
  vec3 low = vec3(0.97, 0.72, 0.52), middle = vec3(0.60, 0.56, 0.66), high = vec3(0.16, 0.25, 0.40);
  vec3 c = mix(low, middle, smoothstep(0.0, 0.22, h));
  c = mix(c, high, smoothstep(0.12, 0.75, h));
  float clouds = smoothstep(0.48, 0.85, layers(vec2(atan(ray.x, -ray.z) * 3.0 + time * 0.004, h * 11.0)));
  c = mix(c, vec3(0.98, 0.78, 0.66), clouds * 0.35 * smoothstep(0.02, 0.12, h) * (1.0 - smoothstep(0.25, 0.5, h)));
  vec3 sun = normalize(vec3(-0.42, 0.075, -1.0));
  float near = max(dot(ray, sun), 0.0);
  return c + vec3(1.0, 0.75, 0.45) * (smoothstep(0.9993, 0.9996, near) * 0.9 + pow(near, 220.0) * 0.45 + pow(near, 14.0) * 0.16);
}
vec3 hills(vec3 ray, vec3 behind) {
  float round = atan(ray.x, -ray.z);
  float far = 0.045 * layers(vec2(round * 4.0 + 3.0, 1.0)) + 0.008;
  float near = 0.075 * layers(vec2(round * 2.6 + 20.0, 5.0)) * smoothstep(0.15, 0.9, abs(round + 0.1)) - 0.004;
  vec3 c = mix(behind, vec3(0.56, 0.50, 0.58), smoothstep(0.0, 0.003, far - ray.y));
  return mix(c, vec3(0.30, 0.32, 0.42), smoothstep(0.0, 0.003, near - ray.y));
}
vec3 place(vec3 eye, vec3 ray) {
  vec3 c;
  if (ray.y >= -0.0005) c = hills(ray, sky(ray));
  else {
    float far = eye.y / -ray.y;
    vec2 at = eye.xz + ray.xz * far;
    float edge = -3.1 + 0.35 * sin(at.x * 0.35) + 0.18 * sin(time * 0.35 + at.x * 0.2) + 0.25 * noise(at * 0.7);
    if (at.y > edge) {
      vec3 sand = mix(vec3(0.50, 0.42, 0.38), vec3(0.60, 0.50, 0.44), layers(at * 3.0)) * (0.9 + 0.1 * hash(floor(at * 60.0)));
      float wet = 1.0 - smoothstep(0.0, 1.1, at.y - edge);
      vec3 mirror = sky(vec3(ray.x, -ray.y, ray.z));
      c = mix(sand, mix(sand * 0.62, mirror, 0.38), wet);
      c = mix(c, vec3(0.97, 0.93, 0.9), smoothstep(0.10, 0.0, at.y - edge) * (0.5 + 0.5 * noise(at * 9.0)));
    } else {
      float calm = 1.0 / (1.0 + far * 0.14);
      vec2 w = at * 0.55;
      vec2 slope = vec2(noise(w * vec2(1.0, 2.3) + vec2(time * 0.22, -time * 0.31)) - 0.5, noise(w * vec2(1.7, 3.1) - vec2(time * 0.17, time * 0.27)) - 0.5);
      slope += 0.5 * vec2(noise(w * 4.0 + time * 0.4) - 0.5, noise(w * 5.0 - time * 0.5) - 0.5);
      vec3 up = normalize(vec3(slope.x * 0.20 * calm, 1.0, slope.y * 0.36 * calm));
      vec3 back = reflect(ray, up); back.y = abs(back.y) + 0.004; back = normalize(back);
      float skim = pow(1.0 - max(dot(-ray, up), 0.0), 4.0);
      c = mix(vec3(0.10, 0.20, 0.27), hills(back, sky(back)), 0.28 + 0.66 * skim);
      c += lit * breath * vec3(1.0, 0.7, 0.35) * 0.5 * exp(-abs(at.x) * 1.4) * exp(-abs(at.y + 3.8) * 0.5);
      c = mix(c, vec3(0.96, 0.93, 0.9), smoothstep(0.16, 0.0, edge - at.y) * (0.3 + 0.6 * noise(at * 7.0 + time * 0.2)));
    }
    c = mix(c, vec3(0.86, 0.66, 0.54), smoothstep(20.0, 260.0, far) * 0.55);
  }
  return lantern(c, eye, ray, vec3(0.0, 1.62, -3.4), vec3(1.0, 0.83, 0.55));
}
`;

const STREET = `
const vec3 LAMP = vec3(1.7, 3.3, -6.0);
vec3 sky(vec3 ray) {
  float h = max(ray.y, 0.0);
  vec3 c = mix(vec3(0.34, 0.33, 0.44), vec3(0.07, 0.10, 0.20), smoothstep(0.0, 0.6, h));
  vec2 cell = vec2(atan(ray.x, -ray.z), h) * 90.0;
  float star = hash(floor(cell));
  return c + smoothstep(0.985, 1.0, star) * smoothstep(0.3, 0.0, length(fract(cell) - 0.5)) * smoothstep(0.2, 0.5, h) * 0.7;
}
// The fronts of houses along x = side, with some windows lit.
vec3 fronts(vec3 at, float side) {
  float house = floor(at.z / 6.0);
  float top = 5.2 + 2.6 * hash(vec2(house, side));
  if (at.y > top) return vec3(-1.0);
  vec3 wall = mix(vec3(0.25, 0.24, 0.29), vec3(0.34, 0.30, 0.31), hash(vec2(house * 3.0, side + 4.0)));
  vec2 grid = vec2(fract(at.z / 2.0), fract(at.y / 1.9 - 0.25));
  vec2 which = vec2(floor(at.z / 2.0), floor(at.y / 1.9 - 0.25) + side * 7.0);
  float pane = step(0.28, grid.x) * step(grid.x, 0.72) * step(0.25, grid.y) * step(grid.y, 0.8) * step(0.6, at.y);
  float on = step(0.55, hash(which));
  float bar = step(0.03, abs(grid.x - 0.5));
  vec3 inside = on > 0.5 ? mix(vec3(0.95, 0.72, 0.42), vec3(0.85, 0.62, 0.38), grid.y) : vec3(0.12, 0.13, 0.18);
  vec3 c = mix(wall, inside * (0.55 + 0.45 * bar), pane);
  c *= mix(0.62, 1.0, smoothstep(0.0, 2.0, at.y));
  float near = length(at - LAMP);
  return c + vec3(1.0, 0.78, 0.5) * 0.9 / (1.0 + near * near * 0.55) * (1.0 - pane * 0.6);
}
// Somebody standing in the plane z = at.z: head, shoulders and legs as one soft outline.
float somebody(vec2 p) {
  float head = length((p - vec2(0.0, 1.57)) * vec2(1.15, 1.0)) - 0.112;
  float neck = max(abs(p.x) - 0.05, abs(p.y - 1.43) - 0.08);
  vec2 q = vec2(abs(p.x), p.y);
  float shoulders = length(vec2(max(q.x - 0.13, 0.0), max(abs(p.y - 1.12) - 0.19, 0.0))) - 0.09;
  float arm = length(vec2(q.x - 0.215 - (1.3 - p.y) * 0.05, max(abs(p.y - 1.03) - 0.26, 0.0))) - 0.055;
  float legs = length(vec2(max(abs(q.x - 0.095) - 0.02, 0.0), max(abs(p.y - 0.45) - 0.40, 0.0))) - 0.065;
  return min(min(min(head, neck), min(shoulders, arm)), legs);
}
vec3 place(vec3 eye, vec3 ray) {
  vec3 c = sky(ray);
  float far = 1e5;
  if (ray.y < -0.0005) {
    float d = eye.y / -ray.y;
    vec2 at = eye.xz + ray.xz * d;
    far = d;
    vec2 stone = at * vec2(1.4, 0.9); stone.x += 0.5 * mod(floor(stone.y), 2.0);
    vec2 gap = abs(fract(stone) - 0.5);
    float joint = smoothstep(0.5, 0.465, max(gap.x, gap.y));
    c = mix(vec3(0.17), vec3(0.25, 0.25, 0.29) * (0.85 + 0.3 * hash(floor(stone))), joint);
    float near = length(vec3(at.x, 0.0, at.y) - vec3(LAMP.x - 0.3, 0.0, LAMP.z));
    c += vec3(1.0, 0.76, 0.46) * 0.62 * exp(-near * near * 0.10) * (0.7 + 0.3 * noise(at * 3.0));
    c = mix(c, vec3(0.20, 0.20, 0.28), smoothstep(14.0, 45.0, d));
  }
  for (float side = -1.0; side <= 1.0; side += 2.0) {
    float d = (side * 4.6 - eye.x) / ray.x;
    if (d > 0.0 && d < far) {
      vec3 at = eye + ray * d;
      vec3 wall = fronts(at, side);
      if (at.y > 0.0 && wall.x >= 0.0 && d < 90.0) { far = d; c = mix(wall, vec3(0.20, 0.20, 0.28), smoothstep(18.0, 70.0, d)); }
    }
  }
  float d = (LAMP.z - eye.z) / ray.z;
  if (d > 0.0 && d < far) {
    vec3 at = eye + ray * d;
    float pole = abs(at.x - LAMP.x) - 0.045;
    float arm = max(abs(at.y - LAMP.y - 0.12) - 0.03, abs(at.x - LAMP.x + 0.3) - 0.33);
    if (at.y > 0.0 && at.y < LAMP.y + 0.14) c = mix(c, vec3(0.09, 0.09, 0.11), smoothstep(0.012, -0.012, min(pole, arm)));
  }
  vec3 bulb = LAMP - vec3(0.55, 0.06, 0.0);
  float off = length(cross(ray, bulb - eye));
  if (dot(bulb - eye, ray) > 0.0) c += vec3(1.0, 0.82, 0.55) * (smoothstep(0.14, 0.08, off) + 0.34 * exp(-off * off * 1.6));
  if (figure > 0.01) {
    float z = mix(-9.5, -2.5, figure);
    d = (z - eye.z) / ray.z;
    if (d > 0.0 && d < far) {
      vec3 at = eye + ray * d - vec3(mix(1.0, 0.75, figure), 0.0, 0.0);
      float s = somebody(at.xy);
      vec3 cloth = mix(vec3(0.13, 0.14, 0.19), vec3(0.20, 0.19, 0.22), smoothstep(0.9, 1.4, at.y));
      cloth += vec3(1.0, 0.75, 0.45) * 0.34 * smoothstep(-0.06, 0.0, s) * smoothstep(-0.3, 0.3, at.x);
      c = mix(c, cloth, smoothstep(0.008, -0.008, s) * shown);
    }
  }
  return lantern(c, eye, ray, vec3(-0.4, 1.62, -3.0), vec3(1.0, 0.84, 0.58));
}
`;

const HEAD = `#version 300 es
precision highp float;
in vec2 spot;
out vec4 colour;
uniform mat4 rays;
uniform vec3 eye;
uniform float time, breath, lit, still, figure, shown;
`;

const TAIL = `
void main() {
  vec4 far = rays * vec4(spot, 1.0, 1.0);
  vec3 ray = normalize(far.xyz / far.w);
  vec3 c = place(eye, ray);
  colour = vec4(pow(clamp(c, 0.0, 1.0), vec3(0.94)) + (hash(spot * 917.0) - 0.5) / 255.0, 1.0);
}
`;

/** The fragment shader of a place. */
export const shaderOf = (name) => HEAD + SHARED + (name === "street" ? STREET : SHORE) + TAIL;
