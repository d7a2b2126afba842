package io.cloudlet.sidecar.qemu;

import java.io.IOException;
import java.time.Duration;

/**
 * Takes the memory and device state out of a VM, as the destination of its migration.
 *
 * <p>The handler runs on the calling thread between two reads. Use a platform thread.
 */
public final class MemorySave {
  private final QmpClient qmp;
  private final VmHandle vm;
  private final Duration stall;
  private final OutgoingMigration migration;

  /**
   * Over a client that stays the caller's.
   *
   * @param stall for how long nothing may move
   */
  public MemorySave(QmpClient qmp, VmHandle vm, Duration stall) {
    this.qmp = qmp;
    this.vm = vm;
    this.stall = stall;
    this.migration = new OutgoingMigration(qmp, stall);
  }

  /**
   * Hands the state of a paused VM over. Whatever fails, the migration is over afterwards and the
   * VM can be continued.
   *
   * @return bytes of the stream
   * @throws MigrationException when QEMU gives up; with its reason
   */
  public long save(MigrationStreamHandler handler) throws IOException {
    MigrationStreamReader reader = reader(handler);
    try (OutgoingStream stream = OutgoingStream.listen(vm, stall)) {
      // Nobody writes: there is nothing to ask, and the guest waits.
      migration.begin(OutgoingStream.uri(vm), false, DirtyTracking.COMPLETE);
      stream.pump(migration, reader);
      migration.awaitCompleted();
      reader.finish();
      return reader.offset();
    } catch (Throwable t) {
      undo(t, false);
      throw t;
    }
  }

  /**
   * Hands the state of a running VM over. The guest runs while its memory is read, then stands
   * still until what it has changed meanwhile has been read too, and runs on. Pages that it changed
   * come more than once. A VM that stood still before is saved as well, and stays so. Whatever
   * fails, the migration is over and the VM as before.
   *
   * @param action is run at the instant that is saved, by another thread; the guest waits for it
   * @return for how long the guest stood still
   * @throws MigrationException when QEMU gives up; with its reason
   */
  public Duration saveRunning(MigrationStreamHandler handler, AtStandstill action)
      throws IOException {
    boolean runs = PausedVm.isRunning(qmp);
    DirtyTracking tracking = DirtyTracking.of(qmp);
    MigrationStreamReader reader = reader(handler);
    try (OutgoingStream stream = OutgoingStream.listen(vm, stall);
        Switchover switchover = new Switchover(qmp, migration, action, runs, tracking)) {
      try {
        migration.begin(OutgoingStream.uri(vm), true, tracking);
        switchover.start();
        stream.pump(migration, reader);
        Duration pause = switchover.await(stall);
        reader.finish();
        migration.holdBeforeSwitchover(false);
        return pause;
      } catch (Throwable t) {
        undo(t, runs);
        throw t;
      }
    }
  }

  /**
   * Ends a migration that another process began and left when it died, in whatever state it is. The
   * VM may stand still afterwards.
   */
  public void abandon() throws IOException {
    migration.cancel();
  }

  private MigrationStreamReader reader(MigrationStreamHandler handler) {
    return new MigrationStreamReader("migration stream of " + vm.qmp(), new EveryPage(handler));
  }

  private void undo(Throwable reason, boolean ran) {
    try {
      migration.cancel();
      if (ran) {
        PausedVm.runOn(qmp);
      }
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }
}
