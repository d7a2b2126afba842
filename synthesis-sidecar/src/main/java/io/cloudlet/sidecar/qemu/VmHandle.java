package io.cloudlet.sidecar.qemu;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A running QEMU, whoever started it: sockets and files, nothing else.
 *
 * @param qmp its control socket
 * @param exchange a folder that both this program and QEMU reach, as seen from here: migration
 *     sockets and the disk's snapshot layer are made in it
 * @param exchangeInQemu the same folder as QEMU sees it; empty when it is QEMU's current folder
 * @param diskNode name of the disk's block node in QEMU while there is no snapshot layer
 * @param disk the disk's qcow2 file as seen from here
 * @param log what QEMU prints, for messages of a QEMU that dies; null when that is not known
 */
public record VmHandle(
    Path qmp,
    Path exchange,
    String exchangeInQemu,
    String diskNode,
    Path disk,
    @Nullable Path log) {
  /** How QEMU names a file of {@link #exchange}. */
  String inQemu(String file) {
    return exchangeInQemu.isEmpty() ? file : exchangeInQemu + "/" + file;
  }
}
