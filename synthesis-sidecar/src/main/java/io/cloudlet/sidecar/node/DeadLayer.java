package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.ImageCopy;
import io.cloudlet.sidecar.image.PinnedFile;
import io.cloudlet.sidecar.image.Qcow2Layer;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The layer over a disk that a capture made, after its QEMU has died: holds what the guest wrote
 * since. QEMU itself joins the two while it lives.
 *
 * @param files of a VM without a process
 */
record DeadLayer(VmFiles files) {
  /**
   * Fetches it from where another user may have put anything in its place. One that is not what it
   * has to be is left there: the disk then is as it was when the layer began.
   *
   * @param own where it comes
   */
  static void fetch(Path layer, Path own) throws IOException {
    Files.deleteIfExists(own);
    try (PinnedFile there = PinnedFile.of(layer)) {
      if (there.isFile()) {
        ImageCopy.copy(there.path(), own);
        Qcow2Layer.open(own).close();
      }
    } catch (CloudletException e) {
      Files.deleteIfExists(own);
    }
  }

  /** Writes it into the disk and removes it, if there is one; may be done again. */
  void join() throws IOException {
    Path layer = files.layer();
    if (!Files.exists(layer)) {
      return;
    }
    // QEMU makes the file before there is a format in it; nothing has been written then.
    if (Qcow2.is(layer)) {
      String what = "the layer " + layer + " cannot be written into its disk";
      String path = layer.toAbsolutePath().toString();
      String disk = files.disk().toAbsolutePath().toString();
      // The layer does not name its disk: QEMU knew it.
      QemuImg.run(what, "rebase", "-u", "-f", "qcow2", "-F", "qcow2", "-b", disk, path);
      QemuImg.run(what, "commit", "-q", "-d", "-f", "qcow2", path);
    }
    Files.delete(layer);
  }
}
