package io.cloudlet.standalone.e2e;

/** Guests that are smaller than any operating system. */
final class Guests {
  private static final int DISK_BYTES = 1 << 20;

  private Guests() {}

  /** A disk whose boot sector halts for ever without taking any of the host's time. */
  static byte[] still() {
    byte[] disk = new byte[DISK_BYTES];
    byte[] code = {(byte) 0xfa, (byte) 0xf4, (byte) 0xeb, (byte) 0xfd}; // cli; hlt; jmp to hlt
    System.arraycopy(code, 0, disk, 0, code.length);
    disk[510] = 0x55;
    disk[511] = (byte) 0xaa;
    return disk;
  }
}
