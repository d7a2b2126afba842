package io.cloudlet.sidecar.synthesis;

/**
 * What a synthesis may take of the machine.
 *
 * @param cores threads that compute at the same time, at least 1
 * @param bufferBytes native memory for the pipeline's buffers, at least 1 MiB. One segment of the
 *     overlay always fits, even when that takes more
 * @param connections reads of the overlay that run at the same time, at least 1
 */
public record SynthesisLimits(int cores, long bufferBytes, int connections) {
  /** Leaves room below 300 MB for the program itself. */
  private static final long BUFFERS = 128L << 20;

  /** Refuses less than anything can work with. */
  public SynthesisLimits {
    if (cores < 1 || bufferBytes < 1 << 20 || connections < 1) {
      throw new IllegalArgumentException(
          "too little: " + cores + " cores, " + bufferBytes + " bytes, " + connections);
    }
  }

  /** All cores of this machine. */
  public static SynthesisLimits ofThisMachine() {
    return new SynthesisLimits(Runtime.getRuntime().availableProcessors(), BUFFERS, 4);
  }
}
