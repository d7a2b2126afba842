package io.cloudlet.sidecar.bench;

import java.nio.file.Path;

/**
 * A customised VM at one instant, as QEMU itself has saved it. The files are never written again.
 *
 * @param stream the whole migration stream
 * @param disk the qcow2 file over the base's disk
 */
record BenchState(Path stream, Path disk) {
  static BenchState in(Path folder) {
    return new BenchState(folder.resolve("full.stream"), folder.resolve("disk.qcow2"));
  }
}
