package io.cloudlet.sidecar.codec;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.lang.foreign.MemorySegment;
import java.util.Map;

/** A compression context of libzstd. Owns native memory; used by one thread at a time. */
final class ZstdContext implements AutoCloseable {
  private static final int SESSION_ONLY = 1;
  private static final int BY_REFERENCE = 1;
  private static final int RAW_CONTENT = 1;
  private static final int INDEX_WITH_OWN_PARAMETERS = 3;

  private final MemorySegment context;

  ZstdContext(Map<ZstdParameter, Integer> parameters) {
    try {
      context = (MemorySegment) ZstdLibrary.CREATE.invokeExact();
    } catch (Throwable e) {
      throw unexpected(e);
    }
    if (context.equals(MemorySegment.NULL)) {
      throw new IllegalStateException("libzstd has no memory for a compression context");
    }
    parameters.forEach(this::set);
    // A dictionary that is shorter than the content would otherwise shrink the tables to its size.
    set(ZstdParameter.DICTIONARY_USE, INDEX_WITH_OWN_PARAMETERS);
  }

  private void set(ZstdParameter parameter, int value) {
    try {
      check((long) ZstdLibrary.SET.invokeExact(context, parameter.number(), value));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Compresses to one frame.
   *
   * @param dictionary raw content; empty for none
   * @return bytes written to {@code destination}
   */
  long compress(MemorySegment content, MemorySegment dictionary, MemorySegment destination) {
    try {
      check((long) ZstdLibrary.RESET.invokeExact(context, SESSION_ONLY));
      check(
          (long)
              ZstdLibrary.LOAD.invokeExact(
                  context, dictionary, dictionary.byteSize(), BY_REFERENCE, RAW_CONTENT));
      return check(
          (long)
              ZstdLibrary.COMPRESS.invokeExact(
                  context, destination, destination.byteSize(), content, content.byteSize()));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static long check(long result) {
    if (Zstd.isError(result)) {
      throw new ZstdException(result);
    }
    return result;
  }

  private static RuntimeException unexpected(Throwable thrown) {
    return switch (thrown) {
      case RuntimeException e -> e;
      case Error e -> throw e;
      default -> new IllegalStateException(thrown);
    };
  }

  @Override
  public void close() {
    try {
      check((long) ZstdLibrary.FREE.invokeExact(context));
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }
}
