package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.machine.Machine;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the QEMU of one VM runs: what it shares with this program, how it starts and is found. */
public interface QemuHost {
  /** The VM's folder, as seen from here. QEMU works in it. */
  VmFiles files();

  /**
   * Puts a hard link to a file into the VM's folder, in place of an earlier one, for QEMU to read.
   *
   * @return whether it could; if not, there is none
   * @throws NoSuchFileException when there is no such file
   */
  boolean link(Path file, String name) throws IOException;

  /** Address of the guest's ports, for QEMU. */
  String forwardsAt();

  /** A machine whose ports are forwarded as they can be there. */
  Machine forwarding(Machine machine);

  /**
   * Whether QEMU sees what is written to a file after it was started with it, as it does unless it
   * gets a copy.
   */
  boolean sharesFiles(QemuBinary qemu) throws IOException;

  /**
   * Starts QEMU and waits until it answers on its QMP socket.
   *
   * @param command names files as this program does; the disk lies in the VM's folder
   * @param limit until it answers
   * @throws QemuStartException when QEMU ends instead; carries what it said
   * @throws QemuTimeoutException when it does not answer; it has been ended then
   */
  ConnectedQemu start(QemuCommand command, Duration limit) throws IOException;

  /** The QEMU that runs there. */
  Optional<LiveQemu> find() throws IOException;

  /** The guest runs, which has been noted: from now on nothing has to be cleared away. */
  void born() throws IOException;

  /** Ends whatever runs there, however far its start has come, and takes back what it was lent. */
  void clear() throws IOException;
}
