package io.cloudlet.sidecar.image;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The calls of the C library that the Java platform lacks; all of them are Linux'.
 *
 * <p>Every method returns the call's result, or the negated {@code errno}.
 */
@SuppressWarnings("restricted") // the one place that calls native code
final class Posix {
  static final int O_RDONLY = 0;
  static final int O_RDWR = 2;

  /** Of x86-64, as {@link #O_PATH}. */
  static final int O_NOFOLLOW = 0x20000;

  /** A place in the file system, without any right to what is there. */
  static final int O_PATH = 0x200000;

  static final int SEEK_DATA = 3;
  static final int SEEK_HOLE = 4;
  static final int FALLOC_FL_KEEP_SIZE = 1;
  static final int FALLOC_FL_PUNCH_HOLE = 2;
  static final int PROT_NONE = 0;
  static final int PROT_READ = 1;
  static final int MAP_SHARED = 1;
  static final int MAP_PRIVATE = 2;
  static final int MAP_FIXED = 0x10;
  static final int MAP_ANONYMOUS = 0x20;
  static final int MAP_NORESERVE = 0x4000;

  /** Begins to write dirty pages out, waits for none, and leaves errors to fsync. */
  static final int SYNC_FILE_RANGE_WRITE = 2;

  static final int EINTR = 4;
  static final int ENXIO = 6;
  static final int EOPNOTSUPP = 95;

  private static final int O_CLOEXEC = 0x80000;

  /** {@code _IOW(0x94, 9, int)} of linux/fs.h. */
  private static final long FICLONE = 0x40049409L;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO = STATE.varHandle(PathElement.groupElement("errno"));
  private static final Linker.Option WITH_ERRNO = Linker.Option.captureCallState("errno");

  // open and ioctl are variadic from their third parameter on; neither gets a vararg of open here.
  private static final MethodHandle OPEN =
      bind("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CLOSE =
      bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle LSEEK =
      bind("lseek", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT));
  private static final MethodHandle FALLOCATE =
      bind("fallocate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle SYNC_FILE_RANGE =
      bind(
          "sync_file_range",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
  private static final MethodHandle IOCTL =
      bind(
          "ioctl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle MMAP =
      bind(
          "mmap",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle MUNMAP =
      bind("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle STRERROR =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("strerror"), FunctionDescriptor.of(ADDRESS, JAVA_INT));

  private Posix() {}

  static int open(Path path, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      MemorySegment name = arena.allocateFrom(path.toString());
      int result = (int) OPEN.invokeExact(state, name, flags | O_CLOEXEC);
      return (int) orErrno(result, state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int close(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result = (int) CLOSE.invokeExact(state, descriptor);
      return (int) orErrno(result, state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static long lseek(int descriptor, long offset, int whence) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long result = (long) LSEEK.invokeExact(state, descriptor, offset, whence);
      return orErrno(result, state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int fallocate(int descriptor, int mode, long offset, long length) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result = (int) FALLOCATE.invokeExact(state, descriptor, mode, offset, length);
      return (int) orErrno(result, state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int syncFileRange(int descriptor, long offset, long length, int flags) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result = (int) SYNC_FILE_RANGE.invokeExact(state, descriptor, offset, length, flags);
      return (int) orErrno(result, state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Makes a whole file share the blocks of another of the same file system. */
  static int clone(int target, int source) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result = (int) IOCTL.invokeExact(state, target, FICLONE, source);
      return (int) orErrno(result, state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Maps a file from its beginning, or nothing.
   *
   * @param address where; 0 for anywhere
   * @param descriptor of the file; -1 for none
   * @return the address
   */
  static long map(long address, long length, int protection, int flags, int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long result =
          (long) MMAP.invokeExact(state, address, length, protection, flags, descriptor, 0L);
      return orErrno(result, state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  static int unmap(long address, long length) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      int result = (int) MUNMAP.invokeExact(state, address, length);
      return (int) orErrno(result, state);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** What an {@code errno} means, for a person. */
  static String message(long errno) {
    try {
      MemorySegment text = (MemorySegment) STRERROR.invokeExact((int) errno);
      return text.reinterpret(1024).getString(0);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static MethodHandle bind(
      String name, FunctionDescriptor descriptor, Linker.Option... more) {
    Linker.Option[] options = Arrays.copyOf(more, more.length + 1);
    options[more.length] = WITH_ERRNO;
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor, options);
  }

  private static long orErrno(long result, MemorySegment state) {
    return result >= 0 ? result : -(int) ERRNO.get(state, 0L);
  }

  private static Error unexpected(Throwable e) {
    return e instanceof Error error ? error : new AssertionError("a native call threw", e);
  }
}
