package io.cloudlet.sidecar.qemu;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.cloudlet.sidecar.image.CloudletException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Locale;

/**
 * Keeps a memory file that many VMs map privately from being altered by one of them.
 *
 * <p>When a guest gives memory back, QEMU punches a hole into the file behind it, even where the
 * mapping is private and the file somebody else's, and then drops its own copy of the pages. Under
 * the guard the kernel answers the first step with success without doing it; the second one takes
 * place: such pages read as the file again, cost no memory, and are unchanged for a capture.
 *
 * <p>The guard is a seccomp filter of the calling thread, inherited by what it starts; it cannot be
 * taken off.
 */
final class HolePunchGuard {
  private static final int PR_SET_SECCOMP = 22;
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int PR_GET_NO_NEW_PRIVS = 39;
  private static final long SECCOMP_MODE_FILTER = 2;

  // Classic BPF over struct seccomp_data {int nr; u32 arch; u64 ip; u64 args[6]}.
  private static final int LOAD = 0x20;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int JUMP_IF_ANY_BIT = 0x45;
  private static final int RETURN = 0x06;
  private static final int NUMBER_OFFSET = 0;
  private static final int ARCH_OFFSET = 4;
  private static final int MODE_OFFSET = 24;
  private static final int FALLOC_FL_PUNCH_HOLE = 2;
  private static final int ALLOW = 0x7fff_0000;
  private static final int SUCCEED_WITHOUT_DOING = 0x0005_0000; // errno 0

  private static final MethodHandle PRCTL = link();

  private HolePunchGuard() {}

  /** Does what the first {@link #install} of a process spends its time on, and nothing else. */
  static void prepare() {
    prctl(PR_GET_NO_NEW_PRIVS, 0, MemorySegment.NULL);
  }

  /** Installs the guard on the calling thread. */
  static void install() throws CloudletException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment filter = filter(arena);
      MemorySegment program = arena.allocate(16, 8);
      program.set(JAVA_SHORT, 0, (short) (filter.byteSize() / 8));
      program.set(ADDRESS, 8, filter);
      require(prctl(PR_SET_NO_NEW_PRIVS, 1, MemorySegment.NULL));
      require(prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program));
    }
  }

  private static MemorySegment filter(Arena arena) throws CloudletException {
    boolean x86 =
        switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
          case "amd64", "x86_64" -> true;
          case "aarch64", "arm64" -> false;
          default -> throw unavailable("unknown architecture");
        };
    int arch = x86 ? 0xc000003e : 0xc00000b7;
    int fallocate = x86 ? 285 : 47;
    MemorySegment filter = arena.allocate(8 * 8, 8);
    put(filter, 0, LOAD, 0, 0, ARCH_OFFSET);
    put(filter, 1, JUMP_IF_EQUAL, 0, 4, arch);
    put(filter, 2, LOAD, 0, 0, NUMBER_OFFSET);
    put(filter, 3, JUMP_IF_EQUAL, 0, 2, fallocate);
    put(filter, 4, LOAD, 0, 0, MODE_OFFSET);
    put(filter, 5, JUMP_IF_ANY_BIT, 1, 0, FALLOC_FL_PUNCH_HOLE);
    put(filter, 6, RETURN, 0, 0, ALLOW);
    put(filter, 7, RETURN, 0, 0, SUCCEED_WITHOUT_DOING);
    return filter;
  }

  /** One instruction; jumps count from the next one. */
  private static void put(
      MemorySegment filter, int index, int code, int whenTrue, int whenFalse, int operand) {
    long at = index * 8L;
    filter.set(JAVA_SHORT, at, (short) code);
    filter.set(JAVA_BYTE, at + 2, (byte) whenTrue);
    filter.set(JAVA_BYTE, at + 3, (byte) whenFalse);
    filter.set(JAVA_INT, at + 4, operand);
  }

  @SuppressWarnings("restricted") // The descriptor is that of prctl(2).
  private static MethodHandle link() {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow("prctl"),
        FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG),
        Linker.Option.firstVariadicArg(1));
  }

  private static int prctl(int option, long value, MemorySegment pointer) {
    try {
      return (int) PRCTL.invokeExact(option, value, pointer, 0L, 0L);
    } catch (Error | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  private static void require(int result) throws CloudletException {
    if (result != 0) {
      throw unavailable("the kernel refused it");
    }
  }

  private static CloudletException unavailable(String reason) {
    return new CloudletException(
        "No seccomp filter can be installed ("
            + reason
            + "), so this QEMU could alter shared memory files; use QEMU 8.2 or newer");
  }
}
