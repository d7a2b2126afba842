package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.overlay.ImageRuns;

/**
 * One of the overlay's images as the stream to QEMU sees it.
 *
 * @param block index of its block in the stream; -1 when it is not streamed
 * @param runs its changed pages
 */
record StreamedImage(int block, ImageRuns runs) {}
