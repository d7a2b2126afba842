package io.cloudlet.sidecar.guest;

/**
 * One version of a package, as apt would download it.
 *
 * @param uri where it lies
 * @param file name of the file
 * @param digest algorithm and value, such as {@code SHA256:…}, as the package list has it
 */
record DebianPackage(String uri, String file, String digest) {
  /** What says which version it is, wherever it lies. */
  String content() {
    return file + " " + digest;
  }

  /** The archive that has it: all before its {@code pool}. */
  String mirror() {
    int pool = uri.indexOf("/pool/");
    return pool < 0 ? uri : uri.substring(0, pool);
  }
}
