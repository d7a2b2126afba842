package io.cloudlet.sidecar.codec;

/** Parameters of a frame's compression, with the numbers of zstd.h. */
enum ZstdParameter {
  LEVEL(100),
  WINDOW_LOG(101),
  HASH_LOG(102),
  CHAIN_LOG(103),
  SEARCH_LOG(104),
  MIN_MATCH(105),
  TARGET_LENGTH(106),
  STRATEGY(107),
  CHECKSUM(201),
  /** How a dictionary is used; 3: its content is indexed with the frame's own parameters. */
  DICTIONARY_USE(1001);

  private final int number;

  ZstdParameter(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }
}
