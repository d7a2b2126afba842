package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseManifest;
import io.cloudlet.sidecar.image.Allocated;
import io.cloudlet.sidecar.image.ImageKind;
import io.cloudlet.sidecar.machine.Machine;
import java.io.IOException;

/**
 * A base VM as the commands show it; the names are part of the command line's contract.
 *
 * @param created ISO 8601
 * @param diskBytes length of its disks, holes included
 * @param memoryBytes length of its memory images, holes included
 * @param storedBytes what its folder takes on the disk
 */
record BaseView(
    String name,
    String digest,
    String created,
    long diskBytes,
    long memoryBytes,
    long storedBytes,
    Machine machine) {
  static BaseView of(BaseEntry entry) throws IOException {
    BaseManifest manifest = entry.manifest();
    return new BaseView(
        entry.name().text(),
        entry.digest().toString(),
        manifest.created(),
        manifest.bytes(ImageKind.DISK),
        manifest.bytes(ImageKind.MEMORY),
        Allocated.bytes(entry.folder()),
        manifest.machine());
  }
}
