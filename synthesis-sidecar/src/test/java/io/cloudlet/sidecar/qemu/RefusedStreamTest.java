package io.cloudlet.sidecar.qemu;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.image.CorruptException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of the stream, broken once. */
class RefusedStreamTest {
  private static final Class<?> CORRUPT = CorruptException.class;
  private static final Class<?> UNSUPPORTED = UnsupportedStreamException.class;

  static Stream<Arguments> streams() {
    return Stream.concat(sections(), Stream.concat(blockLists(), records()));
  }

  private static Stream<Arguments> sections() {
    return Stream.of(
        refused(CORRUPT, "no migration stream", new StreamBytes().text("QEVN").u32(3)),
        refused(UNSUPPORTED, "version 2", new StreamBytes().text("QEVM").u32(2)),
        refused(CORRUPT, "type 9", head().u8(9)),
        refused(CORRUPT, "type 0", head().u8(0)),
        refused(CORRUPT, "configuration section out of place", head().u8(7)),
        refused(
            CORRUPT,
            "machine's name has 4294967295 bytes",
            new StreamBytes().text("QEVM").u32(3).u8(7).u32(-1)),
        refused(
            UNSUPPORTED,
            "subsection configuration/capabilities",
            head().u8(5).name("configuration/capabilities").u32(1)),
        refused(
            UNSUPPORTED,
            "the live section dirty-bitmap comes",
            head().sectionStart(1, "dirty-bitmap", 1)),
        refused(UNSUPPORTED, "section timer comes", head().sectionStart(4, "timer", 2)),
        refused(UNSUPPORTED, "section t?? comes", head().sectionStart(4, "t\033\n", 2)),
        refused(CORRUPT, "empty name", head().u8(1).u32(2).u8(0)),
        refused(UNSUPPORTED, "version 5 of guest memory", head().sectionStart(1, "ram", 5)),
        refused(UNSUPPORTED, "command 1 comes", ram().u8(8).u32(1 << 16)),
        refused(UNSUPPORTED, "command 11 comes", ram().u8(8).u32((11 << 16) | 1)),
        refused(CORRUPT, "switchover starts out of place", head().u8(8).u32(11 << 16)),
        refused(
            CORRUPT,
            "switchover starts out of place",
            ram().u8(8).u32(11 << 16).u8(8).u32(11 << 16)),
        refused(CORRUPT, "section 2 was never begun", head().section(2)),
        refused(CORRUPT, "section 3 was never begun", ram().u8(2).u32(3)),
        refused(CORRUPT, "begins a second time", ram().sectionStart(1, "ram", 4)),
        refused(CORRUPT, "begins a second time", head().sectionStart(4, "ram", 4)),
        refused(CORRUPT, "footer", ram().section(2).u64(0x10).u8(0x7e).u32(3)),
        refused(CORRUPT, "footer", ram().section(2).u64(0x10).u8(0x7d).u32(2)));
  }

  private static Stream<Arguments> blockLists() {
    return Stream.of(
        refused(CORRUPT, "no list of blocks", start().endOfSection()),
        refused(CORRUPT, "guest memory of 0 bytes", start().u64(4)),
        refused(CORRUPT, "guest memory of -4096 bytes", start().u64(-4096 | 4)),
        refused(CORRUPT, "guest memory of", start().u64(1L << 62 | 4)),
        refused(CORRUPT, "passes the announced", start().u64(0x1000 | 4).name("a").u64(0x2000)),
        refused(CORRUPT, "whole pages long: -4096", start().u64(0x1004).name("a").u64(-4096)),
        refused(CORRUPT, "whole pages long: 0", start().u64(0x1004).name("a").u64(0)),
        refused(CORRUPT, "whole pages long: 4095", start().u64(0x1004).name("a").u64(4095)),
        refused(CORRUPT, "empty name", start().u64(0x1004).name("").u64(4096)),
        refused(CORRUPT, "printable ASCII: ?[2J", start().u64(0x1004).name("\033[2J").u64(4096)),
        refused(
            CORRUPT,
            "block a comes a second",
            start().u64(0x2004).name("a").u64(4096).name("a").u64(4096)),
        refused(CORRUPT, "list of memory blocks comes a second", ram().section(2).u64(0x1004)),
        refused(CORRUPT, "more than 1024", manyBlocks()));
  }

  private static Stream<Arguments> records() {
    return Stream.of(
        refused(CORRUPT, "before the list", start().page(0, "pc.ram", 1)),
        refused(CORRUPT, "continues a block", ram().section(2).page(0, null, 1)),
        refused(CORRUPT, "unknown memory block vga", ram().section(2).page(0, "vga", 1)),
        refused(CORRUPT, "outside of memory block", ram().section(2).page(0x10000, "pc.ram", 1)),
        refused(CORRUPT, "outside of memory block", ram().section(2).fill(-4096, "pc.ram", 1)),
        refused(CORRUPT, "carries an address", ram().section(2).u64(0x1010)),
        refused(CORRUPT, "flags 0x0", ram().section(2).u64(0)),
        refused(CORRUPT, "flags 0xa", ram().section(2).u64(0xa)),
        refused(CORRUPT, "flags 0x18", ram().section(2).u64(0x18)),
        refused(CORRUPT, "flags 0x9", ram().section(2).u64(0x9)),
        refused(CORRUPT, "empty name", ram().section(2).u64(8).u8(0)),
        refused(UNSUPPORTED, "capability xbzrle", ram().section(2).u64(0x40)),
        refused(UNSUPPORTED, "capability compress", ram().section(2).u64(0x100)),
        refused(UNSUPPORTED, "capability multifd", ram().section(2).u64(0x200)),
        refused(UNSUPPORTED, "capability rdma", ram().section(2).u64(0x80)));
  }

  @ParameterizedTest
  @MethodSource("streams")
  void isRefusedWithReasonAndOffset(Class<?> type, String reason, StreamBytes stream) {
    for (int pieces : new int[] {1, stream.size()}) {
      assertThatThrownBy(() -> MigrationStreamReaderTest.read(stream.bytes(), pieces))
          .isInstanceOf(CloudletException.class)
          .isInstanceOf(type)
          .hasMessageContaining(reason)
          .hasMessageContaining("at byte ");
    }
  }

  private static Arguments refused(Class<?> type, String reason, StreamBytes stream) {
    return Arguments.of(type, reason, stream);
  }

  private static StreamBytes head() {
    return new StreamBytes().head();
  }

  private static StreamBytes start() {
    return head().sectionStart(1, "ram", 4);
  }

  private static StreamBytes ram() {
    return head().ramStart();
  }

  private static StreamBytes manyBlocks() {
    StreamBytes stream = start().u64(1L << 40 | 4);
    for (int i = 0; i < 1025; i++) {
      stream.name("block" + i).u64(4096);
    }
    return stream;
  }
}
