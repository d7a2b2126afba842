package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.overlay.Effort;
import java.nio.file.Path;

/**
 * An overlay to be made of a VM.
 *
 * @param vm which
 * @param target the overlay's file; replaced when there is one
 * @param effort how much time its size is worth
 * @param after what becomes of the VM
 * @param diskOnly without memory: the result boots, and does not resume
 * @param squeeze whether to take the guest's unused memory before the capture
 */
public record CaptureRequest(
    VmName vm, Path target, Effort effort, AfterCapture after, boolean diskOnly, boolean squeeze) {}
