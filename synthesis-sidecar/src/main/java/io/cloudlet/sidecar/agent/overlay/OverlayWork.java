package io.cloudlet.sidecar.agent.overlay;

import io.cloudlet.api.v1alpha1.Encoding;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlaySpec;
import io.cloudlet.sidecar.agent.cache.OverlayFiles;
import io.cloudlet.sidecar.agent.fact.FactFiles;
import io.cloudlet.sidecar.agent.synthesis.OverlayPlaces;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.AfterCapture;
import io.cloudlet.sidecar.node.CaptureOverlay;
import io.cloudlet.sidecar.node.CaptureRequest;
import io.cloudlet.sidecar.node.CaptureResult;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.node.VmLifecycle;
import io.cloudlet.sidecar.node.VmName;
import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What the jobs of a VMOverlay do. Thread-safe. */
final class OverlayWork {
  private final DataDirectory data;
  private final OverlayFiles files;
  private final OverlayPlaces places;
  private final FactFiles<OverlayFacts> facts;

  OverlayWork(
      DataDirectory data, OverlayFiles files, OverlayPlaces places, FactFiles<OverlayFacts> facts) {
    this.data = data;
    this.files = files;
    this.places = places;
    this.facts = facts;
  }

  /** Captures a VM. The overlay's file is there only once it has been verified. */
  void capture(VMOverlay overlay, VmName vm, Progress progress) throws IOException {
    String uid = overlay.getMetadata().getUid();
    VMOverlaySpec spec = overlay.getSpec();
    facts.put(uid, OverlayFacts.beginning(OverlayJobs.name(overlay), vm.text()));
    CaptureRequest request =
        new CaptureRequest(
            vm,
            files.file(uid),
            effort(spec.encoding()),
            OverlayStep.stops(spec) ? AfterCapture.STOP : AfterCapture.CONTINUE,
            OverlayStep.diskOnly(spec),
            Boolean.TRUE.equals(spec.balloon()));
    CaptureResult made = new CaptureOverlay(data, progress).run(request);
    files.add(uid);
    try (OverlayReader captured = OverlayReader.open(files.file(uid))) {
      facts.put(
          uid,
          new OverlayFacts(
              OverlayJobs.name(overlay),
              vm.text(),
              OverlayFacts.Made.of(captured),
              made.pause().toMillis(),
              made.total().toMillis()));
    }
  }

  /** Reads what an overlay elsewhere says about itself, and checks that it is the right one. */
  void look(VMOverlay overlay, String url, Progress progress) throws IOException {
    String given = overlay.getSpec().digest();
    if (given == null) {
      throw new IllegalArgumentException("spec.url needs spec.digest");
    }
    try (OverlayReader found = places.open(Digest.parse(given), url, progress)) {
      facts.put(
          overlay.getMetadata().getUid(),
          new OverlayFacts(
              OverlayJobs.name(overlay), null, OverlayFacts.Made.of(found), null, null));
    }
  }

  /** Ends the VM that was to end with its capture. */
  void stop(VmName vm) throws IOException {
    new VmLifecycle(data).stop(vm, Duration.ZERO);
  }

  private static Effort effort(@Nullable Encoding encoding) {
    io.cloudlet.api.v1alpha1.Effort asked = encoding == null ? null : encoding.effort();
    return switch (asked) {
      case FAST -> Effort.FAST;
      case BEST -> Effort.BEST;
      case BALANCED -> Effort.BALANCED;
      case null -> Effort.BALANCED;
    };
  }
}
