package io.cloudlet.api.vm;

import io.cloudlet.api.v1alpha1.Accelerator;
import io.cloudlet.api.v1alpha1.MachineStatus;

/**
 * How much memory a VM takes on its node: that of the guest, and QEMU's own.
 *
 * <p>Measured with QEMU 7.2 and a Debian guest of two CPUs and 1 GiB, which booted and then
 * compressed, hashed and ran Python and Perl: besides the guest's memory and the buffer of
 * translated code QEMU had 78 MiB, 24 of them program and libraries; with each CPU, threads and
 * tables of 3 to 5 MiB. Translated code filled whatever buffer there was: 703 MiB in all with
 * QEMU's own choice of up to 1 GiB, 206 MiB with one of 128 MiB, which was the faster one.
 */
public final class VmMemory {
  /** How large QEMU's buffer of translated code may be: what {@code tb-size} says. */
  public static final int TRANSLATION_BUFFER_MIB = 128;

  private static final long MIB = 1L << 20;

  /** What was measured, and half as much again for connections, streams and tables of a disk. */
  private static final long FIXED = 128 * MIB;

  private static final long PER_CPU = 8 * MIB;

  /** Page tables of the host and of what runs the guest: 8 bytes each for every page of 4 KiB. */
  private static final long GUEST_PER_TABLES = 256;

  private VmMemory() {}

  /** What QEMU needs besides the guest's memory, in bytes, in whole MiB. */
  public static long overheadBytes(MachineStatus machine) {
    long buffer = machine.accelerator() == Accelerator.TCG ? TRANSLATION_BUFFER_MIB * MIB : 0;
    long tables = Math.ceilDiv(machine.memoryBytes(), GUEST_PER_TABLES * MIB) * MIB;
    return FIXED + machine.cpus() * PER_CPU + tables + buffer;
  }

  /** What a VM takes in all, in bytes. */
  public static long totalBytes(MachineStatus machine) {
    return machine.memoryBytes() + overheadBytes(machine);
  }
}
