package io.cloudlet.sidecar.qemu;

import java.io.IOException;

/** Something that can tell a VM's state, such as base and overlay together. */
@FunctionalInterface
public interface StreamSource {
  /** Hands the whole of it over, except for {@link MigrationStreamHandler#end}. */
  void writeTo(MigrationStreamHandler out) throws IOException;
}
