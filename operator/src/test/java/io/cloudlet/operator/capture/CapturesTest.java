package io.cloudlet.operator.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.ObjectRef;
import io.cloudlet.api.v1alpha1.VMOverlay;
import io.cloudlet.api.v1alpha1.VMOverlayPhase;
import io.cloudlet.api.v1alpha1.VMOverlaySpec;
import io.cloudlet.api.v1alpha1.VMOverlayStatusBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CapturesTest {
  private static VMOverlay overlay(
      @Nullable String synthesis, @Nullable String node, @Nullable VMOverlayPhase phase) {
    VMOverlay overlay = new VMOverlay();
    ObjectRef ref = synthesis == null ? null : new ObjectRef(synthesis);
    overlay.setSpec(new VMOverlaySpec(ref, null, null, null, null, null, null));
    overlay.setStatus(new VMOverlayStatusBuilder().node(node).phase(phase).build());
    return overlay;
  }

  @ParameterizedTest
  @EnumSource(
      value = VMOverlayPhase.class,
      names = {"PENDING", "CAPTURING", "ENCODING", "VERIFYING"})
  void isUnderWayFromWhenANodeHasBeenToldTo(VMOverlayPhase phase) {
    assertThat(Captures.of(overlay("web", "node-1", phase))).contains("web");
    assertThat(Captures.of(overlay("web", null, phase))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = VMOverlayPhase.class,
      names = {"READY", "FAILED", "TERMINATING"})
  void isOverWhenItIsDoneOrHasFailed(VMOverlayPhase phase) {
    assertThat(Captures.of(overlay("web", "node-1", phase))).isEmpty();
  }

  @Test
  void whatIsFetchedOrGoingIsNoCapture() {
    VMOverlay going = overlay("web", "node-1", VMOverlayPhase.CAPTURING);
    going.getMetadata().setDeletionTimestamp("2026-11-01T00:00:00Z");

    assertThat(Captures.of(overlay(null, "node-1", VMOverlayPhase.FETCHING))).isEmpty();
    assertThat(Captures.of(going)).isEmpty();
  }
}
