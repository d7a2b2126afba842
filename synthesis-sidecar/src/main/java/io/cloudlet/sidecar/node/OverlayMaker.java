package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.base.BaseVm;
import io.cloudlet.sidecar.delta.BaseView;
import io.cloudlet.sidecar.delta.ChangedImage;
import io.cloudlet.sidecar.delta.EncodeOptions;
import io.cloudlet.sidecar.delta.OverlayContent;
import io.cloudlet.sidecar.delta.OverlayEncoder;
import io.cloudlet.sidecar.delta.OverlaySummary;
import io.cloudlet.sidecar.delta.RamSpool;
import io.cloudlet.sidecar.image.DiskChain;
import io.cloudlet.sidecar.image.ImageId;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.overlay.BlobName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Encodes what a VM has become.
 *
 * @param base what it started from; open
 * @param machine its hardware
 * @param request where the overlay goes, and with how much effort
 */
record OverlayMaker(BaseVm base, Machine machine, CaptureRequest request, Progress progress) {
  /** Disk and memory. */
  OverlaySummary whole(Path disk, RamSpool spool) throws IOException {
    Map<BlobName, byte[]> blobs =
        Map.of(BlobName.PREAMBLE, spool.preamble(), BlobName.DEVICE_STATE, spool.deviceState());
    return encode(disk, spool.images(), blobs);
  }

  /** The disk alone. */
  OverlaySummary diskOnly(Path disk) throws IOException {
    return encode(disk, List.of(), Map.of());
  }

  private OverlaySummary encode(Path disk, List<ChangedImage> memory, Map<BlobName, byte[]> blobs)
      throws IOException {
    try (DiskChain chain = DiskChain.open(disk, base.path(ImageId.FIRST_DISK));
        EncodingProgress shown = new EncodingProgress(progress)) {
      List<ChangedImage> images = new ArrayList<>();
      images.add(ChangedImage.of(ImageId.FIRST_DISK, chain));
      images.addAll(memory);
      OverlayContent content = new OverlayContent(BaseView.of(base), machine, images, blobs);
      return new OverlayEncoder(EncodeOptions.of(request.effort()), shown)
          .encode(content, request.target());
    }
  }
}
