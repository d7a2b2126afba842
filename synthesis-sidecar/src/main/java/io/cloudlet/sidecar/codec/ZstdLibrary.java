package io.cloudlet.sidecar.codec;

import com.github.luben.zstd.util.Native;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * The functions of libzstd that zstd-jni carries but does not offer whole: parameters behind its
 * setters and dictionaries by reference. Declarations as in zstd.h of version 1.5.7.
 */
final class ZstdLibrary {
  private static final MemoryLayout SIZE = ValueLayout.JAVA_LONG;
  private static final MemoryLayout INT = ValueLayout.JAVA_INT;
  private static final MemoryLayout POINTER = ValueLayout.ADDRESS;

  static final MethodHandle CREATE = function("ZSTD_createCCtx", POINTER);
  static final MethodHandle FREE = function("ZSTD_freeCCtx", SIZE, POINTER);
  static final MethodHandle RESET = function("ZSTD_CCtx_reset", SIZE, POINTER, INT);
  static final MethodHandle SET = function("ZSTD_CCtx_setParameter", SIZE, POINTER, INT, INT);
  static final MethodHandle LOAD =
      function("ZSTD_CCtx_loadDictionary_advanced", SIZE, POINTER, POINTER, SIZE, INT, INT);
  static final MethodHandle COMPRESS =
      function("ZSTD_compress2", SIZE, POINTER, POINTER, SIZE, POINTER, SIZE);

  private ZstdLibrary() {}

  @SuppressWarnings("restricted") // the library is the pinned one, the declarations are its own
  private static MethodHandle function(
      String name, MemoryLayout result, MemoryLayout... parameters) {
    Native.load();
    MemorySegment address =
        SymbolLookup.loaderLookup()
            .find(name)
            .orElseThrow(() -> new IllegalStateException("zstd-jni does not export " + name));
    return Linker.nativeLinker().downcallHandle(address, FunctionDescriptor.of(result, parameters));
  }
}
