package io.cloudlet.sidecar.bench;

import io.cloudlet.sidecar.overlay.Effort;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Compares what was measured with what it is meant to be. What was not measured is left out. */
final class Goals {
  private static final double FAST_SPEED = 200;
  private static final double BEST_FACTOR = 5;
  private static final double PAUSE_FACTOR = 1.2;
  private static final double SECOND_START = 0.15;
  private static final long FOOTPRINT = 300_000_000;

  private final List<Goal> goals = new ArrayList<>();
  private final List<Compression> compressions;
  private final long changedBytes;

  private Goals(List<Compression> compressions, long changedBytes) {
    this.compressions = compressions;
    this.changedBytes = changedBytes;
  }

  static List<Goal> of(
      StateFigures state,
      List<Compression> compressions,
      List<Timing> pauses,
      List<Timing> starts,
      List<Footprint> footprints) {
    Goals goals = new Goals(compressions, state.changedBytes());
    goals.smaller(Effort.BALANCED, Peer.ZSTD_9);
    goals.smaller(Effort.BEST, Peer.ZSTD_19);
    goals.fast();
    goals.faster(Effort.BALANCED, Peer.ZSTD_3, 1);
    goals.faster(Effort.BEST, Peer.ZSTD_19, BEST_FACTOR);
    goals.within("pause of the guest", pauses, Names.PAUSE, Names.QEMU_SAVE, PAUSE_FACTOR);
    goals.within("synthesis of a local overlay", starts, Names.FIRST, Names.QEMU_RESUME, 1);
    goals.second(starts);
    footprints.forEach(goals::footprint);
    return goals.goals;
  }

  private void smaller(Effort effort, Peer peer) {
    find(Names.of(effort))
        .ifPresent(ours ->
            find(peer.title())
                .ifPresent(theirs ->
                    add(
                        "size, " + effort,
                        "below " + peer.title() + ", " + megabytes(theirs.bytes()),
                        megabytes(ours.bytes()),
                        ours.bytes() < theirs.bytes())));
  }

  private void faster(Effort effort, Peer peer, double factor) {
    find(Names.of(effort))
        .ifPresent(ours ->
            find(peer.title())
                .ifPresent(theirs ->
                    add(
                        "time, " + effort,
                        "at most "
                            + seconds(theirs.seconds() / factor)
                            + (factor == 1 ? ", " : ", a fifth of ")
                            + peer.title(),
                        seconds(ours.seconds()),
                        ours.seconds() <= theirs.seconds() / factor)));
  }

  private void fast() {
    find(Names.of(Effort.FAST))
        .ifPresent(ours -> {
          double speed = changedBytes / 1e6 / ours.seconds();
          add(
              "speed, fast",
              String.format(Locale.ROOT, "at least %.0f MB/s", FAST_SPEED),
              String.format(Locale.ROOT, "%.0f MB/s", speed),
              speed >= FAST_SPEED);
        });
  }

  private void within(
      String what, List<Timing> timings, String ours, String theirs, double factor) {
    find(timings, ours)
        .ifPresent(mine ->
            find(timings, theirs)
                .ifPresent(other ->
                    add(
                        what,
                        "at most " + seconds(factor * other.seconds()),
                        seconds(mine.seconds()),
                        mine.seconds() <= factor * other.seconds())));
  }

  private void second(List<Timing> starts) {
    find(starts, Names.SECOND)
        .ifPresent(ours ->
            add(
                "synthesis, again on the node",
                "at most " + seconds(SECOND_START),
                seconds(ours.seconds()),
                ours.seconds() <= SECOND_START));
  }

  private void footprint(Footprint footprint) {
    add(
        "memory, " + footprint.name(),
        "at most " + megabytes(FOOTPRINT),
        megabytes(footprint.bytes()),
        footprint.bytes() <= FOOTPRINT);
  }

  private void add(String what, String limit, String found, boolean reached) {
    goals.add(new Goal(what, limit, found, reached));
  }

  private Optional<Compression> find(String name) {
    return compressions.stream().filter(one -> one.name().equals(name)).findFirst();
  }

  private static Optional<Timing> find(List<Timing> timings, String name) {
    return timings.stream().filter(one -> one.name().equals(name)).findFirst();
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.0f s", seconds);
  }
}
