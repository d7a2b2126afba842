package io.cloudlet.sidecar.pod;

import io.cloudlet.sidecar.image.CloudletException;
import io.cloudlet.sidecar.machine.Machine;
import io.cloudlet.sidecar.qemu.ConnectedQemu;
import io.cloudlet.sidecar.qemu.LiveQemu;
import io.cloudlet.sidecar.qemu.QemuBinary;
import io.cloudlet.sidecar.qemu.QemuCommand;
import io.cloudlet.sidecar.qemu.QemuGoneException;
import io.cloudlet.sidecar.qemu.QemuHost;
import io.cloudlet.sidecar.qemu.QemuStartException;
import io.cloudlet.sidecar.qemu.QemuTimeoutException;
import io.cloudlet.sidecar.qemu.QmpClient;
import io.cloudlet.sidecar.qemu.VmFiles;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A QEMU in a pod: the pod is there and waits, this lays what QEMU needs into its folder and says
 * how to start it.
 *
 * @param place the pod
 * @param own the folder that this program has for the VM, where the disk outlives the pod
 */
public record PodHost(PodPlace place, Path own) implements QemuHost {
  private static final long POLL_MILLIS = 5;
  private static final Duration END = Duration.ofSeconds(20);
  private static final Duration NOTED = Duration.ofSeconds(5);

  @Override
  public VmFiles files() {
    return place.files();
  }

  @Override
  public boolean link(Path file, String name) throws IOException {
    return place.laying().link(file, name);
  }

  @Override
  public String forwardsAt() {
    return PodLayout.EVERYWHERE;
  }

  @Override
  public Machine forwarding(Machine machine) {
    return place.forwarding(machine);
  }

  @Override
  public boolean sharesFiles(QemuBinary qemu) throws IOException {
    return PodLayout.mapsReadOnly(qemu) && place.laying().linksFrom(own);
  }

  @Override
  public ConnectedQemu start(QemuCommand command, Duration limit) throws IOException {
    if (!place.laying().exists()) {
      throw new CloudletException(
          "the pod has no folder "
              + place.folder()
              + "; it has ended, or its kubelet has another root: see --kubelet-root");
    }
    StartFile start = new StartFile(place.laying());
    PodLayout layout = new PodLayout(place.laying(), own);
    layout.removeOld();
    start.write(layout.lay(command));
    try {
      return new ConnectedQemu(place.qemu(), awaitQmp(start, limit));
    } catch (Throwable t) {
      undo(start, t);
      throw t;
    }
  }

  private QmpClient awaitQmp(StartFile start, Duration limit) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      boolean ended = start.hasEnded();
      Optional<QmpClient> qmp = tryConnect(deadline);
      if (qmp.isPresent()) {
        return qmp.get();
      }
      if (ended) {
        throw QemuStartException.of(files(), "it has ended in its pod and said nothing");
      }
      if (System.nanoTime() - deadline > 0) {
        throw new QemuTimeoutException("QEMU did not answer in its pod " + place.uid(), limit);
      }
      pause();
    }
  }

  private Optional<QmpClient> tryConnect(long deadline) throws IOException {
    if (!Files.exists(files().qmp())) {
      return Optional.empty();
    }
    Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    try {
      return Optional.of(QmpClient.connect(files().qmp(), left));
    } catch (QemuGoneException e) {
      return Optional.empty(); // The file is there before QEMU listens, and after it has died.
    }
  }

  private static void pause() throws InterruptedIOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while starting QEMU");
    }
  }

  /** Nothing of it is left afterwards, also when this thread is wanted to end. */
  private void undo(StartFile start, Throwable failure) {
    boolean interrupted = Thread.interrupted();
    try {
      start.takeBack();
      endQemu();
    } catch (IOException e) {
      failure.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void endQemu() throws IOException {
    Optional<LiveQemu> qemu = find();
    if (qemu.isPresent()) {
      qemu.get().stop(END);
      // A pod that is to wait for another command has to see first that it is.
      new StartFile(place.laying()).awaitNoted(NOTED);
    }
  }

  @Override
  public Optional<LiveQemu> find() throws IOException {
    PodQemu qemu = place.qemu();
    return qemu.isAlive() ? Optional.of(qemu) : Optional.empty();
  }

  @Override
  public void born() throws IOException {
    new StartFile(place.laying()).born();
  }

  @Override
  public void clear() throws IOException {
    if (place.laying().exists()) {
      new StartFile(place.laying()).takeBack();
      endQemu();
      new PodLayout(place.laying(), own).removeAll();
    }
  }
}
