// A headset, through the WebXR Device API of the browser: a session, its frames, what is pressed in it.

import { along } from "./matrix.js";

/** Height of the eyes of somebody who sits, where the device does not know the floor. */
export const SEATED = 1.25;

/** Whether there is a headset. */
export async function there() {
  try {
    return Boolean(await navigator.xr?.isSessionSupported("immersive-vr"));
  } catch {
    return false;
  }
}

/** A session in the headset. `frame(eyes, milliseconds)` draws; `pressed(from, direction)` and `squeezed()` are
 * the hand's; `left()` is called when it ends, however it ends. Gives what ends it. */
export async function enter(gl, { frame, pressed, squeezed, left }) {
  const session = await navigator.xr.requestSession("immersive-vr", { optionalFeatures: ["local-floor"] });
  session.addEventListener("end", left);
  try {
    await gl.makeXRCompatible?.();
    session.updateRenderState({ baseLayer: new XRWebGLLayer(session, gl) });
    let lift = 0;
    let space;
    try {
      space = await session.requestReferenceSpace("local-floor");
    } catch {
      space = await session.requestReferenceSpace("local");
      lift = SEATED;
    }
    session.addEventListener("select", (event) => {
      const pose = event.frame.getPose(event.inputSource.targetRaySpace, space);
      if (!pose) return;
      const { position, matrix } = pose.transform;
      pressed([position.x, position.y + lift, position.z], along(matrix, [0, 0, -1]));
    });
    session.addEventListener("squeeze", squeezed);
    const draw = (milliseconds, now) => {
      session.requestAnimationFrame(draw);
      const pose = now.getViewerPose(space);
      if (!pose) return;
      const layer = session.renderState.baseLayer;
      gl.bindFramebuffer(gl.FRAMEBUFFER, layer.framebuffer);
      frame(
        pose.views.map((view) => {
          const { x, y, width, height } = layer.getViewport(view);
          const { position, inverse } = view.transform;
          const seen = Float32Array.from(inverse.matrix);
          for (let row = 0; row < 3; row += 1) seen[12 + row] -= seen[4 + row] * lift;
          return {
            look: () => gl.viewport(x, y, width, height),
            projection: view.projectionMatrix,
            view: seen,
            eye: [position.x, position.y + lift, position.z],
          };
        }),
        milliseconds,
      );
    };
    session.requestAnimationFrame(draw);
  } catch (problem) {
    await session.end();
    throw problem;
  }
  return () => session.end().catch(() => {});
}
