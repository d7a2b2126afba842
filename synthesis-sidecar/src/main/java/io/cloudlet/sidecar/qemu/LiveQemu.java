package io.cloudlet.sidecar.qemu;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.time.Duration;

/** A QEMU that this program, or an earlier run of it, has started. It outlives this program. */
public interface LiveQemu {
  /** Its folder, as seen from here. */
  VmFiles files();

  /** Whether it has not ended. */
  boolean isAlive() throws IOException;

  /**
   * Waits for its end.
   *
   * @return whether it has ended
   */
  boolean ends(Duration limit) throws IOException;

  /** Ends it at once, whatever the guest has still to write. */
  void kill() throws IOException;

  /** What the layers above use. */
  default VmHandle handle() {
    return files().handle();
  }

  /**
   * Presses the guest's power button. A guest that stands still, knows no ACPI or has nobody who
   * listens does not react.
   *
   * @param limit for the guest to shut down
   * @return whether QEMU has ended
   */
  default boolean powerDown(Duration limit) throws IOException {
    try (QmpClient qmp = QmpClient.connect(files().qmp(), limit)) {
      if (!PausedVm.isRunning(qmp)) {
        return false;
      }
      qmp.execute("system_powerdown");
    } catch (QemuTimeoutException | QemuGoneException e) {
      return false; // Whoever asks goes on to end it.
    }
    return ends(limit);
  }

  /**
   * Ends QEMU: by request, and by force when it does not end in time. What the guest has written to
   * its disk is kept; the guest is not asked.
   *
   * @param limit for the request
   */
  default void stop(Duration limit) throws IOException {
    try (QmpClient qmp = QmpClient.connect(files().qmp(), limit)) {
      qmp.execute("quit");
    } catch (QemuTimeoutException e) {
      kill();
      return;
    } catch (CloudletException e) {
      // It is ending already, with its disks still to be written: that is what is waited for.
    }
    if (!ends(limit)) {
      kill();
    }
  }
}
