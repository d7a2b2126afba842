package io.cloudlet.sidecar.base;

import io.cloudlet.sidecar.image.Digest;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A base VM in a store, found but not opened: nothing of it has been checked.
 *
 * @param name what it is called on this machine
 * @param digest its digest
 * @param folder where it lies
 */
public record BaseEntry(BaseName name, Digest digest, Path folder) {
  /**
   * Reads what it is made of.
   *
   * @throws io.cloudlet.sidecar.image.CorruptException when the manifest does not have the digest
   */
  public BaseManifest manifest() throws IOException {
    return BaseVm.readManifest(files(), digest);
  }

  BaseFiles files() {
    return new BaseFiles(folder);
  }
}
