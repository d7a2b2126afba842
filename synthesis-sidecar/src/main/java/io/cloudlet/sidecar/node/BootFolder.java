package io.cloudlet.sidecar.node;

import io.cloudlet.sidecar.image.Folders;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.qemu.FolderProcesses;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.nio.file.Path;

/** A folder for a QEMU that does not outlive the work it is for; goes with everything in it. */
record BootFolder(Path path) implements AutoCloseable {
  /** Makes a folder whose name says which process needs it. */
  static BootFolder create(DataDirectory data, String what) throws IOException {
    Path path = Partials.siblingOf(data.temporary().resolve(what));
    return new BootFolder(Folders.create(path));
  }

  VmFiles files() {
    return new VmFiles(path);
  }

  /** Ends what still runs in the folder, and removes it. */
  @Override
  public void close() throws IOException {
    FolderProcesses.end(path);
    Partials.deleteTree(path);
  }
}
