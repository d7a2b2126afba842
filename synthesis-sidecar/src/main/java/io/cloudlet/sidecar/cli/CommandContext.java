package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.machine.Accelerator;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.qemu.QemuBinary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run of the program gives to its commands. Right once a command is called. */
public interface CommandContext {
  /** The data directory's path, whether it exists or not. */
  Path root();

  /** The variables of the environment. */
  Map<String, String> environment();

  /** The QEMU of this machine: {@code CLOUDLET_QEMU}, or the one in PATH. */
  QemuBinary qemu() throws IOException;

  /**
   * What will run guests: what was asked for, else KVM where it boots a kernel.
   *
   * @param kernel to be tried with; null when there is none
   */
  Accelerator accelerator(@Nullable Accelerator wanted, QemuBinary qemu, @Nullable Path kernel)
      throws IOException;

  /** A sentence beside the result; nothing when the user wants quiet. */
  void say(String sentence);

  /** The result: as JSON, or as text of lines. */
  void result(Object value, String text);

  /** For long work: a moving line on a terminal, plain lines elsewhere, nothing when quiet. */
  Progress progress();
}
