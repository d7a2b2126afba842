package io.cloudlet.sidecar.agent.synthesis;

import io.cloudlet.sidecar.agent.fact.FactFiles;
import io.cloudlet.sidecar.node.DataDirectory;
import io.cloudlet.sidecar.node.GuestPort;
import io.cloudlet.sidecar.node.Progress;
import io.cloudlet.sidecar.node.VmRecord;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;

/** Waits until a port of a guest answers: at first eagerly, then once a second. */
final class ReadyProbe {
  private static final Duration FIRST = Duration.ofMillis(20);
  private static final Duration STEADY = Duration.ofSeconds(1);

  private final DataDirectory data;
  private final FactFiles<SynthesisFacts> facts;

  ReadyProbe(DataDirectory data, FactFiles<SynthesisFacts> facts) {
    this.data = data;
    this.facts = facts;
  }

  /** Returns when the port has answered, and that is noted, or when the VM has ended. */
  void await(String uid, VmRecord vm, int port, Progress progress) throws IOException {
    try (Progress.Stage _ = progress.begin("waiting for port " + port, 0)) {
      GuestPort guest = GuestPort.of(data, vm, port);
      Duration pause = FIRST;
      while (vm.isAlive()) {
        if (guest.answers()) {
          note(uid, port);
          return;
        }
        sleep(pause);
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(STEADY) < 0 ? longer : STEADY;
      }
    }
  }

  private void note(String uid, int port) throws IOException {
    SynthesisFacts known = facts.find(uid).orElse(SynthesisFacts.NONE);
    facts.put(uid, known.answers(port, System.currentTimeMillis() - known.begun()));
  }

  private static void sleep(Duration pause) throws InterruptedIOException {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a port of a guest");
    }
  }
}
