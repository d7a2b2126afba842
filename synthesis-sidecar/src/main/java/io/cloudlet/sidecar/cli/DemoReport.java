package io.cloudlet.sidecar.cli;

import io.cloudlet.sidecar.guest.ApplicationState;
import io.cloudlet.sidecar.image.CloudletException;
import java.time.Duration;

/**
 * What the demo has shown.
 *
 * @param diskBytes length of the guest's disk
 * @param memoryBytes length of the guest's memory
 * @param packageBytes the base VM as one file, fetched once per node
 * @param overlayBytes the overlay: what travels for an application
 * @param bootMillis to boot the base VM
 * @param captureMillis to make the overlay
 * @param firstMillis to synthesise it on a node that has only the base VM
 * @param firstAnswerMillis from the start of that to the application's first answer
 * @param secondMillis the same on a node that had it before
 * @param before the application before the capture
 * @param after the application after the synthesis
 */
public record DemoReport(
    long diskBytes,
    long memoryBytes,
    long packageBytes,
    long overlayBytes,
    long bootMillis,
    long captureMillis,
    long firstMillis,
    long firstAnswerMillis,
    long secondMillis,
    ApplicationState before,
    ApplicationState after) {
  /** Fails unless the application is the same one, running on. */
  public void prove() throws CloudletException {
    require(after.bootId().equals(before.bootId()), "the guest was booted anew");
    require(after.uptimeSeconds() >= before.uptimeSeconds(), "the guest's uptime went back");
    require(after.counter() >= before.counter(), "the counter in memory went back");
    require(after.counterOnDisk() >= before.counterOnDisk(), "the counter on disk went back");
    require(after.memoryChecksum().equals(before.memoryChecksum()), "the memory has changed");
    require(after.diskChecksum().equals(before.diskChecksum()), "the disk has changed");
    require(after.isIntact(), "the application's state is damaged");
  }

  private static void require(boolean holds, String otherwise) throws CloudletException {
    if (!holds) {
      throw new CloudletException("the demo has failed: " + otherwise + "; please report this");
    }
  }

  /** The proof, side by side. */
  public String proof() {
    return new Table("", "BEFORE, NODE ONE", "AFTER, NODE TWO")
        .row("boot", before.bootId().substring(0, 8), after.bootId().substring(0, 8))
        .row("uptime", before.uptimeSeconds() + " s", after.uptimeSeconds() + " s")
        .row("counter in memory", count(before.counter()), count(after.counter()))
        .row("counter on disk", count(before.counterOnDisk()), count(after.counterOnDisk()))
        .row("checksum of memory", start(before.memoryChecksum()), start(after.memoryChecksum()))
        .row("checksum of disk", start(before.diskChecksum()), start(after.diskChecksum()))
        .toString();
  }

  /** Sizes and times. */
  public String figures() {
    return new Table("guest's disk and memory", Amount.bytes(diskBytes + memoryBytes))
        .row("base VM, fetched once", Amount.bytes(packageBytes))
        .row("overlay, all that travels", Amount.bytes(overlayBytes))
        .row("cold boot", time(bootMillis))
        .row("capture", time(captureMillis))
        .row("synthesis, first time", time(firstMillis))
        .row("  to the first answer", time(firstAnswerMillis))
        .row("synthesis, second time", time(secondMillis))
        .toString();
  }

  private static String count(long number) {
    return Long.toString(number);
  }

  private static String start(String checksum) {
    return checksum.substring(0, 16);
  }

  private static String time(long millis) {
    return Amount.time(Duration.ofMillis(millis));
  }
}
