package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.qemu.VmFiles;
import java.nio.file.Path;

/** Names of the files of one VM: those of its QEMU, and what is known about it. */
public record VmFolder(Path path) {
  /** What QEMU has there. */
  public VmFiles files() {
    return new VmFiles(path);
  }

  /** The {@link VmRecord}. */
  public Path record() {
    return path.resolve("vm.json");
  }

  /** The {@link CaptureJournal}; there only while a capture runs or after one has died. */
  public Path captureJournal() {
    return path.resolve("capture.json");
  }
}
