package io.cloudlet.sidecar.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Watches over the migration of a running VM beside the thread that reads its stream: takes the
 * step at the standstill, and runs the guest on as soon as all is saved.
 *
 * <p>QEMU says when the guest stopped and ran on, on its own clock. When this fails it ends the
 * migration, and with it the stream.
 */
final class Switchover implements AutoCloseable {
  private static final String MIGRATION = "MIGRATION";
  private static final String PASS = "MIGRATION_PASS";
  private static final String STOPPED = "STOP";
  private static final String RESUMED = "RESUME";

  private static final Duration LOOK = Duration.ofMillis(50);

  private final QmpClient qmp;
  private final OutgoingMigration migration;
  private final AtStandstill action;
  private final boolean runs;
  private final DirtyTracking tracking;
  private final QmpEvents events;
  private final FutureTask<Duration> task = new FutureTask<>(this::watch);
  private final Thread watcher = Thread.ofVirtual().name("switchover").unstarted(task);
  private Instant stopped = Instant.MAX;
  private boolean stopping;

  /** Listens from here on; {@link #start} when the migration has begun. */
  Switchover(
      QmpClient qmp,
      OutgoingMigration migration,
      AtStandstill action,
      boolean runs,
      DirtyTracking tracking) {
    this.qmp = qmp;
    this.migration = migration;
    this.action = action;
    this.runs = runs;
    this.tracking = tracking;
    this.events = qmp.events(MIGRATION, PASS, STOPPED, RESUMED);
  }

  void start() {
    watcher.start();
  }

  /** Waits until the guest runs on, and says for how long it stood still. */
  Duration await(Duration limit) throws IOException {
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new QemuTimeoutException("QEMU did not say that the state is saved", limit);
    } catch (InterruptedException e) {
      throw interrupted();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }

  private Duration watch() throws IOException {
    try {
      while (true) {
        Optional<JsonNode> event = next();
        if (event.isEmpty() || name(event.get()).equals(PASS)) {
          look();
        } else if (hasCompleted(event.get())) {
          return runOn();
        }
      }
    } catch (Throwable t) {
      try {
        migration.cancel();
      } catch (IOException e) {
        t.addSuppressed(e);
      }
      throw t;
    }
  }

  private Optional<JsonNode> next() throws IOException {
    try {
      return events.next(LOOK);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private boolean hasCompleted(JsonNode event) throws IOException {
    if (name(event).equals(STOPPED)) {
      stopped = time(event);
      return false;
    }
    switch (event.at("/data/status").asText()) {
      case MigrationStatus.HOLDING -> {
        action.run();
        migration.goOn();
      }
      case MigrationStatus.COMPLETED -> {
        return true;
      }
      default -> migration.unbroken();
    }
    return false;
  }

  private void look() throws IOException {
    MigrationStatus status = migration.unbroken();
    if (runs && !stopping && status.active() && status.passes() > tracking.passes()) {
      qmp.execute("stop");
      stopping = true;
    }
  }

  private Duration runOn() throws IOException {
    if (!runs) {
      return Duration.ZERO;
    }
    PausedVm.runOn(qmp);
    Optional<JsonNode> event = next();
    while (event.isPresent() && !name(event.get()).equals(RESUMED)) {
      event = next();
    }
    Instant resumed = event.map(Switchover::time).orElseGet(Instant::now);
    return resumed.isAfter(stopped) ? Duration.between(stopped, resumed) : Duration.ZERO;
  }

  private static String name(JsonNode event) {
    return event.path("event").asText();
  }

  private static Instant time(JsonNode event) {
    JsonNode time = event.path("timestamp");
    return Instant.ofEpochSecond(
        time.path("seconds").asLong(), 1000 * time.path("microseconds").asLong());
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while QEMU saves the VM's state");
  }

  /** Ends the watch; nothing of it reaches QEMU afterwards, where another migration may begin. */
  @Override
  public void close() {
    events.close();
    task.cancel(true);
    if (watcher.getState() == Thread.State.NEW) {
      return;
    }
    try {
      watcher.join(QmpClient.DEFAULT_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
