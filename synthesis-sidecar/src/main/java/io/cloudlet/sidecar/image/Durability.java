package io.cloudlet.sidecar.image;

/** Whether a file has to outlive a power cut. */
public enum Durability {
  /** Flushed to the disk before it gets its final name, and the name too. */
  DURABLE,
  /** Can be made again: written out whenever the kernel likes. */
  CACHE
}
