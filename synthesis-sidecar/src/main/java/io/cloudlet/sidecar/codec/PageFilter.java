package io.cloudlet.sidecar.codec;

/** Reversible changes of pages that let them compress better. */
public enum PageFilter {
  /** Addresses of x86-64 branches and of operands beside the instruction become absolute. */
  BRANCHES(0),
  /** Bytes at equal places of 8-byte numbers come together. */
  COLUMNS(1);

  /** How many there are. */
  static final int COUNT = 2;

  private final int number;

  PageFilter(int number) {
    this.number = number;
  }

  /** The number in FORMAT.md. */
  int number() {
    return number;
  }

  /** The filter of a number, 0 to {@link #COUNT}, exclusive. */
  static PageFilter of(int number) {
    return number == BRANCHES.number ? BRANCHES : COLUMNS;
  }
}
