package io.cloudlet.sidecar.image;

/** A qcow2 file is sound, but uses something that is read through {@code qemu-img} only. */
public final class UnsupportedQcow2Exception extends CloudletException {
  private static final long serialVersionUID = 1L;

  /**
   * Names the file and the feature.
   *
   * @param feature what it is or has, as it follows "the file"
   */
  public UnsupportedQcow2Exception(String file, String feature) {
    super(
        file
            + " "
            + feature
            + ", which is not read directly; make a plain copy with"
            + " `qemu-img convert -O qcow2 "
            + file
            + " COPY` and use that");
  }
}
