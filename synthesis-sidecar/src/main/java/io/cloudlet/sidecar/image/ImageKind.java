package io.cloudlet.sidecar.image;

/** What an image is an image of. */
public enum ImageKind {
  /** A disk of the VM. */
  DISK,
  /** A block of guest memory, ROM blocks included. */
  MEMORY
}
