package io.cloudlet.sidecar.qemu;

import java.io.IOException;

/**
 * How a VM's accelerator tells which pages its guest has written, and so how far memory can be read
 * while the guest runs.
 */
enum DirtyTracking {
  /** KVM tells every write: memory is looked through again and again until little is left. */
  COMPLETE(10, 4),

  /**
   * TCG tells every write until memory is looked through for the first time, and may miss writes
   * from then on: up to QEMU 8.2 that look leaves the translated addresses of written pages in the
   * TLB, so that writes through them stay unseen (mended by "physmem: Fix migration dirty bitmap
   * coherency with TCG memory access", 2024; not in 7.2); in later ones an address that is being
   * translated during the look is left. So the guest has to stand still before that look.
   */
  FIRST_PASS(0, 1);

  private final long restMillis;
  private final int passes;

  DirtyTracking(long restMillis, int passes) {
    this.restMillis = restMillis;
    this.passes = passes;
  }

  /** Asks a VM's QEMU. */
  static DirtyTracking of(QmpClient qmp) throws IOException {
    return qmp.execute("query-kvm").path("enabled").asBoolean() ? COMPLETE : FIRST_PASS;
  }

  /**
   * QEMU looks through memory and stops the guest once it guesses that the rest takes no longer
   * than this. With 0 it stops the guest first; QEMU 10.1 and newer look first even then.
   */
  long restMillis() {
    return restMillis;
  }

  /** How often a running guest's memory is read; then the guest is stopped in any case. */
  int passes() {
    return passes;
  }
}
