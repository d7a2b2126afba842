package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.overlay.SegmentCodec;
import java.nio.ByteBuffer;

/**
 * A compressed segment.
 *
 * @param plan what it holds
 * @param buffer owns the memory of {@code stored}
 */
record Encoded(
    SegmentPlan plan, NativeBuffer buffer, ByteBuffer stored, SegmentCodec codec, Digest digest) {}
