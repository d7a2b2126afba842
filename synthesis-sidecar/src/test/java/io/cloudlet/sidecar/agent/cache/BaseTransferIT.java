package io.cloudlet.sidecar.agent.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.image.Digest;
import io.cloudlet.sidecar.node.CounterBase;
import io.cloudlet.sidecar.node.Leftovers;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.node.Stages;
import io.cloudlet.sidecar.node.VmName;
import io.cloudlet.sidecar.qemu.CounterGuest;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Base VMs go from machine to machine, whoever dies meanwhile. */
class BaseTransferIT {
  private static final int PART = 4 << 20;

  @TempDir private Path folder;

  /** What is killed: a machine that fetches, and never gets past a number of bytes of a stage. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws IOException {
      String stage = arguments[3].replaceAll(" .*", "");
      long bytes = Long.parseLong(arguments[3].replaceAll(".* ", ""));
      try (TestNode node = new TestNode(Path.of(arguments[0]))) {
        Leftovers.clear(node.data);
        Digest base = new Digest(arguments[1]);
        node.fetch(base, Stages.lingering(stage, bytes), URI.create(arguments[2]));
      }
    }
  }

  @Test
  void aKilledTransferFetchesTheRestOnly() throws Exception {
    try (TestNode a = new TestNode(folder.resolve("a"))) {
      Digest base = a.createLarge("large", 1);
      long all = Files.size(a.packages.make(base));
      long[] seen = {0, PART, 3L * PART};
      for (long bytes : seen) {
        kill(base, a, "fetching " + bytes);
        assertNothingUnderAFinalName(base);
      }
      long sent = a.sentBytes();
      kill(base, a, "importing 0");
      assertNothingUnderAFinalName(base);
      assertThat(a.sentBytes() - sent).isLessThan(all - 2L * PART);
      sent = a.sentBytes();
      try (TestNode b = new TestNode(folder.resolve("b"))) {
        Leftovers.clear(b.data);
        BaseEntry entry = b.fetch(base, Progress.SILENT, a.url(base));
        // All had come before the last kill.
        assertThat(a.sentBytes()).isEqualTo(sent);
        b.store().verify(entry, _ -> {});
        assertThat(b.isClean()).isTrue();
        assertThat(b.packages.file(base)).hasSize(all);
      }
    }
  }

  private void kill(Digest base, TestNode source, String stage) throws Exception {
    Stages.killAt(
        stage,
        Victim.class,
        folder.resolve("b").toString(),
        base.hex(),
        source.url(base).toString());
  }

  private void assertNothingUnderAFinalName(Digest base) throws IOException {
    try (TestNode b = new TestNode(folder.resolve("b"))) {
      assertThat(b.store().find(base)).isEmpty();
      assertThat(b.packages.file(base)).doesNotExist();
    }
  }

  @Test
  void aGuestGoesOnWhereItsBaseWasFetchedTo() throws Exception {
    CounterBase first = new CounterBase(folder.resolve("first"));
    CounterBase second = new CounterBase(folder.resolve("second"));
    BaseEntry made = first.create(Progress.SILENT);
    try (TestNode a = new TestNode(first.data().root());
        TestNode b = new TestNode(second.data().root())) {
      BaseEntry fetched = b.fetch(made.digest(), Progress.SILENT, a.url(made.digest()));
      VmFiles files = second.start(new VmName("counter"), fetched, false);
      CounterGuest.awaitCounter(files, 5);
      assertThat(CounterGuest.counters(files)).first().satisfies(n -> assertThat(n).isPositive());
    } finally {
      second.endVms();
    }
  }
}
