package io.cloudlet.sidecar.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudlet.sidecar.overlay.Effort;
import io.cloudlet.sidecar.overlay.PageCounts;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GoalsTest {
  private static final PageCounts NONE = new PageCounts(0, 0, 0, 0);
  private static final StateFigures STATE =
      new StateFigures(NONE, NONE, 1_000_000_000L, 500_000_000L, 900_000_000L);

  private static Compression ours(Effort effort, long megabytes, double seconds) {
    return new Compression(Names.of(effort), megabytes * 1_000_000, seconds, true);
  }

  private static Compression peer(Peer peer, long megabytes, double seconds) {
    return new Compression(peer.title(), megabytes * 1_000_000, seconds, false);
  }

  private static Map<String, Boolean> check(
      List<Compression> compressions, List<Timing> pauses, List<Timing> starts) {
    return Goals.of(STATE, compressions, pauses, starts, List.of()).stream()
        .collect(Collectors.toMap(Goal::what, Goal::reached));
  }

  @Test
  void comparesEachEffortWithItsPeer() {
    Map<String, Boolean> goals =
        check(
            List.of(
                ours(Effort.FAST, 120, 5),
                ours(Effort.BALANCED, 100, 12),
                ours(Effort.BEST, 80, 100),
                peer(Peer.ZSTD_3, 104, 10),
                peer(Peer.ZSTD_9, 101, 39),
                peer(Peer.ZSTD_19, 79, 735)),
            List.of(),
            List.of());
    assertThat(goals)
        .containsEntry("speed, fast", true)
        .containsEntry("size, balanced", true)
        .containsEntry("size, best", false)
        .containsEntry("time, balanced", false)
        .containsEntry("time, best", true);
  }

  @Test
  void comparesPausesAndStarts() {
    Map<String, Boolean> goals =
        check(
            List.of(),
            List.of(new Timing(Names.PAUSE, 1.1, true), new Timing(Names.QEMU_SAVE, 1.0, false)),
            List.of(
                new Timing(Names.FIRST, 1.1, true),
                new Timing(Names.SECOND, 0.12, true),
                new Timing(Names.QEMU_RESUME, 1.0, false)));
    assertThat(goals)
        .containsEntry("pause of the guest", true)
        .containsEntry("synthesis of a local overlay", false)
        .containsEntry(Names.SECOND, true);
  }

  @Test
  void leavesOutWhatWasNotMeasured() {
    assertThat(check(List.of(ours(Effort.BEST, 80, 100)), List.of(), List.of())).isEmpty();
  }

  @Test
  void bigCommandsAreMissed() {
    List<Goal> goals =
        Goals.of(
            STATE, List.of(), List.of(), List.of(), List.of(new Footprint("capture", 400L << 20)));
    assertThat(goals).singleElement().matches(goal -> !goal.reached());
  }
}
