package io.cloudlet.sidecar.delta;

/**
 * What a stream's layout is made of. There is a present block and page, at first block 0, page 0; a
 * step is the varint {@code count * 8 + code}.
 */
enum StreamStep {
  /** The next {@code count} literal bytes. */
  LITERAL(0),

  /** {@code count} records of the present page and those after: address and flags, content. */
  PAGES(1),

  /** {@code count} records of zero pages from the present page on: address and flags, a zero. */
  ZEROS(2),

  /** The content of {@code count} pages from the present page on. */
  CONTENT(3),

  /** No bytes; block {@code count} and the page that a signed varint is away become present. */
  MOVE(4);

  /** QEMU's flags of a page of the same block as before (migration/ram.c). */
  static final long PAGE_RECORD = 0x28;

  /** QEMU's flags of a filled page of the same block as before. */
  static final long FILL_RECORD = 0x22;

  static final int CODES = 8;

  private final int code;

  StreamStep(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
