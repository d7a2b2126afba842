package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.synthesis.SynthesisTimes;
import io.cloudlet.sidecar.synthesis.Way;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A VM that was started from an overlay or a base VM, and runs.
 *
 * @param vm the VM
 * @param way how its memory came to be; null when it boots
 * @param times of the stages; null when it boots
 * @param total from the beginning until it ran
 */
public record SynthesisResult(
    VmRecord vm, @Nullable Way way, @Nullable SynthesisTimes times, Duration total) {}
