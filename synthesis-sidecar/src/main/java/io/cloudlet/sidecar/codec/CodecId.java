package io.cloudlet.sidecar.codec;

/** The codecs of FORMAT.md, by their numbers. */
final class CodecId {
  /** The pages themselves. */
  static final int PLAIN = 0;

  /** One zstd frame of all pages, with the references as a dictionary of raw content. */
  static final int ZSTD = 1;

  /** The same of pages some of which went through filters. */
  static final int ZSTD_FILTERED = 2;

  private CodecId() {}
}
