package io.cloudlet.sidecar.synthesis;

/**
 * How long threads were busy in each stage of the pipeline, in milliseconds, added up over all
 * threads: stages overlap, so the sum may exceed the time that passed.
 *
 * @param fetchMillis reading the overlay's bytes
 * @param verifyMillis digests of them
 * @param decodeMillis bytes to pages
 * @param placeMillis pages to files and to QEMU, waiting for QEMU included
 */
public record StageTimes(long fetchMillis, long verifyMillis, long decodeMillis, long placeMillis) {
  /** Nothing had to be decoded. */
  static final StageTimes NONE = new StageTimes(0, 0, 0, 0);
}
