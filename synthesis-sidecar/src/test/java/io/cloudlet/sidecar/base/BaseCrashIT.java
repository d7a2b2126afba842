package io.cloudlet.sidecar.base;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.image.Images;
import io.cloudlet.sidecar.image.Partials;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kills a process that creates or imports base VMs, at random instants, and looks what it left. */
class BaseCrashIT {
  private static final int KILLS = 8;

  @TempDir private Path folder;

  /** What is killed: makes base VMs one after the other until there are no more of them to make. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws IOException {
      BaseStore store = BaseStore.at(Path.of(arguments[0]));
      for (int i = 0; i < 100; i++) {
        if (arguments[1].equals("create")) {
          Bases.create(store, "base-" + ProcessHandle.current().pid() + "-" + i, i);
        } else {
          store.importFrom(Path.of(arguments[1]), null, _ -> {});
          store.remove(store.list().getFirst(), _ -> List.of());
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "import"})
  void whatItLeavesIsCompleteOrCleaned(String work) throws Exception {
    BaseStore store = BaseStore.at(folder.resolve("store"));
    String argument = work.equals("create") ? work : exported().toString();
    RandomGenerator random = Images.random(work.hashCode());
    int leftovers = 0;
    for (int i = 0; i < KILLS; i++) {
      killWhileWorking(store, argument, random);
      for (BaseEntry entry : store.list()) {
        store.verify(entry, _ -> {});
      }
      leftovers += store.clean().size();
      assertThat(store.root()).isDirectoryNotContaining(Partials::isPartial);
      for (BaseEntry entry : store.list()) {
        store.remove(entry, _ -> List.of());
      }
    }
    assertThat(leftovers).as("instants that were in the middle of work").isPositive();
    try (Stream<Path> rest = Files.list(store.root())) {
      assertThat(rest).allSatisfy(path -> assertThat(path).hasFileName(".lock"));
    }
  }

  private Path exported() throws IOException {
    BaseStore origin = BaseStore.at(folder.resolve("origin"));
    Bases.create(origin, "debian", 1);
    origin.exportTo(origin.find("debian"), folder.resolve("debian.base"), _ -> {});
    return folder.resolve("debian.base");
  }

  private static boolean hasBegun(BaseStore store) throws IOException {
    try (Stream<Path> names = Files.list(store.root())) {
      return names.anyMatch(Partials::isPartial);
    }
  }

  private void killWhileWorking(BaseStore store, String argument, RandomGenerator random)
      throws Exception {
    Process victim =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                store.root().toString(),
                argument)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(folder.resolve("output").toFile()))
            .start();
    try {
      while (!hasBegun(store)) {
        assertThat(victim.isAlive()).as("%s", folder.resolve("output")).isTrue();
        Thread.sleep(2);
      }
      Thread.sleep(random.nextInt(1 + random.nextInt(1000)));
    } finally {
      victim.destroyForcibly();
    }
    assertThat(victim.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }
}
