package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.qemu.QemuBinary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Programs in the place of QEMU: they tell the real one's version, and then do what they like. */
final class FakeQemu {
  private FakeQemu() {}

  /** The environment in which a script runs where QEMU would; {@code $QEMU} is the real one. */
  static Map<String, String> script(Path folder, String name, String body) throws IOException {
    String real = System.getenv().getOrDefault(QemuBinary.VARIABLE, QemuBinary.DEFAULT_COMMAND);
    Path script = folder.resolve(name);
    Files.writeString(
        script,
        """
        #!/bin/bash
        QEMU='%s'
        [[ ${!#} == -version ]] && exec "$QEMU" "$@"
        %s
        """
            .formatted(real, body));
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
    return Map.of(QemuBinary.VARIABLE, script.toString());
  }
}
