package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.overlay.OverlayManifest;

/**
 * An overlay that has been written and verified.
 *
 * @param root the digest that covers every byte of it
 * @param length bytes of the file
 * @param manifest what it says about itself
 */
public record OverlaySummary(Digest root, long length, OverlayManifest manifest) {}
