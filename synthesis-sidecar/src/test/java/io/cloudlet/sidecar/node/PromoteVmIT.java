package io.cloudlet.sidecar.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cloudlet.sidecar.base.BaseEntry;
import io.cloudlet.sidecar.base.BaseName;
import io.cloudlet.sidecar.base.BaseStore;
import io.cloudlet.sidecar.base.DuplicateBaseException;
import io.cloudlet.sidecar.image.Partials;
import io.cloudlet.sidecar.qemu.CounterGuest;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A VM that has counted on becomes a base VM, and goes on to count. */
class PromoteVmIT {
  private static final VmName SOURCE = new VmName("source");
  private static final VmName COPY = new VmName("copy");
  private static final BaseName PROMOTED = new BaseName("promoted");

  @TempDir private Path folder;
  private VmFiles source;

  /** What is killed: it never gets past the beginning of a stage. */
  static final class Victim {
    private Victim() {}

    public static void main(String[] arguments) throws IOException {
      CounterBase node = new CounterBase(Path.of(arguments[0]));
      new PromoteVm(node.data(), Stages.lingering(arguments[1])).run(SOURCE, PROMOTED, false);
    }
  }

  @BeforeEach
  void start() throws IOException {
    CounterBase node = new CounterBase(folder);
    source = node.start(SOURCE, node.create(Progress.SILENT), false);
  }

  @AfterEach
  void endVms() throws IOException {
    new CounterBase(folder).endVms();
  }

  @Test
  void theNewBaseResumesWhereTheVmWas() throws Exception {
    CounterBase node = new CounterBase(folder);
    CounterGuest.awaitCounter(source, 30);
    long before = CounterGuest.counter(source);
    PromoteVm.Promoted made = promote(node, PROMOTED);
    assertThat(made.pause()).isPositive().isLessThan(made.total());

    BaseStore store = BaseStore.at(node.data().bases());
    BaseEntry base = store.find(PROMOTED.text());
    assertThat(base.digest()).isEqualTo(made.base());
    store.verify(base, _ -> {});
    CounterGuest.awaitCounter(source, before + 10);
    VmFiles copy = node.start(COPY, base, false);
    CounterGuest.awaitCounter(copy, before + 10);
    assertThat(CounterGuest.counters(copy))
        .isSorted()
        .first()
        .satisfies(first -> assertThat(first).isGreaterThanOrEqualTo(before));
    assertClean(node);
  }

  @Test
  void aBaseOfAPromotedBaseAndATakenName() throws Exception {
    CounterBase node = new CounterBase(folder);
    promote(node, PROMOTED);
    assertThatThrownBy(() -> promote(node, PROMOTED)).isInstanceOf(DuplicateBaseException.class);
    VmFiles copy = node.start(COPY, BaseStore.at(node.data().bases()).find(PROMOTED.text()), false);
    CounterGuest.awaitCounter(copy, CounterGuest.counter(copy) + 3);
    new PromoteVm(node.data(), Progress.SILENT).run(COPY, new BaseName("again"), false);
    assertClean(node);
  }

  @Test
  void aKilledPromotionLeavesNothing() throws Exception {
    CounterBase node = new CounterBase(folder);
    List<String> stages =
        List.of("pausing the guest", "verifying", "laying base and changes", "digests and index");
    for (String stage : stages) {
      Stages.killAt(stage, Victim.class, folder.toString());
      assertThat(Leftovers.clear(node.data())).as(stage).isNotEmpty();
      CounterGuest.awaitCounter(source, CounterGuest.counter(source) + 3);
      assertThat(BaseStore.at(node.data().bases()).list()).hasSize(1);
      assertThat(source.layer()).doesNotExist();
      assertClean(node);
    }
    promote(node, PROMOTED);
  }

  private static PromoteVm.Promoted promote(CounterBase node, BaseName name) throws IOException {
    return new PromoteVm(node.data(), Progress.SILENT).run(SOURCE, name, false);
  }

  private static void assertClean(CounterBase node) throws IOException {
    for (Path place : node.data().folders()) {
      try (Stream<Path> entries = Files.list(place)) {
        assertThat(entries).noneMatch(Partials::isPartial);
      }
    }
    assertThat(node.data().temporary()).isEmptyDirectory();
  }
}
