package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.node.CaptureResult;

/**
 * A capture as JSON has it.
 *
 * @param pauseMillis for how long the guest stood still; 0 when it did not run on
 * @param totalMillis from the beginning to the end
 */
record CaptureView(OverlayView overlay, long pauseMillis, long totalMillis) {
  static CaptureView of(OverlayView overlay, CaptureResult result) {
    return new CaptureView(overlay, result.pause().toMillis(), result.total().toMillis());
  }
}
