package io.cloudlet.sidecar.agent.cache;

import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.DuplicateBaseException;
import io.cloudlet.sidecar.base.PackageHead;
import io.cloudlet.sidecar.image.CorruptException;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes base VMs of packages that are here, and keeps the packages for others. */
final class BaseImport {
  private final DataDirectory data;
  private final Packages packages;

  BaseImport(DataDirectory data, Packages packages) {
    this.data = data;
    this.packages = packages;
  }

  /**
   * Uses a package that is here already: one that is kept, or one that had been fetched when the
   * process died. False when there is none; one that is damaged is removed.
   */
  boolean fromHere(TransferRequest request, Progress progress) throws IOException {
    Path kept = packages.file(request.base());
    Path fetched = FetchPlace.of(data, request.base()).complete();
    for (Path file : List.of(kept, fetched)) {
      try {
        if (Files.exists(file) && PackageHead.of(file).base().equals(request.base())) {
          from(file, request, progress);
          return true;
        }
      } catch (CorruptException e) {
        Files.deleteIfExists(file);
      }
    }
    return false;
  }

  /** Uses a package of the base VM; it is kept then. */
  void from(Path file, TransferRequest request, Progress progress) throws IOException {
    read(file, request, progress);
    if (!file.equals(packages.file(request.base()))) {
      packages.adopt(request.base(), file);
    }
  }

  private void read(Path file, TransferRequest request, Progress progress) throws IOException {
    BaseStore store = BaseStore.at(data.bases());
    Digest base = request.base();
    try (Progress.Stage stage =
        progress.begin("importing", PackageHead.of(file).manifest().bytes())) {
      try {
        store.importFrom(file, request.name(), stage::advance);
      } catch (DuplicateBaseException e) {
        if (store.find(base).isEmpty()) {
          // Its name is taken by another one, and a name is no more than a convenience here.
          store.importFrom(file, new BaseName(base.shortHex()), stage::advance);
        }
      }
    }
  }
}
