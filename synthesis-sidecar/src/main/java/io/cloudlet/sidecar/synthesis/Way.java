package io.cloudlet.sidecar.synthesis;

/** How a VM's memory gets to QEMU. */
public enum Way {
  /** QEMU maps a file that holds the whole memory; only devices and ROMs are streamed. */
  MAPPED,
  /** As mapped, with a file that is made for this start and stays in the cache. */
  COMPOSED,
  /** QEMU maps the base's memory; the overlay's pages are streamed as they are decoded. */
  DELTA
}
