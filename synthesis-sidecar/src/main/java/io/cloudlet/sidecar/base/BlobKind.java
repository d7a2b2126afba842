package io.cloudlet.sidecar.base;

/** The blobs that a base VM has, in the order of packages. */
enum BlobKind {
  PREAMBLE("preamble"),
  DEVICE_STATE("device-state"),
  KERNEL("kernel"),
  INITRD("initrd");

  private final String file;

  BlobKind(String file) {
    this.file = file;
  }

  /** Its name in the base VM's folder. */
  String file() {
    return file;
  }
}
