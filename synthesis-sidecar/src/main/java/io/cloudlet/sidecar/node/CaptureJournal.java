package io.cloudlet.sidecar.node;

import java.util.Objects;

/**
 * Says that a capture is under way, and where: so that whoever comes after a capture that died
 * knows that the VM may be paused, its disk under a layer, its balloon inflated, and a half-written
 * file in the overlay's folder.
 *
 * @param folder where the overlay is being written
 */
record CaptureJournal(String folder) {
  CaptureJournal {
    Objects.requireNonNull(folder, "folder is missing");
  }
}
