package io.cloudlet.sidecar.agent;

import io.cloudlet.api.v1alpha1.AfterCapture;
import io.cloudlet.api.v1alpha1.Effort;
import io.cloudlet.api.v1alpha1.Encoding;
import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.ServicePort;
import io.cloudlet.api.v1alpha1.StartMode;
import io.cloudlet.api.v1alpha1.Synthesis;
import io.cloudlet.api.v1alpha1.SynthesisSpec;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlaySpec;
import java.util.List;

/** Objects as people write them. */
final class Specs {
  private Specs() {}

  static Synthesis ofBase(String base) {
    return synthesis(
        new SynthesisSpec(
            new ObjectRef(base), null, null, null, null, StartMode.RESUME, true, List.of(), null));
  }

  static Synthesis ofBase(String base, int port) {
    return synthesis(
        new SynthesisSpec(
            new ObjectRef(base),
            null,
            null,
            null,
            null,
            StartMode.RESUME,
            true,
            List.of(new ServicePort(port, null, "http")),
            null));
  }

  static Synthesis ofOverlay(String overlay, int readyPort) {
    return synthesis(
        new SynthesisSpec(
            null,
            new ObjectRef(overlay),
            null,
            null,
            null,
            StartMode.RESUME,
            true,
            List.of(new ServicePort(readyPort, null, "http")),
            readyPort));
  }

  static Synthesis ofUrl(String url, String digest) {
    return synthesis(
        new SynthesisSpec(null, null, url, digest, null, StartMode.RESUME, true, List.of(), null));
  }

  private static Synthesis synthesis(SynthesisSpec spec) {
    Synthesis synthesis = new Synthesis();
    synthesis.setSpec(spec);
    return synthesis;
  }

  static VMOverlay captureOf(String synthesis, AfterCapture after) {
    return overlay(
        new VMOverlaySpec(
            new ObjectRef(synthesis), null, null, new Encoding(Effort.FAST), after, false, false));
  }

  static VMOverlay at(String url, String digest) {
    return overlay(
        new VMOverlaySpec(
            null, url, digest, new Encoding(Effort.BALANCED), AfterCapture.CONTINUE, false, false));
  }

  private static VMOverlay overlay(VMOverlaySpec spec) {
    VMOverlay overlay = new VMOverlay();
    overlay.setSpec(spec);
    return overlay;
  }
}
