package io.cloudlet.sidecar.guest;

/**
 * What the small guest's application says about itself.
 *
 * @param started whether it runs; before, the counters are 0 and the checksums empty
 * @param bootId names this run of the guest's kernel: another one means that it was booted anew
 * @param uptimeSeconds since that boot, as the guest counts
 * @param counter seconds since the start, counted by a process and kept in memory
 * @param counterOnDisk the same as last written to the disk
 * @param memoryChecksum SHA-256 of tens of MB of random bytes in memory, computed for this answer
 * @param memoryChecksumAtStart the same, noted when the bytes were made
 * @param diskChecksum SHA-256 of some MB of random bytes on disk, computed for this answer
 * @param diskChecksumAtStart the same, noted when the bytes were made
 */
public record ApplicationState(
    boolean started,
    String bootId,
    double uptimeSeconds,
    long counter,
    long counterOnDisk,
    String memoryChecksum,
    String memoryChecksumAtStart,
    String diskChecksum,
    String diskChecksumAtStart) {
  /** Whether memory and disk still hold what the start put there. */
  public boolean isIntact() {
    return started
        && memoryChecksum.length() == 64
        && diskChecksum.length() == 64
        && memoryChecksum.equals(memoryChecksumAtStart)
        && diskChecksum.equals(diskChecksumAtStart);
  }
}
