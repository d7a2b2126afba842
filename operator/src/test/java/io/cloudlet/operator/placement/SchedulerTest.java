package io.cloudlet.operator.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.api.v1alpha1.Accelerator;
import io.cloudlet.api.v1alpha1.Placement;
import io.cloudlet.operator.status.Problem;
import io.cloudlet.operator.status.Reason;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchedulerTest {
  private static final long GIB = 1L << 30;
  private static final String BASE = "sha256:base";
  private static final String OVERLAY = "sha256:overlay";

  /** A VM of 1 GiB, as most. */
  private static final Demand VM =
      Demand.ANY.machine(Accelerator.TCG, "qemu64,+aes", "pc-q35-7.2", GIB).near(BASE, OVERLAY);

  private final Scheduler scheduler = new Scheduler();

  private Verdict choose(Demand demand, Node... nodes) {
    return scheduler.choose(demand, Stream.of(nodes).map(Node::candidate).toList());
  }

  private Problem problem(Demand demand, Node... nodes) {
    return ((Verdict.Nowhere) choose(demand, nodes)).problem();
  }

  private static String node(Verdict verdict) {
    return ((Verdict.Placed) verdict).node();
  }

  @Test
  void takesTheNodeThatFits() {
    assertThat(choose(VM, Node.named("a"))).isEqualTo(new Verdict.Placed("a", "which has room"));
  }

  @Test
  void prefersTheBaseThenTheOverlayThenRoomThenTheName() {
    Node base = Node.named("z").holding(BASE).taken(6 * GIB);
    Node both = Node.named("y").holding(BASE).starting(OVERLAY).taken(7 * GIB);
    Node overlay = Node.named("x").starting(OVERLAY);

    assertThat(choose(VM, base, overlay, both, Node.named("a")))
        .isEqualTo(new Verdict.Placed("y", "which can start the overlay at once"));
    assertThat(choose(VM, base, overlay, Node.named("a")))
        .isEqualTo(new Verdict.Placed("z", "which has the base VM"));
    assertThat(node(choose(VM, Node.named("b"), Node.named("a").taken(GIB)))).isEqualTo("b");
    assertThat(node(choose(VM, Node.named("b"), Node.named("a")))).isEqualTo("a");
  }

  @Test
  void comparesLoadByFractionAndNotByBytes() {
    Node large = Node.named("large").memory(64 * GIB).taken(8 * GIB);
    Node small = Node.named("small").memory(8 * GIB).taken(4 * GIB);

    assertThat(node(choose(VM, small, large))).isEqualTo("large");
  }

  @Test
  void goesWhereTheCacheIsLargestWithWhatHasToBeFetched() {
    Node full = Node.named("a").cache(GIB);
    Node roomy = Node.named("b").cache(9 * GIB).taken(7 * GIB);

    assertThat(node(choose(Demand.ANY.withCacheRoom(), full, roomy))).isEqualTo("b");
  }

  @Test
  void fillsANodeToTheLastByteAndNoFurther() {
    Node exact = Node.named("a").memory(8 * GIB).taken(7 * GIB);

    assertThat(choose(VM, exact)).isInstanceOf(Verdict.Placed.class);
    assertThat(problem(VM, exact.taken(7 * GIB + 1)).reason()).isEqualTo(Reason.NO_NODE_FITS);
    assertThat(problem(Demand.ANY, exact.taken(9 * GIB)).message())
        .isEqualTo("0 of 1 node fits: 1 lacks memory (need some, free 0 B)");
  }

  @Test
  void saysOfEachNodeWhyItDoesNotFit() {
    Problem problem =
        problem(
            VM,
            Node.named("a").dead(),
            Node.named("b").taken(8 * GIB - GIB / 2),
            Node.named("c").taken(8 * GIB));

    assertThat(problem)
        .isEqualTo(
            new Problem(
                Reason.NO_NODE_FITS,
                "0 of 3 nodes fit: 1 has no agent answering, 2 lack memory (need 1 GiB, free"
                    + " 512 MiB, 0 B)"));
  }

  private static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(Node.named("a").dead(), "1 has no agent answering"),
        Arguments.of(Node.named("a").unready(), "1 is not ready"),
        Arguments.of(Node.named("a").cordoned(), "1 is unschedulable"),
        Arguments.of(Node.named("a").labelled("zone", "west"), "1 lacks label zone=east"),
        Arguments.of(Node.named("a").accelerator(Accelerator.KVM), "1 lacks accelerator tcg"),
        Arguments.of(Node.named("a").cpuModel("Haswell"), "1 lacks CPU model qemu64"),
        Arguments.of(Node.named("a").machineType("pc-q35-8.0"), "1 lacks machine type pc-q35-7.2"),
        Arguments.of(Node.named("a").cache(0), "1 has no room in the cache"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void eachFilterHasItsOwnWords(Node unfit, String words) {
    Demand demand = VM.on(new Placement(null, Map.of("zone", "east"))).withCacheRoom();

    assertThat(problem(demand, unfit).message()).isEqualTo("0 of 1 node fits: " + words);
    assertThat(node(choose(demand, unfit, Node.named("b")))).isEqualTo("b");
  }

  @Test
  void takesNoOtherNodeThanTheOneThatIsNamed() {
    Demand named = VM.on(new Placement("b", Map.of()));

    assertThat(choose(named, Node.named("a"), Node.named("b").taken(7 * GIB)))
        .isEqualTo(new Verdict.Placed("b", "as asked for"));
    assertThat(problem(named, Node.named("a")).reason()).isEqualTo(Reason.NODE_UNKNOWN);
    assertThat(problem(named, Node.named("a"), Node.named("b").dead()).reason())
        .isEqualTo(Reason.NODE_LOST);
    assertThat(problem(named, Node.named("a"), Node.named("b").taken(8 * GIB)).message())
        .isEqualTo("0 of 1 node fits: 1 lacks memory (need 1 GiB, free 0 B)");
    assertThat(problem(VM).reason()).isEqualTo(Reason.NO_NODES);
  }

  @Test
  void choosesTheSameInWhateverOrderNodesAreListed() {
    Random random = new Random(42);
    List<Candidate> nodes =
        new ArrayList<>(
            IntStream.range(0, 50)
                .mapToObj(it -> Node.named("node-" + it).taken(random.nextLong(9 * GIB)))
                .map(it -> random.nextInt(4) == 0 ? it.holding(BASE) : it)
                .map(it -> random.nextInt(4) == 0 ? it.dead() : it)
                .map(Node::candidate)
                .toList());
    Verdict first = scheduler.choose(VM, nodes);
    for (int i = 0; i < 100; i++) {
      Collections.shuffle(nodes, random);
      assertThat(scheduler.choose(VM, nodes)).isEqualTo(first);
    }
  }
}
