package io.cloudlet.sidecar.synthesis;

import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.overlay.Blob;
import io.cloudlet.sidecar.overlay.BlobName;
import io.cloudlet.sidecar.overlay.OverlayReader;
import java.io.IOException;

/**
 * The parts of a migration stream that are not memory, verified.
 *
 * @param preamble before the memory; not to be changed
 * @param deviceState behind it; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
record StateBlobs(byte[] preamble, byte[] deviceState) {
  /**
   * Those of an overlay.
   *
   * @throws CloudletException when the overlay is of disks alone
   */
  static StateBlobs of(OverlayReader overlay) throws IOException {
    return new StateBlobs(read(overlay, BlobName.PREAMBLE), read(overlay, BlobName.DEVICE_STATE));
  }

  /** Those of a base VM. */
  static StateBlobs of(BaseVm base) throws IOException {
    return new StateBlobs(base.preamble(), base.deviceState());
  }

  private static byte[] read(OverlayReader overlay, BlobName name) throws IOException {
    Blob blob =
        overlay
            .manifest()
            .blob(name)
            .orElseThrow(() ->
                new CloudletException(
                    overlay.describe()
                        + " has no "
                        + name
                        + ", so no VM can be resumed from it; boot its disk instead"));
    return overlay.read(blob);
  }
}
