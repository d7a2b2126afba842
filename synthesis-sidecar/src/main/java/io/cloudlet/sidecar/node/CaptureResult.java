package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.delta.OverlaySummary;
import java.time.Duration;

/**
 * A capture that succeeded.
 *
 * @param overlay what was written
 * @param pause for how long the guest stood still; zero when it did not run on
 * @param total from the beginning to the end
 */
public record CaptureResult(OverlaySummary overlay, Duration pause, Duration total) {}
