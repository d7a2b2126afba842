package io.cloudlet.sidecar.delta;

import io.cloudlet.sidecar.image.CloudletException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** An encoder in a process of its own, for tests that end it in ways a thread cannot survive. */
final class EncoderProcess {
  /** Linux: the largest file that a process may write. */
  private static final int RLIMIT_FSIZE = 1;

  private EncoderProcess() {}

  /** Encodes a scenario; says each stage that has begun, and a typed error's message. */
  public static void main(String[] arguments) throws Throwable {
    Path folder = Path.of(arguments[0]);
    try (Scenario scenario = new Scenario(folder.resolve("images"), 5, 6000)) {
      limitFiles(Long.parseLong(arguments[1]));
      String lingering = arguments[2];
      Progress talking = (stage, done, total) -> say(stage, lingering);
      new OverlayEncoder(Scenario.OPTIONS, talking)
          .encode(scenario.content(), folder.resolve("overlay"));
      say("DONE");
    } catch (CloudletException e) {
      say("ERROR " + e.getMessage());
    }
  }

  /**
   * Starts it; it never gets past the beginning of {@code stage}, so that it can be killed there.
   */
  static Process startAndLinger(Path folder, Stage stage) throws IOException {
    return start(folder, Long.MAX_VALUE, stage.toString());
  }

  /** Starts it; none of its files gets longer than {@code limit} bytes. */
  static Process start(Path folder, long limit) throws IOException {
    return start(folder, limit, "no stage");
  }

  private static Process start(Path folder, long limit, String lingering) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command =
        List.of(
            java,
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx200m",
            "-cp",
            System.getProperty("java.class.path"),
            EncoderProcess.class.getName(),
            folder.toString(),
            Long.toString(limit),
            lingering);
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static void say(Stage stage, String lingering) {
    say(stage.toString());
    if (stage.toString().equals(lingering)) {
      LockSupport.parkNanos(Duration.ofMinutes(5).toNanos());
    }
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  @SuppressWarnings("restricted")
  private static void limitFiles(long bytes) throws Throwable {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor setrlimit =
        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limits = arena.allocateFrom(ValueLayout.JAVA_LONG, bytes, bytes);
      int failed =
          (int)
              linker
                  .downcallHandle(linker.defaultLookup().findOrThrow("setrlimit"), setrlimit)
                  .invokeExact(RLIMIT_FSIZE, limits);
      if (failed != 0) {
        throw new IllegalStateException("setrlimit");
      }
    }
  }
}
