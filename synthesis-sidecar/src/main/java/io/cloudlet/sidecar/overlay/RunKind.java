package io.cloudlet.sidecar.overlay;

/** What the pages of a run are. */
public enum RunKind {
  /** All zero. */
  ZERO(0),
  /** Consecutive pages of one image of the base. */
  BASE(1),
  /** Consecutive slots of the overlay. */
  SLOT(2);

  /** How many kinds the format knows; their codes are 0 up to this. */
  static final int COUNT = 3;

  private final int code;

  RunKind(int code) {
    this.code = code;
  }

  /** The number in the file. */
  int code() {
    return code;
  }

  static RunKind of(int code) {
    return switch (code) {
      case 0 -> ZERO;
      case 1 -> BASE;
      case 2 -> SLOT;
      default -> throw new IllegalArgumentException("no kind of run: " + code);
    };
  }
}
