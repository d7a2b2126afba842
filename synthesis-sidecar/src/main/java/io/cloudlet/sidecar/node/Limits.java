package io.cloudlet.sidecar.node;

import java.time.Duration;

/** How long QEMU may take. */
final class Limits {
  /** From the start of its process until it answers. */
  static final Duration START = Duration.ofSeconds(30);

  /** To connect, and for commands that it answers at once. */
  static final Duration ANSWER = Duration.ofSeconds(30);

  /** Without any progress while state is saved or loaded. */
  static final Duration STALL = Duration.ofSeconds(60);

  /** For a job on the disk, such as writing a layer back. */
  static final Duration DISK_JOB = Duration.ofMinutes(30);

  /** To end by itself. */
  static final Duration STOP = Duration.ofSeconds(20);

  /** For a guest to give up memory. */
  static final Duration SQUEEZE = Duration.ofSeconds(20);

  private Limits() {}
}
