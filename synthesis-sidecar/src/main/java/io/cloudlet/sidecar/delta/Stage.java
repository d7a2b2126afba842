package io.cloudlet.sidecar.delta;

/** The parts of making an overlay that take time. */
public enum Stage {
  /** Changed pages are compared with zero, the base and each other. */
  DEDUPLICATE,
  /** New pages are compressed and written. */
  COMPRESS,
  /** The file is read back and compared with the pages. */
  VERIFY
}
